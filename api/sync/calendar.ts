// Meetings of one listed mailbox, on a window that moves with the day. Each round reads the whole window; what a complete
// reading does not see is gone.
import { createHash } from 'node:crypto'
import type { Event } from '@microsoft/microsoft-graph-types'
import { isPrivateMeeting, readMeetings, readUserId, utcDate } from '../graph/calendar.ts'
import { meetingDocId, nextDays, pastDays, type MeetingDoc } from '../store/meetings.ts'
import { writeFiltered } from './domainBook.ts'
import { addressesOf, audienceKeys, partyOf, senderOf, touchedCustomers, type DomainBook } from './participants.ts'
import { walk, type Round } from './round.ts'

const day = 86_400_000

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
  const userId = await mailboxUser(round)
  const window = calendarWindow(round.now())
  const tell = (customerIds: Set<string>) => store.changes.add(round.now(), [...customerIds].map((customerId) => ({ kind: 'meetings' as const, customerId })))
  const { items } = await walk<Event & { id: string }>(round, {
    container: 'calendar',
    version: `${filter}|${window.from.toISOString()}`,
    read: (link) => readMeetings(graph, userId, window, link),
    async write(events, number) {
      const copy = { tenantId: tenant._id, mailboxId: userId, round: number }
      // The window begins at midnight; what ended before this hour has been deleted by its age already.
      const oldest = new Date(round.now().getTime() - pastDays * day)
      const recent = events.filter(({ end }) => (utcDate(end) ?? oldest) >= oldest)
      await writeFiltered(store, async (book) => {
        const kept = recent.flatMap((event) => meetingsToKeep(event, copy, book))
        await tell(await store.meetings.writePage(tenant._id, userId, events.map(({ id }) => id), kept))
      })
    },
    tally: (number) => store.meetings.tally(tenant._id, userId, number),
    sweep: async (number) => tell(await store.meetings.sweep(tenant._id, userId, number)),
  })
  return items
}

/** Whose mailbox it is: asked once, unless the mail of the same mailbox has asked already. */
async function mailboxUser(round: Round): Promise<string> {
  const { store, unit, graph, tenant } = round
  if (unit.facts !== null) return unit.facts.userId
  const units = await store.units.ofStream([tenant._id], 'mail')
  const known = units.find((other) => other.mailbox === unit.mailbox)?.facts?.userId
  const userId = known ?? (await readUserId(graph, unit.mailbox!))
  await round.keepLease({ facts: { userId } })
  return userId
}

/**
 * The rows to store of a meeting: one a customer whose contact takes part; none when no customer does. A private one that is
 * cancelled is left out: shown it would look as if it took place, and that it was cancelled is not told.
 */
export function meetingsToKeep(
  event: Event & { id: string },
  copy: { tenantId: string; mailboxId: string; round: number },
  book: DomainBook,
): MeetingDoc[] {
  const start = utcDate(event.start)
  const end = utcDate(event.end)
  if (start === null || end === null) return []
  const attendees = addressesOf(event.attendees)
  const [organizer] = addressesOf(event.organizer ? [event.organizer] : [])
  const everyone = organizer === undefined ? attendees : [organizer, ...attendees]
  const parties = attendees.map((one) => partyOf(one, book)).filter((one) => one !== null)
  const hidden = isPrivateMeeting(event)
  if (hidden && event.isCancelled === true) return []
  return [...touchedCustomers(everyone, book)].map(([customerId, domains]) => ({
    _id: meetingDocId(copy.tenantId, copy.mailboxId, event.id, customerId),
    tenantId: copy.tenantId,
    mailboxId: copy.mailboxId,
    eventId: event.id,
    customerId,
    domains,
    audience: audienceKeys(everyone, copy.mailboxId, book),
    meetingKey: createHash('sha256').update(JSON.stringify([event.iCalUId ?? event.id, start.getTime()])).digest('base64url').slice(0, 24),
    start,
    end,
    allDay: event.isAllDay ?? false,
    cancelled: event.isCancelled ?? false,
    private: hidden,
    subject: hidden ? null : (event.subject ?? ''),
    organizer: hidden ? null : senderOf(organizer, book),
    attendees: hidden ? [] : parties,
    others: hidden ? 0 : (event.attendees ?? []).length - parties.length,
    series: hidden ? false : event.type === 'occurrence' || event.type === 'exception',
    online: hidden ? false : (event.isOnlineMeeting ?? false),
    round: copy.round,
  }))
}
