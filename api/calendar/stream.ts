// Meetings of one listed mailbox, on a window that moves with the day. Each round reads the whole window; what a complete
// reading does not see is gone.
import { Changes } from '../changes/rows.ts'
import { readDomainBook, writeFiltered } from '../customers/domainBook.ts'
import { AppError } from '../errors.ts'
import { hasId } from '../graph/page.ts'
import { failsBySize, openPageSize } from '../graph/pageSize.ts'
import type { Permission } from '../graph/permission.ts'
import { mailboxStream, type MailboxRound } from '../mailboxes/stream.ts'
import { userOfMailbox } from '../mailboxes/user.ts'
import { addressesOf, recipientsIn, touchedCustomers } from '../people/participants.ts'
import { walk } from '../sync/walk.ts'
import { changedBy, meetingsToKeep, namesPeople, type EventItem } from './filter.ts'
import { isToldWhole, isWholeMeeting, readListedMeeting, readMeetings } from './graph.ts'
import { Meetings, nextDays, pastDays } from './rows.ts'
import { isZoneKnown, momentOf } from './zone.ts'

const calendarsRead: Permission = {
  name: 'Meetings',
  permission: 'Calendars.Read',
  orElse: [],
  read: 'meetings of the listed mailboxes',
  without: 'there are no meetings',
  paths: [/^\/users\/[^/]+\/(calendarView|calendar|events)\b/i],
}

export const calendarStream = mailboxStream({
  name: 'calendar',
  words: { title: 'Calendar', one: 'calendar', many: 'calendars', per: 'mailbox' },
  needs: [calendarsRead],
  order: 4,
  rows: Meetings,
  kind: 'meetings',
  read,
})

const day = 86_400_000
const meetingPageSize = 200

/** From the midnight 7 days ago to the midnight after 14 days, UTC: the same all day long, so that a round can be resumed. */
export function calendarWindow(now: Date): { from: Date; to: Date } {
  const today = Math.floor(now.getTime() / day) * day
  return { from: new Date(today - pastDays * day), to: new Date(today + (nextDays + 1) * day) }
}

/** @returns meetings seen, kept or not */
async function read(round: MailboxRound, forget: () => Promise<void>): Promise<number> {
  const { db, graph, tenant } = round
  const userId = await userOfMailbox(round, forget)
  // With another customer filter than before the window is read from the start.
  const filter = (await readDomainBook(db)).version
  const window = calendarWindow(round.now())
  const size = openPageSize(meetingPageSize)
  const { items } = await walk<unknown>(round, {
    container: 'calendar',
    version: `${filter}|${window.from.toISOString()}`,
    read: (link) => size.read((most) => readMeetings(graph, userId, window, link, most)),
    write: (events, number) => writeEvents(round, userId, events, number),
    tally: (number) => db(Meetings).tally(tenant._id, userId, number),
    sweep: async (number) => db(Changes).addTouched(round.now(), 'meetings', await db(Meetings).sweep(tenant._id, userId, number)),
  })
  return items
}

async function writeEvents(round: MailboxRound, userId: string, listed: readonly unknown[], number: number): Promise<void> {
  const { db, tenant, parts } = round
  const copy = { tenantId: tenant._id, mailboxId: userId, reading: number }
  const events = await completed(round, userId, listed.filter(hasId<EventItem>))
  const hasTime = ({ start, end }: EventItem) => momentOf(start, false) !== null && momentOf(end, false) !== null
  const [told, less] = [events.filter((event) => isToldWhole(event) && hasTime(event)), events.filter((event) => !isToldWhole(event) || !hasTime(event))]
  for (const event of less) {
    if (!hasTime(event)) parts.skip({ what: 'meeting', id: event.id }, withoutTime)
    else if (!namesPeople(event)) parts.skip({ what: 'meeting', id: event.id }, withoutPeople)
  }
  // The window begins at midnight; what ended before this hour has been deleted by its age already.
  const oldest = new Date(round.now().getTime() - pastDays * day)
  const recent = told.filter(({ end, isAllDay }) => momentOf(end, isAllDay === true)! >= oldest)
  await writeFiltered(db, async (book) => {
    const rows = (await db(Meetings).ofEvents(tenant._id, userId, less.map(({ id }) => id))).filter((row) => row.domains.some((domain) => book.customers.get(domain) === row.customerId))
    const kept = less.flatMap((event) => {
      const before = rows.filter(({ eventId }) => eventId === event.id)
      return before.length === 0 ? meetingsToKeep(event, copy, book) : before.flatMap((row) => changedBy(event, row, number))
    })
    const written = [...recent.flatMap((event) => meetingsToKeep(event, copy, book)), ...kept.filter(({ end }) => end >= oldest)]
    await db(Changes).addTouched(round.now(), 'meetings', await db(Meetings).writePage(tenant._id, userId, events.map(({ id }) => id), written))
  })
  const kept = new Set(await db(Meetings).keptOf(tenant._id, userId, recent.map(({ id }) => id)))
  for (const { id, start, end, isAllDay } of recent) {
    if (isAllDay !== true && kept.has(id) && !(isZoneKnown(start) && isZoneKnown(end))) parts.skip({ what: 'meeting', id }, unknownZone)
  }
}

const withoutTime = new AppError('graphUnexpected', { sentence: 'Microsoft does not say when it is, so it cannot be shown.' })
const withoutPeople = new AppError('graphUnexpected', { sentence: 'Microsoft does not say who takes part, so what was known before stays, and a new meeting cannot be shown.' })
const unknownZone = new AppError('graphUnexpected', { sentence: 'Microsoft gave its time in a zone that nobody knows, although UTC was asked for. It is shown as if that were UTC, which may be wrong.' })

/** Asks once more for meetings with a customer of which the list left something out, their mark above all. */
async function completed({ db, graph, parts }: MailboxRound, userId: string, events: readonly EventItem[]): Promise<EventItem[]> {
  const book = await readDomainBook(db)
  const found: EventItem[] = []
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
