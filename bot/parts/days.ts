// The days of a question in the person's own calendar: as moments to ask for, and in words to show.
import type { Temporal } from 'temporal-polyfill'
import { dayOf, periodOf, startOf, type Period } from '../understand/period.ts'
import type { Range } from '../understand/range.ts'
import type { LocalTimes } from './localTimes.ts'

export interface Days {
  readonly period: Period
  /** The first moment, and the first moment after. */
  readonly from: Date
  readonly to: Date
  readonly words: string
}

/** For whom, and when. */
export interface Here {
  readonly times: LocalTimes
  readonly now: Date
}

interface Understood {
  readonly range: Range | null
  readonly period: Period
  readonly today: Temporal.PlainDate
}

function wordsOf({ range, period: { first, last }, today }: Understood, times: LocalTimes): string {
  const [begin, end] = [times.day(first.toString()), times.day(last.toString())]
  const dates = first.equals(last) ? begin : `${begin} – ${end}`
  if (range === null) return first.equals(last) && first.equals(today) ? `today (${dates})` : dates
  switch (range.kind) {
    case 'day':
      return 'offset' in range.day ? `${(['yesterday', 'today', 'tomorrow'] as const)[range.day.offset + 1]} (${dates})` : dates
    case 'since':
      return `since ${begin}`
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
export function daysOf(range: Range, { times, now }: Here, ahead: boolean): Days {
  const today = dayOf(now, times.zone)
  return withMoments({ range, period: periodOf(range, today, ahead), today }, times)
}

/** Today and so many days after it. */
export function daysFromToday(count: number, { times, now }: Here): Days {
  const today = dayOf(now, times.zone)
  return withMoments({ range: null, period: { first: today, last: today.add({ days: count }) }, today }, times)
}

function withMoments(understood: Understood, times: LocalTimes): Days {
  const { period } = understood
  const to = startOf(period.last.add({ days: 1 }), times.zone)
  return { period, from: startOf(period.first, times.zone), to, words: wordsOf(understood, times) }
}
