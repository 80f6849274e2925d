// Meetings of one mailbox. Graph: "List calendarView". Plain calendarView on a moving window, because its delta returns bodies,
// bare occurrences, and a window that is frozen in the token.
import type { Event } from '@microsoft/microsoft-graph-types'
import type { Graph } from './client.ts'
import { listPage, pagePrefer, type Page } from './page.ts'

const fields = [
  'subject', 'start', 'end', 'isAllDay', 'isCancelled', 'isOnlineMeeting', 'sensitivity', 'type', 'iCalUId', 'organizer', 'attendees',
].join(',')
const pageSize = 200
/** Times in UTC on every page; the header holds for the request that carries it alone. */
const utc = 'outlook.timezone="UTC"'

/** A page of the meetings that touch a window, series as their occurrences. */
export async function readMeetings(graph: Graph, userId: string, window: { from: Date; to: Date }, link: string | null): Promise<Page<Event & { id: string }>> {
  const first = `/users/${userId}/calendarView?startDateTime=${window.from.toISOString()}&endDateTime=${window.to.toISOString()}&$select=${fields}`
  return listPage(await graph.get(link ?? first, `${utc}, ${pagePrefer(pageSize)}`))
}

/** A meeting with its text. */
export async function readMeeting(graph: Graph, userId: string, eventId: string): Promise<Event> {
  const wanted = 'subject,body,start,end,isAllDay,sensitivity,organizer,attendees,location,onlineMeeting,onlineMeetingUrl'
  const path = `/users/${userId}/events/${encodeURIComponent(eventId)}?$select=${wanted}`
  return (await graph.get(path, `${utc}, IdType="ImmutableId", outlook.body-content-type="html"`))
}

/** Object id of a mailbox's user. */
export async function readUserId(graph: Graph, upn: string): Promise<string> {
  return String((await graph.get(`/users/${encodeURIComponent(upn)}?$select=id`)).id)
}

/** Whether the organiser marked it private or confidential. "personal" is shown like any other. */
export const isPrivateMeeting = (event: Event): boolean => event.sensitivity === 'private' || event.sensitivity === 'confidential'

/** A Graph dateTimeTimeZone that was asked for in UTC. Exchange sends seven fractional digits and no zone. */
export function utcDate(value: { dateTime?: string | null } | null | undefined): Date | null {
  if (!value?.dateTime) return null
  const date = new Date(`${value.dateTime.replace(/(\.\d{3})\d*$/, '$1').replace(/Z$/, '')}Z`)
  return Number.isNaN(date.getTime()) ? null : date
}
