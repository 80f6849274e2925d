// Opens a meeting's text, attendees and join link for a person: rights first, then the audit row, then the fetch.
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { audienceOf } from '../access/rights.ts'
import type { Acting } from '../context.ts'
import { requireShown } from '../customers/shown.ts'
import { AppError } from '../errors.ts'
import { objectsIn } from '../graph/page.ts'
import { textIn } from '../graph/said.ts'
import { inMailbox } from '../mailboxes/inMailbox.ts'
import { refusePrivate } from '../mailboxes/mark.ts'
import { personIn } from '../mailboxes/people.ts'
import { openedTextOf } from '../mailboxes/opened.ts'
import { readMeeting } from './graph.ts'
import { meetingMark } from './mark.ts'
import type { MeetingDetail } from './model.ts'
import { recipientsIn } from '../people/participants.ts'
import { partiesOnly } from './partiesOnly.ts'
import { Meetings } from './rows.ts'
import { calendarStream } from './stream.ts'
import { momentOf } from './zone.ts'

const responses = new Map<unknown, MeetingDetail['attendees'][number]['response']>([
  ['accepted', 'accepted'], ['organizer', 'accepted'], ['declined', 'declined'], ['tentativelyAccepted', 'tentative'],
])

/**
 * @param meetingId id of a row that the actor was shown
 * @throws AppError `notFound` (unknown, or not for this actor: the same answer), `privateItem`, `gone`, and Graph's
 */
async function openMeeting(on: Acting, actor: Actor, meetingId: string): Promise<MeetingDetail> {
  const { db, now } = on
  const doc = await db(Meetings).get(meetingId, audienceOf(actor))
  if (doc === null) throw new AppError('notFound')
  await requireShown(db, doc)
  if (doc.private) throw new AppError('privateItem')
  await db(Audit).add(actor, now(), { action: 'meeting.open', target: doc._id, customerId: doc.customerId })
  const event = await inMailbox(on, calendarStream.name, doc, (graph) => readMeeting(graph, doc.mailboxId, doc.eventId))
  refusePrivate(meetingMark(event))
  const time = (date: Date | null, stored: Date) => (doc.allDay ? (date ?? stored).toISOString().slice(0, 10) : (date ?? stored).toISOString())
  const attendees = objectsIn(event.attendees).flatMap((attendee) => {
    const person = personIn(attendee)
    return person === null ? [] : [{ ...person, response: responses.get(attendee.status?.response) ?? ('none' as const) }]
  })
  const known = await partiesOnly(db, attendees)
  const joinUrl = textIn(event.onlineMeeting?.joinUrl) ?? textIn(event.onlineMeetingUrl)
  return {
    id: doc._id,
    subject: textIn(event.subject) ?? '',
    start: time(momentOf(event.start, doc.allDay), doc.start),
    end: time(momentOf(event.end, doc.allDay), doc.end),
    allDay: doc.allDay,
    organizer: personIn(event.organizer),
    attendees: known,
    others: recipientsIn(event.attendees).length - known.length,
    location: textIn(event.location?.displayName) || null,
    joinUrl: joinUrl !== null && URL.canParse(joinUrl) && new URL(joinUrl).protocol === 'https:' ? joinUrl : null,
    ...(await openedTextOf(on, event)),
  }
}

export const calendarActions = { openMeeting }
