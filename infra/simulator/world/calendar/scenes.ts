// The meetings of the generated world. Every scene says itself which customers it touches and which strings may never be kept.
import type { Recipient } from '../mail/messages.ts'
import { AWKWARD_SUBJECTS } from '../names.ts'
import type { Draft, Stage } from '../stage.ts'
import type { Attendee, Exception } from './meetings.ts'
import { ODD_ZONES } from './zones.ts'

export interface MeetingDraft extends Omit<Draft, 'canaries' | 'to'> {
  from: Recipient
  to: Attendee[]
  /** Days from now, and hours; without them some time between ten days ago and twenty days ahead. */
  day?: number; hours?: number
  zone?: string; allDay?: boolean; cancelled?: boolean; online?: boolean
  /** How many other technicians hold it too. */
  with?: number
  series?: [pattern: 'daily' | 'weekly', count: number]
  /** What differs, by the number of the occurrence. */
  exceptions?: Record<number, Omit<Exception, 'at'> & { later?: number }>
}
export type Scene = (s: Stage) => MeetingDraft

const as = (type: Attendee['type'], ...people: Recipient[]): Attendee[] => people.map((p) => ({ ...p, type }))
const needs = (...people: Recipient[]): Attendee[] => as('required', ...people)
const room = (s: Stage): Attendee[] => as('resource', { name: `Room ${s.random.pick(['Pine', 'Birch'])}`, address: 'meeting.room@proseware.com' })
export const unlisted = (s: Stage): MeetingDraft => ({ from: s.stranger(), to: needs(s.self(), s.stranger()), subject: s.subject(), customers: [] })
export const visit = (s: Stage): MeetingDraft => {
  const c = s.customer()
  const to = [...needs(s.contact(c)), ...as('optional', s.stranger())]
  return { from: s.self(), to, subject: `Review: ${s.subject()}`, customers: [c.name], online: true }
}
export const invited = (s: Stage): MeetingDraft => {
  const c = s.customer()
  return { from: s.contact(c), to: needs(s.self()), subject: s.subject(), customers: [c.name], with: s.random.pick([0, 0, 1, 4]) }
}

export const SCENES: readonly Scene[] = [
  visit, unlisted,
  (s) => ({ ...visit(s), subject: 'Salaries', sensitivity: 2 }),
  invited,
  (s) => ({ ...invited(s), subject: 'All hands on deck', with: 4, online: true }),
  // A stranger invites; the customer is one of many.
  (s) => {
    const c = s.customer()
    return { from: s.stranger(), to: [...needs(s.self(), s.contact(c), s.stranger()), ...room(s)], subject: s.subject(), customers: [c.name] }
  },
  (s) => ({ from: s.colleague(), to: [...needs(s.self()), ...room(s)], subject: 'Stand-up', customers: [], with: 2 }),
  (s) => ({ from: s.self(), to: [], subject: 'Dentist', customers: [], sensitivity: 2 }),
  (s) => ({ ...visit(s), subject: 'Contract', sensitivity: 3 }),
  (s) => ({ ...unlisted(s), subject: 'Anniversary', sensitivity: 1 }),
  (s) => ({ ...visit(s), subject: 'On site', allDay: true, day: -3 + s.random.int(12), hours: 24 }),
  (s) => ({ from: s.self(), to: [], subject: 'Holiday', customers: [], allDay: true, day: 5, hours: 72 }),
  (s) => ({ ...visit(s), allDay: true, day: 2, hours: 24, zone: 'Tokyo Standard Time' }),
  (s) => ({ ...invited(s), cancelled: true, day: 3 }),
  (s) => {
    const c = s.customer()
    const everybody = { name: `Everybody at ${c.name}`, address: `all-staff@${c.home}` }
    return { from: s.self(), to: [...needs(everybody), ...room(s)], subject: 'Roll-out', customers: [c.name] }
  },
  (s) => {
    const c = s.customer()
    return { from: s.stranger(`${c.home}.evil.example`, c.name), to: needs(s.self()), subject: 'Payment', customers: [] }
  },
  (s) => {
    const a = s.customer()
    let b = s.customer()
    for (let i = 0; i < 9 && a.name === b.name; i++) b = s.customer()
    return { from: s.contact(a), to: needs(s.self(), s.contact(b)), subject: 'Introduction', customers: [...new Set([a.name, b.name])] }
  },
  (s) => ({ ...invited(s), subject: s.random.pick(AWKWARD_SUBJECTS) }),
  (s) => {
    const c = s.customer()
    const purchasing = { name: 'Purchasing', address: `/o=ExchangeLabs/ou=Old/cn=Recipients/cn=${s.secret('x5')}` }
    return { from: s.contact(c), to: needs(s.self(), purchasing, { name: 'Friends of the house' }), subject: s.subject(), customers: [c.name] }
  },
  (s) => ({ ...invited(s), zone: ODD_ZONES[0] }),
  (s) => ({ ...visit(s), zone: ODD_ZONES[1] }),
  (s) => ({ ...visit(s), zone: 'Eastern Standard Time' }),
  (s) => ({ ...invited(s), zone: 'India Standard Time' }),
  // Longer than any window.
  (s) => ({ ...visit(s), subject: 'Migration weekend', day: -12, hours: 60 }),
  (s) => ({ ...invited(s), subject: 'Fair', day: 13, hours: 250 }),
  (s) => ({
    ...visit(s), subject: 'Weekly review', day: -56, series: ['weekly', 20],
    exceptions: { 8: { later: 26 }, 9: { subject: 'Weekly review: the big one' }, 7: { deleted: true }, 10: { cancelled: true } },
  }),
  (s) => ({
    ...invited(s), subject: 'Quarter close', day: -2, series: ['daily', 4], zone: 'Eastern Standard Time', exceptions: { 2: { later: -3 } },
  }),
  (s) => ({ ...unlisted(s), subject: 'Choir', day: -21, series: ['weekly', 40], zone: 'AUS Eastern Standard Time' }),
]
