// Meetings of one listed mailbox, on a window that moves with the day. Each round reads the whole window; what a complete
// reading does not see is gone.
import { createHash } from 'node:crypto'
import type { Event } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { isToldWhole, isWholeMeeting, readListedMeeting, readMeetings } from './graph.ts'
import { hasId } from '../graph/page.ts'
import { failsBySize, openPageSize } from '../graph/pageSize.ts'
import { meetingMark } from '../mailboxes/mark.ts'
import { isZoneKnown, momentOf } from './zone.ts'
import { meetingDocId, nextDays, nothingButMeetingTimes, pastDays, type MeetingDoc } from './rows.ts'
import { readDomainBook, writeFiltered } from '../customers/domainBook.ts'
import { userOfMailbox } from '../mailboxes/user.ts'
import { addressesOf, audienceKeys, partyOf, recipientsIn, senderOf, touchedCustomers, type DomainBook } from '../people/participants.ts'
import { walk, type Round } from '../sync/walk.ts'

const day = 86_400_000
const meetingPageSize = 200
type Meeting = Event & { id: string }

/** From the midnight 7 days ago to the midnight after 14 days, UTC: the same all day long, so that a round can be resumed. */
export function calendarWindow(now: Date): { from: Date; to: Date } {
  const today = Math.floor(now.getTime() / day) * day
  return { from: new Date(today - pastDays * day), to: new Date(today + (nextDays + 1) * day) }
}

/**
 * @param filter version of the customer filter
 * @returns meetings seen, kept or not
 */
export async function syncCalendar(round: Round, filter: string): Promise<number> {
  const { store, graph, tenant } = round
  const userId = await userOfMailbox(round)
  const window = calendarWindow(round.now())
  const size = openPageSize(meetingPageSize)
  const { items } = await walk<unknown>(round, {
    container: 'calendar',
    version: `${filter}|${window.from.toISOString()}`,
    read: (link) => size.read((most) => readMeetings(graph, userId, window, link, most)),
    write: (events, number) => writeEvents(round, userId, events, number),
    tally: (number) => store.meetings.tally(tenant._id, userId, number),
    sweep: async (number) => store.changes.addTouched(round.now(), 'meetings', await store.meetings.sweep(tenant._id, userId, number)),
  })
  return items
}

async function writeEvents(round: Round, userId: string, listed: readonly unknown[], number: number): Promise<void> {
  const { store, tenant, parts } = round
  const copy = { tenantId: tenant._id, mailboxId: userId, round: number }
  const events = await completed(round, userId, listed.filter(hasId<Meeting>))
  const hasTime = ({ start, end }: Meeting) => momentOf(start, false) !== null && momentOf(end, false) !== null
  const [told, less] = [events.filter((event) => isToldWhole(event) && hasTime(event)), events.filter((event) => !isToldWhole(event) || !hasTime(event))]
  for (const event of less) {
    if (!hasTime(event)) parts.skip({ what: 'meeting', id: event.id }, withoutTime)
    else if (!namesPeople(event)) parts.skip({ what: 'meeting', id: event.id }, withoutPeople)
  }
  // The window begins at midnight; what ended before this hour has been deleted by its age already.
  const oldest = new Date(round.now().getTime() - pastDays * day)
  const recent = told.filter(({ end, isAllDay }) => momentOf(end, isAllDay === true)! >= oldest)
  await writeFiltered(store, async (book) => {
    const rows = (await store.meetings.ofEvents(tenant._id, userId, less.map(({ id }) => id))).filter((row) => row.domains.some((domain) => book.customers.get(domain) === row.customerId))
    const kept = less.flatMap((event) => {
      const before = rows.filter(({ eventId }) => eventId === event.id)
      return before.length === 0 ? meetingsToKeep(event, copy, book) : before.flatMap((row) => changedBy(event, row, number))
    })
    const written = [...recent.flatMap((event) => meetingsToKeep(event, copy, book)), ...kept.filter(({ end }) => end >= oldest)]
    await store.changes.addTouched(round.now(), 'meetings', await store.meetings.writePage(tenant._id, userId, events.map(({ id }) => id), written))
  })
  const kept = new Set(await store.meetings.keptOf(tenant._id, userId, recent.map(({ id }) => id)))
  for (const { id, start, end, isAllDay } of recent) {
    if (isAllDay !== true && kept.has(id) && !(isZoneKnown(start) && isZoneKnown(end))) parts.skip({ what: 'meeting', id }, unknownZone)
  }
}

const withoutTime = new AppError('graphUnexpected', { sentence: 'Microsoft does not say when it is, so it cannot be shown.' })
const withoutPeople = new AppError('graphUnexpected', { sentence: 'Microsoft does not say who takes part, so what was known before stays, and a new meeting cannot be shown.' })
const unknownZone = new AppError('graphUnexpected', { sentence: 'Microsoft gave its time in a zone that nobody knows, although UTC was asked for. It is shown as if that were UTC, which may be wrong.' })

const namesPeople = (event: Event): boolean => 'attendees' in event && 'organizer' in event

/** Asks once more for meetings with a customer of which the list left something out, their mark above all. */
async function completed({ store, graph, parts }: Round, userId: string, events: readonly Meeting[]): Promise<Meeting[]> {
  const book = await readDomainBook(store)
  const found: Meeting[] = []
  for (const event of events) {
    const people = [...recipientsIn(event.attendees), event.organizer]
    const concerned = namesPeople(event) ? touchedCustomers(addressesOf(people), book).size > 0 : true
    if (isWholeMeeting(event) || !concerned) {
      found.push(event)
      continue
    }
    try {
      found.push(await readListedMeeting(graph, userId, event.id))
    } catch (error) {
      if (!(error instanceof AppError) || !(['gone', 'graphUnexpected'].includes(error.code) || failsBySize(error))) throw error
      if (error.code !== 'gone') parts.skip({ what: 'meeting', id: event.id }, error)
      found.push(event)
    }
  }
  return found
}

/**
 * The rows to store of a meeting: one a customer whose contact takes part; none when no customer does. A private one that is
 * cancelled is left out: shown it would look as if it took place, and that it was cancelled is not told.
 */
export function meetingsToKeep(
  event: Meeting,
  copy: { tenantId: string; mailboxId: string; round: number },
  book: DomainBook,
): MeetingDoc[] {
  const start = momentOf(event.start, event.isAllDay === true)
  const end = momentOf(event.end, event.isAllDay === true)
  if (start === null || end === null) return []
  const attendees = addressesOf(event.attendees)
  const [organizer] = addressesOf([event.organizer])
  const everyone = organizer === undefined ? attendees : [organizer, ...attendees]
  const parties = attendees.map((one) => partyOf(one, book)).filter((one) => one !== null)
  // What nobody says of the mark is not "not private".
  const hidden = meetingMark(event) !== 'open'
  if (hidden && event.isCancelled === true) return []
  return [...touchedCustomers(everyone, book)].map(([customerId, domains]) => ({
    _id: meetingDocId(copy.tenantId, copy.mailboxId, event.id, customerId),
    tenantId: copy.tenantId,
    mailboxId: copy.mailboxId,
    eventId: event.id,
    customerId,
    domains,
    audience: audienceKeys(everyone, copy.mailboxId, book),
    meetingKey: meetingKey(event, start),
    start,
    end,
    allDay: event.isAllDay === true,
    cancelled: event.isCancelled === true,
    private: hidden,
    subject: hidden ? null : (typeof event.subject === 'string' ? event.subject : ''),
    organizer: hidden ? null : senderOf(organizer, book),
    attendees: hidden ? [] : parties,
    others: hidden ? 0 : recipientsIn(event.attendees).length - parties.length,
    series: hidden ? false : isOfSeries(event),
    online: hidden ? false : event.isOnlineMeeting === true,
    round: copy.round,
  }))
}

const meetingKey = (event: Meeting, start: Date): string =>
  createHash('sha256').update(JSON.stringify([event.iCalUId || event.id, start.getTime()])).digest('base64url').slice(0, 24)

/**
 * A row of a meeting of which something is not told even when it is asked for: what is told of the meeting itself is taken, the rest and
 * the people stay as they are. What is or was private, or does not say, is a time and no more.
 */
function changedBy(event: Meeting, row: MeetingDoc, round: number): MeetingDoc[] {
  const allDay = typeof event.isAllDay === 'boolean' ? event.isAllDay : row.allDay
  const cancelled = typeof event.isCancelled === 'boolean' ? event.isCancelled : row.cancelled
  const hidden = row.private || meetingMark(event) !== 'open'
  if (hidden && cancelled) return []
  const start = momentOf(event.start, allDay) ?? row.start
  const end = momentOf(event.end, allDay) ?? row.end
  const key = event.iCalUId || start.getTime() !== row.start.getTime() ? meetingKey(event, start) : row.meetingKey
  const next = { ...row, start, end, allDay, cancelled, meetingKey: key, round }
  if (hidden) return [{ ...next, ...nothingButMeetingTimes }]
  return [{
    ...next,
    subject: typeof event.subject === 'string' ? event.subject : row.subject,
    series: typeof event.type === 'string' ? isOfSeries(event) : row.series,
    online: typeof event.isOnlineMeeting === 'boolean' ? event.isOnlineMeeting : row.online,
  }]
}

const isOfSeries = ({ type }: Event): boolean => type === 'occurrence' || type === 'exception'
