// The audit log in words.
import type { AuditAction, AuditRow } from '../../api/access/auditModel.ts'

export const auditWords: Record<AuditAction, string> = {
  'message.open': 'Opened a message',
  'meeting.open': 'Opened a meeting',
  'tenant.connect': 'Connected a tenant',
  'tenant.update': 'Changed a tenant',
  'tenant.sync': 'Asked for a sync',
  'tenant.disconnect': 'Disconnected a tenant',
  'mailbox.remove': 'Took a mailbox off the list',
  'customer.create': 'Added a customer',
  'customer.update': 'Changed a customer',
  'channel.role': 'Said what a channel is for',
  'domain.add': 'Added a domain',
  'domain.remove': 'Removed a domain',
  'security.export': 'Exported the security of customers',
  'audit.export': 'Exported the audit log',
}

export interface Person {
  userId: string
  name: string
}

/** `known` and whoever acted in `rows`, each once, by name. The same array when nobody is new. */
export function peopleIn(known: Person[], rows: readonly AuditRow[]): Person[] {
  const ids = new Set(known.map(({ userId }) => userId))
  const people = new Map(rows.filter(({ userId }) => !ids.has(userId)).map((row) => [row.userId, row.userName ?? row.userId]))
  if (people.size === 0) return known
  return [...known, ...[...people].map(([userId, name]) => ({ userId, name }))].sort((a, b) => a.name.localeCompare(b.name))
}
