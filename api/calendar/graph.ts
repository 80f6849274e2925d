// Meetings of one mailbox. Graph: "List calendarView". Plain calendarView on a moving window, because its delta returns bodies,
// bare occurrences, and a window that is frozen in the token.
import type { Event } from '@microsoft/microsoft-graph-types'
import type { Graph } from '../graph/graph.ts'
import { listPage, pagePrefer, type Page } from '../graph/page.ts'
import { readWithText } from '../graph/text.ts'
import { meetingMark } from './mark.ts'

const fields = [
  'subject', 'start', 'end', 'isAllDay', 'isCancelled', 'isOnlineMeeting', 'sensitivity', 'type', 'iCalUId', 'organizer', 'attendees',
]
/** Whether nothing that Outpost stores was left out, the organiser's mark above all. */
export const isWholeMeeting = (event: Event): boolean => isToldWhole(event) && meetingMark(event) !== 'unknown'
/** The same but for the mark, which counts as private where it is not told. */
export const isToldWhole = (event: Event): boolean => fields.every((field) => field in event || field === 'sensitivity')

/** Times in UTC on every page; the header holds for the request that carries it alone. */
const utc = 'outlook.timezone="UTC"'

/** A page of the meetings that touch a window, series as their occurrences. */
export async function readMeetings(graph: Graph, userId: string, window: { from: Date; to: Date }, link: string | null, size: number): Promise<Page<Event & { id: string }>> {
  const first = `/users/${userId}/calendarView?startDateTime=${window.from.toISOString()}&endDateTime=${window.to.toISOString()}&$select=${fields.join(',')}`
  return listPage(await graph.get(link ?? first, `${utc}, ${pagePrefer(size)}`))
}

/** A meeting with its text, unless that is too large. */
export async function readMeeting(graph: Graph, userId: string, eventId: string): Promise<Event> {
  const wanted = 'subject,start,end,isAllDay,sensitivity,organizer,attendees,location,onlineMeeting,onlineMeetingUrl,webLink'
  const path = `/users/${userId}/events/${encodeURIComponent(eventId)}`
  return readWithText(graph, { path, fields: wanted }, `${utc}, IdType="ImmutableId", outlook.body-content-type="html"`)
}

/** A meeting's own fields as they are listed; asked for again where a list left something out. */
export async function readListedMeeting(graph: Graph, userId: string, eventId: string): Promise<Event & { id: string }> {
  return { ...((await graph.get(`/users/${userId}/events/${encodeURIComponent(eventId)}?$select=${fields.join(',')}`, `${utc}, IdType="ImmutableId"`)) as Event), id: eventId }
}

