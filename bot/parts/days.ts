// The days of a question in the person's own calendar: as moments to ask for, and in words to show.
import type { Clock } from '../cards/clock.ts'
import type { Range } from '../understand/range.ts'
import { dateText, dayOf, periodOf, startOf, type Period } from './period.ts'

export interface Days {
  readonly period: Period
  /** The first moment, and the first moment after. */
  readonly from: Date
  readonly to: Date
  readonly words: string
}

const dayMs = 86_400_000

function wordsOf(range: Range | null, { first, last }: Period, today: number, clock: Clock): string {
  const dates = first === last ? clock.day(dateText(first)) : `${clock.day(dateText(first))} – ${clock.day(dateText(last))}`
  if (range === null) return first === last && first === today ? `today (${dates})` : dates
  switch (range.kind) {
    case 'day':
      return 'offset' in range.day ? `${(['yesterday', 'today', 'tomorrow'] as const)[range.day.offset + 1]} (${dates})` : dates
    case 'since':
      return `since ${clock.day(dateText(first))}`
    case 'between':
      return dates
    case 'week':
    case 'month':
      return `${(['last', 'this', 'next'] as const)[range.offset + 1]} ${range.kind} (${dates})`
    case 'days':
      return `${range.past ? 'last' : 'next'} ${String(range.count)} ${range.count === 1 ? 'day' : 'days'} (${dates})`
  }
}

/** @param ahead of meetings, which lie ahead; mail lies behind */
export function daysOf(range: Range, clock: Clock, now: Date, ahead: boolean): Days {
  const today = dayOf(now, clock.zone)
  return withMoments(periodOf(range, today, ahead), range, today, clock)
}

/** Today and so many days after it. */
export function daysFromToday(count: number, clock: Clock, now: Date): Days {
  const today = dayOf(now, clock.zone)
  return withMoments({ first: today, last: today + count }, null, today, clock)
}

function withMoments(period: Period, range: Range | null, today: number, clock: Clock): Days {
  return { period, from: startOf(period.first, clock.zone), to: startOf(period.last + 1, clock.zone), words: wordsOf(range, period, today, clock) }
}

/**
 * Does something lie in these days? What lasts all day lies on dates and not at moments.
 * @param row as a meeting has it
 */
export function liesIn(days: Days, { start, end, allDay }: { start: string; end: string; allDay: boolean }): boolean {
  if (allDay) {
    const [first, after] = [Date.parse(start.slice(0, 10)) / dayMs, Date.parse(end.slice(0, 10)) / dayMs]
    return first <= days.period.last && Math.max(after, first + 1) > days.period.first
  }
  const [from, to] = [Date.parse(start), Date.parse(end)]
  return from < days.to.getTime() && (to > days.from.getTime() || from >= days.from.getTime())
}
