// The calendar of one mailbox: what stands in a window of time, and one event as a whole.
import { bodyOf, previewOf } from '../../world/mail/bodies.ts'
import { iCalUIdOf, occurrences, whole, type Occurrence } from '../../world/calendar/meetings.ts'
import { wallOf } from '../../world/calendar/zones.ts'
import type { Mailbox } from '../../world/mail/mailbox.ts'
import { hash } from '../../world/random.ts'
import { context, entity, listPage, type Call, type Handlers, type Json } from '../call.ts'
import { badRequest, noItem, unknown } from '../errors.ts'
import { mailboxOf, recipient } from '../mail/mailbox.ts'
import { only, project, type Fields } from '../query.ts'

const DAY = 86_400_000
export const SENSITIVITIES = ['normal', 'personal', 'private', 'confidential'] as const

/** Id of an event by the key that its meeting has in this calendar; it stays the same when the meeting is moved to another time. */
export const eventId = (key: string, day: string | null, immutable = true): string =>
  `${immutable ? 'AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0C' : 'AAMkADNkYTI2NjVmAEYAAAAA'}${key}${day ?? '00000000'}AAA${immutable ? '' : '='}`

/** What a calendar shows: the occurrence and the key of its meeting there. */
interface Shown extends Occurrence { key: string }

function find(mailbox: Mailbox, id: string): Shown {
  const [, key = '', day = ''] = /^(?:AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0C|AAMkADNkYTI2NjVmAEYAAAAA)(.{28})(\d{8})AAA=?$/.exec(id) ?? []
  const meeting = mailbox.calendar().get(key)
  const found = meeting && (day === '00000000' ? whole(meeting) : occurrences(meeting).find((o) => o.day === day))
  if (!found) throw noItem()
  return { ...found, key }
}

function eventFields({ prefer }: Call): Fields<Shown> {
  const time = ({ meeting: { timeZone, isAllDay } }: Shown, at: number): unknown => {
    const zone = prefer.timeZone ?? timeZone
    // All-day events are shown from midnight to midnight, whichever zone is asked for (microsoft-graph-docs#1802: by design).
    const wall = wallOf(at, isAllDay ? timeZone : zone)
    return { dateTime: `${new Date(wall).toISOString().slice(0, 19)}.0000000`, timeZone: zone }
  }
  return {
    id: (o) => eventId(o.key, o.day, prefer.immutableIds),
    iCalUId: iCalUIdOf,
    subject: (o) => o.subject,
    bodyPreview: (o) => previewOf(o.meeting),
    body: (o) => bodyOf(o.meeting, prefer.textBodies),
    type: (o) => o.type,
    start: (o) => time(o, o.start),
    end: (o) => time(o, o.end),
    originalStartTimeZone: (o) => o.meeting.timeZone,
    isAllDay: (o) => o.meeting.isAllDay,
    isCancelled: (o) => o.isCancelled,
    sensitivity: (o) => SENSITIVITIES[o.meeting.sensitivity],
    seriesMasterId: (o) => (o.day === null ? null : eventId(o.key, null, prefer.immutableIds)),
    organizer: (o) => recipient(o.meeting.organizer),
    attendees: (o) => o.meeting.attendees.map((a) => ({ ...recipient(a), type: a.type })),
    location: (o) => ({ displayName: o.meeting.location, locationType: 'default' }),
    isOnlineMeeting: (o) => o.meeting.joinUrl !== null,
    onlineMeeting: (o) => (o.meeting.joinUrl === null ? null : { joinUrl: o.meeting.joinUrl }),
    onlineMeetingUrl: () => null,
    webLink: (o) => `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(eventId(o.key, o.day, prefer.immutableIds))}&exvsurl=1&path=/calendar/item`,
  }
}

/** A moment of the window: without an offset it is UTC, whatever zone is preferred (calendar-list-calendarview). */
function moment(text: string | undefined): number {
  if (text === undefined) throw badRequest('This request requires a time window: startDateTime and endDateTime.', 'ErrorInvalidParameter')
  const [, date, clock = 'T00:00:00', offset = 'Z'] = /^(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const at = Date.parse(`${date ?? ''}${clock}${offset}`)
  if (Number.isNaN(at)) throw badRequest(`The value '${text}' of the time window is not a time.`, 'ErrorInvalidParameter')
  return at
}

function calendarView(call: Call): Json {
  const mailbox = mailboxOf(call)
  const fields = eventFields(call)
  only(call.query, 'startDateTime', 'endDateTime', '$orderby')
  const page = listPage(call, ({ startDateTime, endDateTime, $orderby }) => {
    const [from, to] = [moment(startDateTime), moment(endDateTime)]
    if (to < from) throw badRequest('The end of the window lies before its start.', 'ErrorInvalidParameter')
    if (to - from > 1825 * DAY) throw badRequest('The window must not be longer than 1825 days.', 'ErrorCalendarViewRangeTooBig')
    const found = [...mailbox.calendar()].flatMap(([key, meeting]) => occurrences(meeting, from, to).map((o): Shown => ({ ...o, key })))
    // Nobody promises an order that was not asked for.
    if ($orderby === undefined) return found.sort((a, b) => hash(a.key + (a.day ?? '')) - hash(b.key + (b.day ?? '')))
    if ($orderby !== 'start/dateTime') throw unknown(`the order ${$orderby} of events`)
    return found.sort((a, b) => a.start - b.start || a.key.localeCompare(b.key))
  }, (shown, query) => project(fields, shown, query.$select), 10)
  return { ...context(`users('${call.params[0]}')/calendarView`), ...page }
}

export const events: Handlers = {
  '/users/{user-id}/calendarView': calendarView,
  '/users/{user-id}/events/{event-id}': (call) =>
    entity(call, `users('${call.params[0]}')/events`, eventFields(call), find(mailboxOf(call), call.params[1])),
}
