// The calendar of one mailbox: what stands in a window of time, and one event as a whole.
import { bodyOf, plain, previewOf } from '../world/bodies.ts'
import { dayOf, iCalUIdOf, occurrences, whole, type Meeting, type Occurrence } from '../world/calendar.ts'
import { hash } from '../world/random.ts'
import type { Mailbox } from '../world/model.ts'
import { wallOf } from '../world/zones.ts'
import { context, listPage, type Call, type Handler } from './call.ts'
import { badRequest, noItem, unknown } from './errors.ts'
import { mailboxOf, recipient } from './mail.ts'
import { iso, only, project, type Fields, type Query } from './query.ts'

const DAY = 86_400_000
const NEVER = '0001-01-01T00:00:00Z'
export const SENSITIVITIES = ['normal', 'personal', 'private', 'confidential'] as const

/** Id of an event by the key that its meeting has in this calendar; it stays the same when the meeting is moved to another time. */
export const eventId = (key: string, day: string | null, immutable = true): string =>
  `${immutable ? 'AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0C' : 'AAMkADNkYTI2NjVmAEYAAAAA'}${key}${day ?? '00000000'}AAA${immutable ? '' : '='}`

/** What a calendar shows: the occurrence and the key of its meeting there. */
export interface Shown extends Occurrence { key: string }

function find(mailbox: Mailbox, id: string): Shown {
  const [, key = '', day = ''] = /^(?:AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0C|AAMkADNkYTI2NjVmAEYAAAAA)(.{28})(\d{8})AAA=?$/.exec(id) ?? []
  const meeting = mailbox.calendar().get(key)
  const found = meeting && (day === '00000000' ? whole(meeting) : occurrences(meeting).find((o) => o.day === day))
  if (!found) throw noItem()
  return { ...found, key }
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

function recurrenceOf({ recurrence, start, timeZone }: Meeting): unknown {
  if (!recurrence) return null
  const first = wallOf(start, timeZone)
  const weekly = recurrence.pattern === 'weekly' ? { daysOfWeek: [WEEKDAYS[new Date(first).getUTCDay()]] } : {}
  return {
    pattern: { type: recurrence.pattern, interval: 1, month: 0, dayOfMonth: 0, firstDayOfWeek: 'sunday', index: 'first', ...weekly },
    range: {
      type: 'numbered', startDate: dayOf(first).replace(/(....)(..)(..)/, '$1-$2-$3'), endDate: '0001-01-01', recurrenceTimeZone: timeZone,
      numberOfOccurrences: recurrence.count,
    },
  }
}

function eventFields(call: Call, mailbox: Mailbox): Fields<Shown> {
  const { prefer } = call
  const own = [mailbox.user.userPrincipalName, ...mailbox.user.proxyAddresses.map((a) => a.replace(/^smtp:/i, ''))].map((a) => a.toLowerCase())
  const organizes = ({ meeting }: Shown): boolean => own.includes(meeting.organizer.address?.toLowerCase() ?? '')
  const id = (o: Shown): string => eventId(o.key, o.day, prefer.immutableIds)
  const time = (o: Shown, at: number): unknown => {
    const { timeZone, isAllDay } = o.meeting
    const zone = prefer.timeZone ?? timeZone
    // All-day events are shown from midnight to midnight, whichever zone is asked for (microsoft-graph-docs#1802: by design).
    const wall = wallOf(at, isAllDay ? timeZone : zone)
    return { dateTime: `${new Date(wall).toISOString().slice(0, 19)}.0000000`, timeZone: zone }
  }
  const place = (name: string): unknown => ({ displayName: name, locationType: 'default', uniqueId: name, uniqueIdType: 'private' })
  const answered = (text: string): string => ['accepted', 'accepted', 'tentativelyAccepted', 'notResponded'][hash(text) % 4] as string
  const never = (response: string): unknown => ({ response, time: NEVER })
  return {
    id, iCalUId: iCalUIdOf, subject: (o) => o.subject, bodyPreview: (o) => previewOf(o.meeting), type: (o) => o.type,
    start: (o) => time(o, o.start), end: (o) => time(o, o.end), isAllDay: (o) => o.meeting.isAllDay, isCancelled: (o) => o.isCancelled,
    sensitivity: (o) => SENSITIVITIES[o.meeting.sensitivity],
    originalStart: (o) => (o.day === null ? null : iso(o.originalStart)),
    originalStartTimeZone: (o) => o.meeting.timeZone, originalEndTimeZone: (o) => o.meeting.timeZone,
    seriesMasterId: (o) => (o.day === null ? null : eventId(o.key, null, prefer.immutableIds)),
    recurrence: (o) => (o.type === 'seriesMaster' ? recurrenceOf(o.meeting) : null),
    body: (o) => {
      const kept = bodyOf(o.meeting)
      return prefer.textBodies ? { contentType: 'text', content: plain(kept) } : kept
    },
    organizer: (o) => recipient(o.meeting.organizer), isOrganizer: organizes,
    attendees: (o) => o.meeting.attendees.map((a) => ({ ...recipient(a), type: a.type, status: never(answered(a.address ?? '')) })),
    responseStatus: (o) => never(organizes(o) ? 'organizer' : answered(o.key)), responseRequested: () => true,
    location: (o) => place(o.meeting.location), locations: (o) => (o.meeting.location === '' ? [] : [place(o.meeting.location)]),
    isOnlineMeeting: (o) => o.meeting.joinUrl !== null, onlineMeetingUrl: () => null,
    onlineMeetingProvider: (o) => (o.meeting.joinUrl === null ? 'unknown' : 'teamsForBusiness'),
    onlineMeeting: (o) => (o.meeting.joinUrl === null ? null : { joinUrl: o.meeting.joinUrl }),
    showAs: (o) => (o.isCancelled || o.meeting.isAllDay ? 'free' : 'busy'),
    createdDateTime: (o) => iso(o.meeting.start - 30 * DAY), lastModifiedDateTime: (o) => iso(o.meeting.start - 20 * DAY),
    changeKey: (o) => `CQAAABYAAAB${o.key.slice(0, 10)}${o.meeting.version}`, categories: () => [], importance: () => 'normal',
    hasAttachments: () => false, hideAttendees: () => false, allowNewTimeProposals: () => true, isDraft: () => false,
    isReminderOn: () => true, reminderMinutesBeforeStart: () => 15, transactionId: () => null,
    webLink: (o) => `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id(o))}&exvsurl=1&path=/calendar/item`,
  }
}

function render(call: Call, mailbox: Mailbox, shown: Shown, query: Query): Record<string, unknown> {
  const fields = eventFields(call, mailbox)
  const etag = `W/"${shown.key.slice(0, 10)}${shown.meeting.version}"`
  return { '@odata.etag': etag, ...project(fields, shown, query.$select, Object.keys(fields), call.operation) }
}

/** A moment of the window: without an offset it is UTC, whatever zone is preferred (calendar-list-calendarview). */
function moment(text: string | undefined): number {
  if (text === undefined) throw badRequest('This request requires a time window: startDateTime and endDateTime.', 'ErrorInvalidParameter')
  const [, date, clock = 'T00:00:00', offset = 'Z'] = /^(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const at = Date.parse(`${date ?? ''}${clock}${offset}`)
  if (Number.isNaN(at)) throw badRequest(`The value '${text}' of the time window is not a time.`, 'ErrorInvalidParameter')
  return at
}

function calendarView(call: Call): Record<string, unknown> {
  const mailbox = mailboxOf(call)
  only(call.query, 'startDateTime', 'endDateTime', '$orderby')
  const page = listPage(call, 10, ({ startDateTime, endDateTime, $orderby }) => {
    const [from, to] = [moment(startDateTime), moment(endDateTime)]
    if (to < from) throw badRequest('The end of the window lies before its start.', 'ErrorInvalidParameter')
    if (to - from > 1825 * DAY) throw badRequest('The window must not be longer than 1825 days.', 'ErrorCalendarViewRangeTooBig')
    const found = [...mailbox.calendar()].flatMap(([key, meeting]) => occurrences(meeting, from, to).map((o): Shown => ({ ...o, key })))
    // Nobody promises an order that was not asked for.
    if ($orderby === undefined) return found.sort((a, b) => hash(a.key + (a.day ?? '')) - hash(b.key + (b.day ?? '')))
    if (!/^start\/dateTime( asc)?$/.test($orderby)) throw unknown(`the order ${$orderby} of events`)
    return found.sort((a, b) => a.start - b.start || a.key.localeCompare(b.key))
  }, (shown, q) => render(call, mailbox, shown, q))
  return { ...context(`users('${call.params[0] as string}')/calendarView`), ...page }
}

function event(call: Call): Record<string, unknown> {
  const mailbox = mailboxOf(call)
  only(call.query)
  const [user = '', id = ''] = call.params
  return { ...context(`users('${user}')/events/$entity`), ...render(call, mailbox, find(mailbox, id), call.query) }
}

/** Handlers by template; throttled per mailbox, as mail is. */
export const calendarHandlers: Record<string, Handler> = {
  '/users/{user-id}/calendarView': calendarView,
  '/users/{user-id}/events/{event-id}': event,
}
