// Meetings by hand: called, changed and deleted through /simulator/meetings.
import { eventId } from '../graph/calendar/events.ts'
import { Refusal, texts, textOf, type Body } from '../http.ts'
import type { Simulation } from '../simulation.ts'
import {
  eventKey, joinUrl, newICalUId, occurrences, type Attendee, type Calendar, type Exception, type Meeting,
} from '../world/calendar/meetings.ts'
import { instantOf, isZone, ODD_ZONES } from '../world/calendar/zones.ts'
import { mailboxByUpn, ownerOf, recipient, sensitivityOf, somebody } from './mail.ts'

/** A time with an offset, or one on the wall clock of the meeting's zone. */
function time(value: unknown, zone: string): number {
  const said = textOf(value) ?? ''
  const at = /T.*(Z|[+-]\d\d:\d\d)$/.test(said) ? Date.parse(said) : instantOf(Date.parse(said.includes('T') ? `${said}Z` : said), zone)
  if (Number.isNaN(at)) throw new Refusal(400, 'start and end are times such as 2026-03-04T10:00:00Z, or without Z in the meeting’s zone.')
  return at
}

function zoneOf(value: unknown, otherwise: string): string {
  const zone = textOf(value) ?? otherwise
  if (!isZone(zone) && !(ODD_ZONES as readonly string[]).includes(zone)) throw new Refusal(400, 'The simulator does not know this time zone.')
  return zone
}

function recurrenceOf(value: unknown): Meeting['recurrence'] {
  if (value === undefined) return null
  const { pattern, count } = value as { pattern?: unknown; count?: unknown }
  if ((pattern !== 'daily' && pattern !== 'weekly') || !Number.isInteger(count) || (count as number) < 1 || (count as number) > 1000)
    throw new Refusal(400, 'recurrence is { pattern: "daily" or "weekly", count: 1 to 1000 }.')
  return { pattern, count: count as number }
}

function attendee(value: unknown): Attendee {
  const type = (value as { type?: unknown } | null)?.type
  return { ...recipient(value), type: type === 'optional' || type === 'resource' ? type : 'required' }
}

/** POST /simulator/meetings. */
export function postMeeting(sim: Simulation, body: Body): { ids: string[]; iCalUId: string } {
  const mailboxes = (texts(body.mailboxes) ?? [body.mailbox]).map((upn) => mailboxByUpn(sim, upn))
  const [first] = mailboxes
  if (!first) throw new Refusal(400, 'Say mailbox or mailboxes.')
  const timeZone = zoneOf(body.timeZone, 'UTC')
  const [start, end] = [time(body.start, timeZone), time(body.end, timeZone)]
  if (end < start) throw new Refusal(400, 'end lies before start.')
  const content = textOf(body.body) ?? ''
  const meeting: Meeting = {
    iCalUId: newICalUId(sim.random),
    key: sim.random.token(28),
    subject: textOf(body.subject) ?? 'No subject',
    sensitivity: sensitivityOf(body.sensitivity),
    organizer: recipient(body.organizer ?? ownerOf(first)),
    attendees: ((body.attendees ?? [somebody(sim)]) as unknown[]).map(attendee),
    start, end, timeZone,
    isAllDay: body.isAllDay === true,
    cancelled: false,
    recurrence: recurrenceOf(body.recurrence),
    exceptions: new Map(),
    location: textOf(body.location) ?? '',
    joinUrl: body.online === true ? joinUrl(sim.random) : null,
    canaries: [],
    expectedCustomers: null,
    body: { contentType: content.startsWith('<') ? 'html' : 'text', content },
  }
  const ids = mailboxes.map((mailbox) => {
    const key = eventKey(meeting, mailbox.user.id)
    mailbox.calendar().set(key, meeting)
    return eventId(key, null)
  })
  sim.events.emit('change', 'calendar')
  return { ids, iCalUId: meeting.iCalUId }
}

interface Located { meeting: Meeting; holders: { calendar: Calendar; key: string; upn: string }[]; day: string | null }

/** The calendars that hold a meeting, by its own id or by that of an occurrence, and the day that is meant. */
function locate(sim: Simulation, iCalUId: string, occurrence: unknown): Located {
  const wanted = `${iCalUId.slice(0, 32)}00000000${iCalUId.slice(40)}`
  const holders = sim.world.tenants.flatMap((t) => [...t.mailboxes.values()]).flatMap((open) => {
    const { user, calendar } = open()
    const here = [...calendar()].filter(([, m]) => m.iCalUId === wanted)
    return here.map(([key, meeting]) => ({ meeting, calendar: calendar(), key, upn: user.userPrincipalName }))
  })
  const meeting = holders[0]?.meeting
  if (!meeting) throw new Refusal(404, 'There is no such meeting.')
  const hex = iCalUId.slice(32, 40)
  const parts = [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6)].map((h) => String(parseInt(h, 16)).padStart(h.length, '0'))
  const named = /^0+$/.test(hex) ? null : parts.join('')
  const day = textOf(occurrence)?.replaceAll('-', '') ?? named
  if (day !== null && !occurrences(meeting).some((o) => o.day === day)) throw new Refusal(404, 'The series has no occurrence on that day.')
  return { meeting, holders, day }
}

/** PATCH /simulator/meetings/{iCalUId}: the whole meeting, or one occurrence of a series. */
export function patchMeeting(sim: Simulation, iCalUId: string, body: Body): { iCalUId: string } {
  const { meeting, day } = locate(sim, iCalUId, body.occurrence)
  const timeZone = zoneOf(body.timeZone, meeting.timeZone)
  const [start, end] = [body.start, body.end].map((t) => (t === undefined ? undefined : time(t, timeZone)))
  const subject = textOf(body.subject)
  if (day === null) {
    // A series at another time has no exceptions any more.
    if (meeting.recurrence && (start !== undefined || timeZone !== meeting.timeZone)) meeting.exceptions.clear()
    const length = meeting.end - meeting.start
    Object.assign(meeting, { timeZone, start: start ?? meeting.start, end: end ?? (start === undefined ? meeting.end : start + length) })
    if (subject !== undefined) meeting.subject = subject
    if (body.cancel === true) meeting.cancelled = true
  } else {
    const exception: Exception = { ...meeting.exceptions.get(day) }
    if (start !== undefined) exception.at = start
    if (end !== undefined) exception.end = end
    if (subject !== undefined) exception.subject = subject
    if (body.cancel === true) exception.cancelled = true
    meeting.exceptions.set(day, exception)
  }
  sim.events.emit('change', 'calendar')
  return { iCalUId: meeting.iCalUId }
}

/** DELETE /simulator/meetings/{iCalUId}?occurrence=&mailbox=: one occurrence, or all of it, from one calendar or from all. */
export function deleteMeeting(sim: Simulation, iCalUId: string, body: Body): void {
  const { meeting, holders, day } = locate(sim, iCalUId, body.occurrence)
  if (day !== null) meeting.exceptions.set(day, { deleted: true })
  else for (const { calendar, key, upn } of holders) if (body.mailbox === undefined || body.mailbox === upn) calendar.delete(key)
  sim.events.emit('change', 'calendar')
}
