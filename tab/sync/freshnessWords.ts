// How old what is shown can be, in words.
import type { Freshness, StreamName } from '../../api/sync/model.ts'

interface StreamWords {
  title: string
  /** What the stream is read from, one and several. */
  one: string
  many: string
}

const mailbox = { one: 'mailbox', many: 'mailboxes' }
const tenant = { one: 'tenant', many: 'tenants' }

const words: Record<StreamName, StreamWords> = {
  mail: { title: 'Mail', ...mailbox },
  accounts: { title: 'Accounts', ...tenant },
  mfa: { title: 'MFA registration', ...tenant },
  roles: { title: 'Directory roles', ...tenant },
  appRoles: { title: 'Outpost roles', ...tenant },
  calendar: { title: 'Calendar', ...mailbox },
  licences: { title: 'Licences', ...tenant },
  eligibility: { title: 'Roles that can be activated', ...tenant },
  organization: { title: 'Tenant details', ...tenant },
}

/** What people call a stream and what it is read from. */
export const streamWords = ({ stream }: { stream: StreamName }): StreamWords => words[stream]

/** "Mail of 3 of 3 mailboxes", or what it means that there is nothing to read. `as of` is added by whoever knows the time. */
export function freshnessWords(freshness: Omit<Freshness, 'lastError'>): string {
  const { title, one, many } = streamWords(freshness)
  const { current, of, asOf } = freshness
  if (of === 0) return `${title}: no ${one} is connected`
  const unread = asOf !== null ? '' : current === 0 ? ' · not read yet' : ' · not all read yet'
  return `${title} of ${current} of ${of} ${of === 1 ? one : many}${unread}`
}
