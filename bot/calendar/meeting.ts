// One meeting as part of a card. Only ever for a private chat.
import { Temporal } from 'temporal-polyfill'
import type { MeetingRow } from '../../api/calendar/model.ts'
import { textBlock, verbatim, type Element } from '../parts/card.ts'
import type { LocalTimes } from '../parts/localTimes.ts'
import { partyText, senderText, subjectText } from '../parts/people.ts'

export const byStart = (a: { start: string }, b: { start: string }): number => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)

const mostPeople = 4

/** All-day meetings end with the first day after them. */
const dayBefore = (date: string): string => Temporal.PlainDate.from(date.slice(0, 10)).subtract({ days: 1 }).toString()

function timeText({ start, end, allDay }: MeetingRow, times: LocalTimes): string {
  if (!allDay) return times.span(start, end)
  const last = end > start ? dayBefore(end) : start
  return `${times.day(start)}${last > start ? ` – ${times.day(last)}` : ''}, all day`
}

function peopleText({ attendees, others }: MeetingRow): string {
  const shown = attendees.slice(0, mostPeople).map((party) => party.name ?? partyText(party))
  const more = attendees.length - shown.length + others
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ')
}

/** @param whole with the organiser */
export function meetingElements(meeting: MeetingRow, times: LocalTimes, whole = false): Element[] {
  const time = timeText(meeting, times)
  const line = (text: string) => textBlock(text, { size: 'Small', spacing: 'Medium' })
  if (meeting.private) return [line(`${time} · Private`)]
  const marks = [...(meeting.cancelled ? ['Cancelled'] : []), ...(meeting.online ? ['online'] : []), ...(meeting.series ? ['series'] : [])]
  const people = peopleText(meeting)
  return [
    line([time, ...marks].join(' · ')),
    verbatim(subjectText(meeting), { weight: 'Bolder', ...(meeting.cancelled ? { strikethrough: true } : {}) }),
    ...(people === '' ? [] : [verbatim(`With: ${people}`, { size: 'Small' })]),
    ...(whole && meeting.organizer !== null ? [verbatim(`Organised by: ${senderText(meeting.organizer)}`, { size: 'Small' })] : []),
  ]
}
