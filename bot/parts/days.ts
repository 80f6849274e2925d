// The time of a question in the person's own calendar: as moments to ask for, and in words to show.
import { aheadDays, localTime, momentOf, periodOf, type Period } from '../understand/period.ts'
import type { Range } from '../understand/range.ts'
import { rangeWords } from '../understand/rangeWords.ts'
import type { LocalTimes } from './localTimes.ts'

export interface Days {
  /** In local time. */
  readonly period: Period
  /** The first moment, and the first moment after; null where the time is open. */
  readonly from: Date | null
  readonly to: Date | null
  readonly words: string
}

/** For whom, and when. */
export interface Here {
  readonly times: LocalTimes
  readonly now: Date
}

const isMidnight = (time: Period['from']): boolean => time !== null && time.toPlainTime().toString({ smallestUnit: 'minute' }) === '00:00'

/** "Mon, 23 Nov 2026 – Sun, 29 Nov 2026"; with the clock where it does not begin and end with days. */
function datesOf({ from, to }: Period, { times }: Here): string {
  const clock = (time: NonNullable<Period['from']>) => times.at(momentOf(time, times.zone).toISOString())
  const whole = (from === null || isMidnight(from)) && (to === null || isMidnight(to))
  const day = (time: NonNullable<Period['from']>) => times.day(time.toPlainDate().toString())
  const [begin, end] = [from === null ? null : whole ? day(from) : clock(from), to === null ? null : whole ? day(to.subtract({ days: 1 })) : clock(to)]
  if (begin !== null && end !== null) return !whole ? times.span(momentOf(from!, times.zone).toISOString(), momentOf(to!, times.zone).toISOString()) : begin === end ? begin : `${begin} – ${end}`
  return begin !== null ? `since ${begin}` : whole ? `until ${end ?? ''}` : `before ${end ?? ''}`
}

/** Said again where the dates do not say it. */
const saysMore = (range: Range): boolean => range.kind === 'days' || range.kind === 'minutes' || (range.kind === 'in' && ['day', 'week', 'weekend', 'month', 'quarter', 'year'].includes(range.span.of))

function daysIn(period: Period, words: string | null, here: Here): Days {
  const { zone } = here.times
  const moment = (time: Period['from']) => (time === null ? null : momentOf(time, zone))
  const dates = datesOf(period, here)
  return { period, from: moment(period.from), to: moment(period.to), words: words === null ? dates : `${words} (${dates})` }
}

/** @param ahead of meetings, which lie ahead; mail lies behind. Meetings until a day are those from today on */
export function daysOf(range: Range, here: Here, ahead: boolean): Days {
  const now = localTime(here.now, here.times.zone)
  const { from, to } = periodOf(range, now, ahead)
  const today = now.toPlainDate().toPlainDateTime()
  const open = from === null && ahead && to !== null && to.since(today).sign > 0
  return daysIn({ from: open ? today : from, to }, saysMore(range) ? rangeWords(range) : null, here)
}

/** Today and so many days after it. */
export function daysFromToday(count: number, here: Here): Days {
  const today = localTime(here.now, here.times.zone).toPlainDate()
  const period = { from: today.toPlainDateTime(), to: today.add({ days: count + 1 }).toPlainDateTime() }
  return daysIn(period, count === 0 ? 'today' : null, here)
}

/** As far ahead as meetings are read. */
export const daysAhead = (here: Here): Days => daysFromToday(aheadDays, here)
