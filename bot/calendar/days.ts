// Which meetings lie in the days of a question, and which days are not read.
import type { MeetingRow, Meetings } from '../../api/calendar/model.ts'
import type { Days } from '../parts/days.ts'

const dayMs = 86_400_000

/** An all-day meeting lies on a date and not at moments; it meets the moments of its date in any zone. */
export const momentsOf = ({ from, to }: Days) => ({ from, to })

/** The days reach beyond what is read. */
export const reachesBeyond = (days: Days, { from, to }: Pick<Meetings, 'from' | 'to'>): boolean =>
  days.from.getTime() < Date.parse(from) - dayMs || days.to.getTime() > Date.parse(to) + dayMs

/** Does a meeting lie in these days? What lasts all day lies on dates and not at moments. */
export function liesIn(days: Days, { start, end, allDay }: Pick<MeetingRow, 'start' | 'end' | 'allDay'>): boolean {
  if (allDay) {
    const [first, after, begin, last] = [start.slice(0, 10), end.slice(0, 10), days.period.first.toString(), days.period.last.toString()]
    return first <= last && (first >= begin || after > begin)
  }
  const [from, to] = [Date.parse(start), Date.parse(end)]
  return from < days.to.getTime() && (to > days.from.getTime() || from >= days.from.getTime())
}
