// Meetings: one object for all the calendars that it stands in. Series are expanded when somebody looks.
import type { Body } from '../mail/bodies.ts'
import type { Recipient } from '../mail/messages.ts'
import { hash, type Random } from '../random.ts'
import { instantOf, wallOf } from './zones.ts'

const DAY = 86_400_000

export interface Attendee extends Recipient { type: 'required' | 'optional' | 'resource' }

/** What differs for one occurrence; `at` is its new start. */
export interface Exception { at?: number; end?: number; subject?: string; cancelled?: true; deleted?: true }

export interface Meeting {
  /** Of the series when it is one. */
  iCalUId: string
  subject: string; sensitivity: 0 | 1 | 2 | 3
  organizer: Recipient; attendees: Attendee[]
  /** Of the first occurrence. */
  start: number; end: number
  timeZone: string; isAllDay: boolean; cancelled: boolean
  recurrence: { pattern: 'daily' | 'weekly'; count: number } | null
  /** By the day, in the meeting's zone, on which the occurrence would be: `20260304`. */
  exceptions: Map<string, Exception>
  location: string; joinUrl: string | null
  /** As in a message: `key` makes the text of the body. */
  key: string; canaries: string[]; expectedCustomers: string[] | null
  body?: Body
  preview?: string
}

/** By a key that is the event's own in this mailbox. */
export type Calendar = Map<string, Meeting>

export interface Occurrence {
  meeting: Meeting
  /** null: not of a series. */
  day: string | null
  type: 'singleInstance' | 'occurrence' | 'exception' | 'seriesMaster'
  start: number; end: number
  subject: string; isCancelled: boolean
}

const dayOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10).replaceAll('-', '')

/** The key of a meeting in one calendar. */
export const eventKey = (meeting: Meeting, owner: string): string =>
  [0, 1, 2, 3].map((i) => hash(`${i}|${meeting.iCalUId}|${owner}`).toString(36).padStart(7, '0')).join('')

/** A global object id: time of creation and a random part; that of an occurrence has its day in the middle (MS-OXOCAL). */
export function newICalUId(random: Random): string {
  const hex = (length: number): string => Array.from({ length }, () => '0123456789ABCDEF'[random.int(16)]).join('')
  return `040000008200E00074C5B7101A82E00800000000${hex(16)}000000000000000010000000${hex(32)}`
}

export const joinUrl = (random: Random): string => `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${random.token(48)}%40thread.v2/0`

/** event resource: "This ID is different for each occurrence in a recurring series." */
export function iCalUIdOf({ meeting, day }: Pick<Occurrence, 'meeting' | 'day'>): string {
  if (day === null) return meeting.iCalUId
  const hex = [day.slice(0, 4), day.slice(4, 6), day.slice(6)].map((n) => Number(n).toString(16).toUpperCase().padStart(n.length, '0')).join('')
  return meeting.iCalUId.slice(0, 32) + hex + meeting.iCalUId.slice(40)
}

/** The meeting as a whole: what a series' master shows, and the only form of a meeting without recurrence. */
export function whole(meeting: Meeting): Occurrence {
  const { start, end, cancelled, recurrence } = meeting
  const subject = cancelled ? `Canceled: ${meeting.subject}` : meeting.subject
  const type = recurrence ? 'seriesMaster' : 'singleInstance'
  return { meeting, day: null, type, start, end, subject, isCancelled: cancelled }
}

/** What stands in a calendar between two moments: an event that touches the window, never the master of a series. */
export function occurrences(meeting: Meeting, from = -Infinity, to = Infinity): Occurrence[] {
  const { start, end, timeZone, recurrence } = meeting
  const touches = (o: { start: number; end: number }): boolean => o.start < to && (o.end > from || (o.end === o.start && o.start >= from))
  if (!recurrence) return touches(meeting) ? [whole(meeting)] : []
  const [first, length] = [wallOf(start, timeZone), wallOf(end, timeZone) - wallOf(start, timeZone)]
  const found: Occurrence[] = []
  for (let i = 0; i < recurrence.count; i++) {
    const wall = first + i * (recurrence.pattern === 'daily' ? 1 : 7) * DAY
    const day = dayOf(wall)
    const exception = meeting.exceptions.get(day)
    // No clock is more than a day off: most occurrences need no reckoning.
    if (exception?.deleted || (!exception && (wall - DAY > to || wall + length + DAY < from))) continue
    const began = exception?.at ?? instantOf(wall, timeZone)
    const ended = exception?.end ?? (exception?.at === undefined ? instantOf(wall + length, timeZone) : began + (end - start))
    const isCancelled = meeting.cancelled || exception?.cancelled === true
    const subject = exception?.subject ?? meeting.subject
    const one: Occurrence = {
      meeting, day, type: exception ? 'exception' : 'occurrence', start: began, end: ended,
      subject: isCancelled ? `Canceled: ${subject}` : subject, isCancelled,
    }
    if (touches(one)) found.push(one)
  }
  return found
}
