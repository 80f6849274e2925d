// Opens a meeting's text, attendees and join link for a person: rights first, then the audit row, then the fetch.
import type { Attendee } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { readMeeting } from './graph.ts'
import { openGraph } from '../graph/client.ts'
import { inTurn } from '../mailboxes/inTurn.ts'
import { meetingMark } from '../mailboxes/mark.ts'
import { momentOf } from './zone.ts'
import type { Actor } from '../access/model.ts'
import type { MeetingDetail } from './model.ts'
import { audienceOf } from '../access/actor.ts'
import type { ActionOptions } from '../actions.ts'
import { partiesOnly } from './partiesOnly.ts'
import { personIn } from '../mailboxes/people.ts'
import { refusePrivate } from '../mailboxes/refusePrivate.ts'
import { htmlOf } from '../mailboxes/sanitise.ts'

const responses: Record<string, MeetingDetail['attendees'][number]['response']> = {
  accepted: 'accepted', organizer: 'accepted', declined: 'declined', tentativelyAccepted: 'tentative',
}

/**
 * @param meetingId id of a row that the actor was shown
 * @throws AppError `notFound` (unknown, or not for this actor: the same answer), `privateItem`, `gone`, and Graph's
 */
export async function openMeeting(options: ActionOptions, actor: Actor, meetingId: string): Promise<MeetingDetail> {
  const { store, vault, now } = options
  const doc = await store.meetings.get(meetingId, audienceOf(actor))
  if (doc === null) throw new AppError('notFound')
  if (doc.private) throw new AppError('privateItem')
  await store.audit.add(actor, now(), { action: 'meeting.open', target: doc._id, customerId: doc.customerId })
  const tenant = await store.tenants.get(doc.tenantId)
  const units = await store.units.ofStream([doc.tenantId], 'calendar')
  // The list of mailboxes decides at this moment, whatever rows are still there.
  if (tenant === null || !units.some((unit) => unit.facts?.userId === doc.mailboxId)) throw new AppError('gone')
  const graph = openGraph(options.graph, { tenantId: tenant._id, clientId: tenant.clientId, clientSecret: vault.open(tenant._id, tenant.secret) })
  const event = await inTurn(doc.mailboxId, () => readMeeting(graph, doc.mailboxId, doc.eventId))
  refusePrivate(meetingMark(event))
  const time = (date: Date | null, stored: Date) => (doc.allDay ? (date ?? stored).toISOString().slice(0, 10) : (date ?? stored).toISOString())
  const attendees = (event.attendees ?? []).flatMap((attendee: Attendee | null) => {
    const person = personIn(attendee)
    return person === null ? [] : [{ ...person, response: responses[attendee?.status?.response ?? ''] ?? ('none' as const) }]
  })
  const known = await partiesOnly(store, attendees)
  const joinUrl = event.onlineMeeting?.joinUrl ?? event.onlineMeetingUrl ?? null
  return {
    id: doc._id,
    subject: event.subject ?? '',
    start: time(momentOf(event.start, doc.allDay), doc.start),
    end: time(momentOf(event.end, doc.allDay), doc.end),
    allDay: doc.allDay,
    organizer: personIn(event.organizer),
    attendees: known,
    others: (event.attendees ?? []).length - known.length,
    location: event.location?.displayName || null,
    joinUrl: joinUrl !== null && URL.canParse(joinUrl) && new URL(joinUrl).protocol === 'https:' ? joinUrl : null,
    html: htmlOf(event.body),
  }
}
