// Which meetings lie in the time of a question, and which days are not read.
import type { MeetingList, MeetingRow } from '../../api/calendar/model.ts'
import type { Days, Here } from '../parts/days.ts'
import { dayOf } from '../understand/period.ts'

const dayMs = 86_400_000

/** An all-day meeting lies on a date and not at moments; it meets the moments of its date in any zone. */
export const momentsOf = ({ from, to }: Days) => ({ ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) })

/** The days reach beyond what is read. What is open does not: it asks for what there is. */
export const reachesBeyond = (days: Days, { from, to }: Pick<MeetingList, 'from' | 'to'>): boolean =>
  (days.from !== null && days.from.getTime() < Date.parse(from) - dayMs) || (days.to !== null && days.to.getTime() > Date.parse(to) + dayMs)

/** Has a moment of a meeting come, its start or its end? What lasts all day begins and ends with the person's own days. */
export function reached(time: string, { allDay }: Pick<MeetingRow, 'allDay'>, { now, times }: Here): boolean {
  return allDay ? time.slice(0, 10) <= dayOf(now, times.zone).toString() : Date.parse(time) <= now.getTime()
}

/** Does a meeting lie in this time? What lasts all day lies on dates and not at moments. */
export function liesIn(days: Days, { start, end, allDay }: Pick<MeetingRow, 'start' | 'end' | 'allDay'>): boolean {
  if (allDay) {
    const { from, to } = days.period
    const [first, after, begin] = [start.slice(0, 10), end.slice(0, 10), from?.toPlainDate().toString() ?? '']
    // The last date that the time touches.
    const last = to?.subtract({ nanoseconds: 1 }).toPlainDate().toString() ?? '9999'
    return first <= last && (first >= begin || after > begin)
  }
  const [from, to] = [Date.parse(start), Date.parse(end)]
  const [begin, close] = [days.from?.getTime() ?? -Infinity, days.to?.getTime() ?? Infinity]
  return from < close && (to > begin || from >= begin)
}
