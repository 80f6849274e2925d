// How old what is shown can be, in words.
import type { Freshness } from '../../api/sync/model.ts'

/** "Mail of 3 of 3 mailboxes", or what it means that there is nothing to read. `as of` is added by whoever knows the time. */
export function freshnessWords({ words: { title, per }, current, of, asOf }: Pick<Freshness, 'words' | 'current' | 'of' | 'asOf'>): string {
  if (of === 0) return `${title}: no ${per} is connected`
  const unread = asOf !== null ? '' : current === 0 ? ' · not read yet' : ' · not all read yet'
  return `${title} of ${current} of ${of} ${of === 1 ? per : several[per]}${unread}`
}

const several = { mailbox: 'mailboxes', tenant: 'tenants' }
