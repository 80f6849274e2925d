// What an audit row says beside its target: kept as numbers, names of fields and domains, and read as words.
import type { AuditAction } from '../access/auditModel.ts'
import { asWritten } from '../asWritten.ts'

const fieldWords: Readonly<Record<string, string>> = {
  name: 'name', aliases: 'aliases', domains: 'domains', archived: 'whether it is archived',
  clientId: 'application', clientSecret: 'client secret', mailboxes: 'mailboxes', secretExpiresOn: 'when the secret expires',
}

const purposeWords: Readonly<Record<string, string>> = {
  nothing: 'For nothing',
  customer: 'For one customer',
  alerts: 'For alerts of all customers',
  'alerts unchecked': 'For alerts of all customers; an administrator answered for who reads there',
}

const listed = (detail: string): string[] => detail.split(' ').filter((word) => word !== '')

/** @param detail as it is kept; null where there is nothing to say */
export function detailWords(action: AuditAction, detail: string | null): string | null {
  if (detail === null) return null
  if (action === 'customer.create') return detail === '' ? 'Without a domain' : `Domains: ${listed(detail).map(asWritten).join(', ')}`
  if (action === 'customer.update' || action === 'tenant.update') return `Changed: ${listed(detail).map((field) => fieldWords[field] ?? 'something else').join(', ') || 'nothing'}`
  if (action === 'tenant.connect') return detail.replace(/^0 mailboxes$/, 'Without a mailbox').replace(/^1 mailboxes$/, '1 mailbox')
  if (action === 'channel.role') return purposeWords[detail] ?? detail
  return detail
}
