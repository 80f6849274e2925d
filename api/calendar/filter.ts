// What of a calendar may reach the database: meetings in which a customer's contact takes part. Pure; what it drops is never stored.
import { createHash } from 'node:crypto'
import type { Event } from '@microsoft/microsoft-graph-types'
import { addressesOf, audienceKeys, partyOf, recipientsIn, senderOf, touchedCustomers, type DomainBook } from '../people/participants.ts'
import { meetingMark, nothingButMeetingTimes } from './mark.ts'
import type { MeetingDoc } from './rows.ts'
import { momentOf } from './zone.ts'

export type EventItem = Event & { id: string }

export const namesPeople = (event: Event): boolean => 'attendees' in event && 'organizer' in event

/**
 * The rows to store of a meeting: one a customer whose contact takes part; none when no customer does. A private one that is
 * cancelled is left out: shown it would look as if it took place, and that it was cancelled is not told.
 */
export function meetingsToKeep(
  event: EventItem,
  copy: { tenantId: string; mailboxId: string; reading: number },
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
    reading: copy.reading,
  }))
}

const meetingDocId = (tenantId: string, mailboxId: string, eventId: string, customerId: string): string =>
  createHash('sha256').update(JSON.stringify(['meeting', tenantId, mailboxId, eventId, customerId])).digest('base64url').slice(0, 32)

const meetingKey = (event: EventItem, start: Date): string =>
  createHash('sha256').update(JSON.stringify([event.iCalUId || event.id, start.getTime()])).digest('base64url').slice(0, 24)

/**
 * A row of a meeting of which something is not told even when it is asked for: what is told of the meeting itself is taken, the rest and
 * the people stay as they are. What is or was private, or does not say, is a time and no more.
 */
export function changedBy(event: EventItem, row: MeetingDoc, reading: number): MeetingDoc[] {
  const allDay = typeof event.isAllDay === 'boolean' ? event.isAllDay : row.allDay
  const cancelled = typeof event.isCancelled === 'boolean' ? event.isCancelled : row.cancelled
  const hidden = row.private || meetingMark(event) !== 'open'
  if (hidden && cancelled) return []
  const start = momentOf(event.start, allDay) ?? row.start
  const end = momentOf(event.end, allDay) ?? row.end
  const key = event.iCalUId || start.getTime() !== row.start.getTime() ? meetingKey(event, start) : row.meetingKey
  const next = { ...row, start, end, allDay, cancelled, meetingKey: key, reading }
  if (hidden) return [{ ...next, ...nothingButMeetingTimes }]
  return [{
    ...next,
    subject: typeof event.subject === 'string' ? event.subject : row.subject,
    series: typeof event.type === 'string' ? isOfSeries(event) : row.series,
    online: typeof event.isOnlineMeeting === 'boolean' ? event.isOnlineMeeting : row.online,
  }]
}

const isOfSeries = ({ type }: Event): boolean => type === 'occurrence' || type === 'exception'
