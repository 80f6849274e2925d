// The meetings of the generated world. Every scene says itself which customers it touches and which strings may never be kept.
import { newICalUId, eventKey, occurrences, type Attendee, type Calendar, type Exception, type Meeting } from './calendar.ts'
import type { Cast } from './mailbox.ts'
import type { Recipient } from './model.ts'
import { AWKWARD_SUBJECTS } from './names.ts'
import { seeded, type Random } from './random.ts'
import { Stage, type Draft } from './scenes.ts'
import { instantOf, ODD_ZONES, wallOf } from './zones.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const HOME = 'W. Europe Standard Time'

interface MeetingDraft extends Omit<Draft, 'canaries' | 'to'> {
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
type Scene = (s: Stage) => MeetingDraft

const as = (type: Attendee['type'], ...people: Recipient[]): Attendee[] => people.map((p) => ({ ...p, type }))
const needs = (...people: Recipient[]): Attendee[] => as('required', ...people)
const room = (s: Stage): Attendee[] => as('resource', { name: `Room ${s.random.pick(['Pine', 'Birch'])}`, address: 'meeting.room@proseware.com' })
const unlisted = (s: Stage): MeetingDraft => ({ from: s.stranger(), to: needs(s.self(), s.stranger()), subject: s.subject(), customers: [] })
const visit = (s: Stage): MeetingDraft => {
  const c = s.customer()
  const to = [...needs(s.contact(c)), ...as('optional', s.stranger())]
  return { from: s.self(), to, subject: `Review: ${s.subject()}`, customers: [c.name], online: true }
}
const invited = (s: Stage): MeetingDraft => {
  const c = s.customer()
  return { from: s.contact(c), to: needs(s.self()), subject: s.subject(), customers: [c.name], with: s.random.pick([0, 0, 1, 4]) }
}

const SCENES: readonly Scene[] = [
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

/** The technicians' calendars, by user id. A meeting that several hold stands in all of theirs. */
export function makeCalendars(cast: Cast): Map<string, Calendar> {
  const calendars = new Map<string, Calendar>(cast.technicians.map((t) => [t.id, new Map<string, Meeting>()]))
  const counts = new Map<string, number>()
  for (const [index, me] of cast.technicians.entries()) {
    const random = seeded(cast.seed, 'meetings', me.userPrincipalName)
    const colleagues = cast.technicians.filter((t) => t !== me || cast.technicians.length === 1)
    const stage = new Stage(random, { me, colleagues, customers: cast.customers })
    const play = (scene: Scene): void => {
      const { draft, meeting } = toMeeting(stage, scene, cast.start)
      const { technicians } = cast
      const others = [...technicians.slice(index + 1), ...technicians.slice(0, index)].slice(0, draft.with ?? 0)
      const invited = others.map((u) => ({ name: u.displayName, address: u.userPrincipalName, type: 'required' as const }))
      meeting.attendees.push(...invited.filter((i) => i.address !== meeting.organizer.address))
      // A colleague who calls a meeting has it too.
      const host = technicians.find((t) => t.userPrincipalName === meeting.organizer.address)
      const near = occurrences(meeting, cast.start - 10 * DAY, cast.start + 20 * DAY).length
      for (const holder of new Set([me, ...others, ...(host ? [host] : [])])) {
        calendars.get(holder.id)?.set(eventKey(meeting, holder.id), meeting)
        counts.set(holder.id, (counts.get(holder.id) ?? 0) + near)
      }
    }
    for (const scene of cast.tiny ? SCENES.slice(0, 3) : SCENES) play(scene)
    while (!cast.tiny && (counts.get(me.id) ?? 0) < cast.perCalendar) play(random.pick([visit, invited, unlisted]))
  }
  return calendars
}

function toMeeting(stage: Stage, scene: Scene, now: number): { draft: MeetingDraft; meeting: Meeting } {
  const { random } = stage
  const draft = stage.play(scene)
  const { from, to, zone = HOME, series, allDay = false } = draft
  const start = startOf(random, draft, now)
  const hours = draft.hours ?? random.pick([0.5, 1, 1, 1.5, 2])
  const end = allDay ? instantOf(wallOf(start, zone) + hours * HOUR, zone) : start + hours * HOUR
  const hidden = draft.customers.length === 0 || draft.sensitivity !== undefined
  const place = hidden ? `lo${random.token(12)}` : random.pick(['Room Pine', 'At the customer', ''])
  const meeting: Meeting = {
    iCalUId: newICalUId(random), key: random.token(28), subject: draft.subject, sensitivity: draft.sensitivity ?? 0,
    organizer: from, attendees: [...to], start, end, timeZone: zone, isAllDay: allDay, cancelled: draft.cancelled === true,
    recurrence: series ? { pattern: series[0], count: series[1] } : null,
    exceptions: new Map(), location: place, joinUrl: draft.online ? joinUrl(random) : null,
    canaries: [...draft.canaries, ...(hidden ? [place] : [])], expectedCustomers: draft.customers,
  }
  const days = occurrences(meeting)
  for (const [number, { later, ...more }] of Object.entries(draft.exceptions ?? {})) {
    const { day, start: at } = days[Number(number)] as (typeof days)[number]
    meeting.exceptions.set(day as string, { ...more, ...(later === undefined ? {} : { at: at + later * HOUR }) })
  }
  return { draft, meeting }
}

export const joinUrl = (random: Random): string => `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${random.token(48)}%40thread.v2/0`

/** A quarter of an hour in the working day; never within ten minutes of the time that it is now: no test stands on a window's edge. */
function startOf(random: Random, { day, zone = HOME, allDay, hours = 1 }: MeetingDraft, now: number): number {
  const midnight = Math.floor((wallOf(now, zone) + (day ?? random.int(29) - 9) * DAY) / DAY) * DAY
  if (allDay) return instantOf(midnight, zone)
  for (;;) {
    const at = instantOf(midnight + 7 * HOUR + random.int(40) * 15 * 60_000, zone)
    const near = [0, 0.5, 1, 1.5, 2, hours].map((h) => at + h * HOUR).some((t) => Math.abs(((t - now + 400.5 * DAY) % DAY) - DAY / 2) < 600_000)
    if (!near) return at
  }
}
