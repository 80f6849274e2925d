// How old an answer can be, in one line.
import type { Freshness } from '../../api/model/stream.ts'
import { harmless } from './card.ts'
import type { Clock } from './clock.ts'

const names: Record<Freshness['stream'], readonly [one: string, many: string]> = {
  organization: ['tenant', 'tenants'],
  accounts: ['list of accounts', 'lists of accounts'],
  mfa: ['MFA registration report', 'MFA registration reports'],
  roles: ['list of roles', 'lists of roles'],
  eligibility: ['list of eligible roles', 'lists of eligible roles'],
  licences: ['list of licences', 'lists of licences'],
  appRoles: ['list of Outpost’s users', 'lists of Outpost’s users'],
  mail: ['mailbox', 'mailboxes'],
  calendar: ['calendar', 'calendars'],
}

/**
 * @param errors whether the last error may be told: it can name a mailbox, so never outside a private chat
 */
export function freshnessLine(freshness: Freshness, clock: Clock, errors: boolean): string {
  const { stream, of, current, asOf, lastError } = freshness
  const [one, many] = names[stream]
  if (of === 0) return `No ${one} is connected yet.`
  const read = `${String(current)} of ${String(of)} ${of === 1 ? one : many} read at the last try`
  const age = asOf === null ? 'not yet read completely' : `as of ${clock.at(asOf)}`
  const error = errors && lastError !== null ? ` Last error, ${clock.at(lastError.at)}: ${harmless(lastError.message)}` : ''
  return `${read}, ${age}.${error}`
}
