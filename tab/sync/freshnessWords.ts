// How old what is shown can be, in words.
import type { Freshness, StreamName } from '../../api/model/stream.ts'

const nouns: Record<StreamName, { what: string; one: string; many: string }> = {
  mail: { what: 'Mail', one: 'mailbox', many: 'mailboxes' },
  accounts: { what: 'Accounts', one: 'tenant', many: 'tenants' },
  mfa: { what: 'MFA registration', one: 'tenant', many: 'tenants' },
  roles: { what: 'Directory roles', one: 'tenant', many: 'tenants' },
  appRoles: { what: 'Outpost roles', one: 'tenant', many: 'tenants' },
  calendar: { what: 'Calendar', one: 'mailbox', many: 'mailboxes' },
  licences: { what: 'Licences', one: 'tenant', many: 'tenants' },
  eligibility: { what: 'Roles that can be activated', one: 'tenant', many: 'tenants' },
  organization: { what: 'Tenant details', one: 'tenant', many: 'tenants' },
}

/** A stream's name for people, e.g. "MFA registration". */
export const streamWords = (stream: StreamName): string => nouns[stream].what

/** "Mail of 3 of 3 mailboxes", or what it means that there is nothing to read. `as of` is added by whoever knows the time. */
export function freshnessWords({ stream, current, of, asOf }: Omit<Freshness, 'lastError'>): string {
  const { what, one, many } = nouns[stream]
  if (of === 0) return `${what}: no ${one} is connected`
  const unread = asOf !== null ? '' : current === 0 ? ' · not read yet' : ' · not all read yet'
  return `${what} of ${current} of ${of} ${of === 1 ? one : many}${unread}`
}
