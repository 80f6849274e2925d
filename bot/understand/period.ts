// Which moments a time means, now and in the zone of the person who asks.
import { Temporal } from 'temporal-polyfill'
import type { Range } from './range.ts'
import type { Span } from './timeSymbols.ts'

/** Half open, in local time; null is open. */
export interface Period {
  readonly from: Temporal.PlainDateTime | null
  readonly to: Temporal.PlainDateTime | null
}
interface Stretch {
  readonly from: Temporal.PlainDateTime
  readonly to: Temporal.PlainDateTime
}
type Dated = Extract<Span, { of: 'date' }>

/** As far ahead as meetings are read. */
export const aheadDays = 14

export function localTime(moment: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone).toPlainDateTime()
}
export const dayOf = (moment: Date, zone: string): Temporal.PlainDate => localTime(moment, zone).toPlainDate()

/** The moment of a local time there; the first one after it where the clock skips it, as some do at midnight. */
export const momentOf = (time: Temporal.PlainDateTime, zone: string): Date => new Date(time.toZonedDateTime(zone).epochMilliseconds)

/** The moment at which a day begins there: midnight, or the first moment after it where the clock skips midnight. */
export const startOf = (day: Temporal.PlainDate, zone: string): Date => new Date(day.toZonedDateTime(zone).epochMilliseconds)

const days = (first: Temporal.PlainDate, after: Temporal.PlainDate): Stretch => ({ from: first.toPlainDateTime(), to: after.toPlainDateTime() })
const oneDay = (day: Temporal.PlainDate): Stretch => days(day, day.add({ days: 1 }))
const distance = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Math.abs(a.until(b).days)

/** Of what begins on these days what is meant: for mail the newest that is not ahead, for meetings the nearest. */
function meantOf(beginnings: readonly Temporal.PlainDate[], today: Temporal.PlainDate, ahead: boolean): Temporal.PlainDate {
  const begun = ahead ? beginnings : beginnings.filter((date) => Temporal.PlainDate.compare(date, today) <= 0)
  return (begun.length > 0 ? begun : beginnings).toSorted((a, b) => distance(a, today) - distance(b, today))[0] ?? today
}

const around = Array.from({ length: 17 }, (_, index) => index - 8)

function dateOf({ day, month, year }: Dated, today: Temporal.PlainDate, ahead: boolean): Temporal.PlainDate {
  const found = around.map((step) => (month === null ? today.toPlainYearMonth().add({ months: step }) : new Temporal.PlainYearMonth(year ?? today.year + step, month)))
  return meantOf(found.filter(({ daysInMonth }) => day <= daysInMonth).map((one) => one.toPlainDate({ day })), today, ahead)
}

/** Several months from the first of one. */
function monthsOf(month: number, year: number | null, length: number, today: Temporal.PlainDate, ahead: boolean): Stretch {
  const starts = year === null ? [-1, 0, 1].map((step) => new Temporal.PlainDate(today.year + step, month, 1)) : [new Temporal.PlainDate(year, month, 1)]
  const current = starts.find((start) => Temporal.PlainDate.compare(start, today) <= 0 && Temporal.PlainDate.compare(start.add({ months: length }), today) > 0)
  const first = current ?? meantOf(starts, today, ahead)
  return days(first, first.add({ months: length }))
}

/** The Monday of a week of ISO 8601: the 4th of January always lies in the first one. */
function mondayOf(week: number, year: number): Temporal.PlainDate {
  const fourth = new Temporal.PlainDate(year, 1, 4)
  return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 })
}
function weekOf(week: number, year: number | null, today: Temporal.PlainDate, ahead: boolean): Stretch {
  const mondays = (year === null ? [-1, 0, 1].map((step) => today.year + step) : [year]).map((one) => mondayOf(week, one))
  const current = mondays.find((monday) => Temporal.PlainDate.compare(monday, today) <= 0 && distance(monday, today) < 7)
  const first = current ?? meantOf(mondays, today, ahead)
  return days(first, first.add({ weeks: 1 }))
}

/** Of a day its halves, of a week two days, the third one and the rest, of what is longer a third each. */
function partOf({ from, to }: Stretch, part: Extract<Span, { of: 'part' }>['part'], now: Temporal.PlainDateTime): Stretch {
  const inside = (moment: Temporal.PlainDateTime) => Temporal.PlainDateTime.compare(from, moment) < 0 && Temporal.PlainDateTime.compare(moment, to) < 0
  if (part === 'later') return { from: inside(now) ? now : from, to }
  if (part === 'earlier') return { from, to: inside(now) ? now : to }
  const length = from.toPlainDate().until(to.toPlainDate()).days
  if (length === 1) return part === 'early' ? { from, to: from.add({ hours: 12 }) } : part === 'late' ? { from: from.add({ hours: 12 }), to } : { from: from.add({ hours: 9 }), to: from.add({ hours: 15 }) }
  const [first, second] = length === 7 ? [2, 3] : [Math.floor(length / 3), Math.floor(length / 3) * 2]
  return part === 'early' ? { from, to: from.add({ days: first }) } : part === 'mid' ? { from: from.add({ days: first }), to: from.add({ days: second }) } : { from: from.add({ days: second }), to }
}

function stretchOf(span: Span, now: Temporal.PlainDateTime, ahead: boolean): Stretch {
  const today = now.toPlainDate()
  const month = today.with({ day: 1 })
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  switch (span.of) {
    case 'day':
      return oneDay(today.add({ days: span.offset }))
    case 'week':
      return days(monday.add({ weeks: span.offset }), monday.add({ weeks: span.offset + 1 }))
    case 'weekend':
      return days(monday.add({ days: 7 * span.offset + 5 }), monday.add({ weeks: span.offset + 1 }))
    case 'someWeekend': {
      const saturday = monday.add({ days: 5 })
      const first = ahead || Temporal.PlainDate.compare(saturday, today) <= 0 ? saturday : saturday.subtract({ weeks: 1 })
      return days(first, first.add({ days: 2 }))
    }
    case 'month':
      return days(month.add({ months: span.offset }), month.add({ months: span.offset + 1 }))
    case 'quarter': {
      const first = month.subtract({ months: (today.month - 1) % 3 }).add({ months: 3 * span.offset })
      return days(first, first.add({ months: 3 }))
    }
    case 'year':
      return monthsOf(1, today.year + span.offset, 12, today, ahead)
    case 'weekday': {
      const forward = (span.weekday - today.dayOfWeek + 7) % 7
      const back = forward === 0 ? 0 : 7 - forward
      if (span.which === 'next') return oneDay(today.add({ days: forward === 0 ? 7 : forward }))
      if (span.which === 'last') return oneDay(today.subtract({ days: back === 0 ? 7 : back }))
      return oneDay(ahead ? today.add({ days: forward }) : today.subtract({ days: back }))
    }
    case 'weekdayOfWeek':
      return oneDay(monday.add({ days: 7 * span.offset + span.weekday - 1 }))
    case 'weekOf': {
      const day = stretchOf(span.day, now, ahead).from.toPlainDate()
      const first = day.subtract({ days: day.dayOfWeek - 1 })
      return days(first, first.add({ weeks: 1 }))
    }
    case 'after':
      // "Friday week" and "a week from Friday" lie ahead.
      return oneDay(stretchOf(span.day, now, true).from.toPlainDate().add({ days: span.days }))
    case 'part':
      return partOf(stretchOf(span.whole, now, ahead), span.part, now)
    case 'date':
      return oneDay(dateOf(span, today, ahead))
    case 'monthNamed':
      return monthsOf(span.month, span.year, 1, today, ahead)
    case 'weekNumbered':
      return weekOf(span.week, span.year, today, ahead)
    case 'quarterNamed':
      return monthsOf(span.quarter * 3 - 2, span.year, 3, today, ahead)
    case 'yearNamed':
      return monthsOf(1, span.year, 12, today, ahead)
    case 'hours': {
      const { from, to } = span.day === null ? oneDay(today) : stretchOf(span.day, now, ahead)
      return { from: span.begin === null ? from : from.add({ minutes: span.begin }), to: span.end === null ? to : from.add({ minutes: span.end }) }
    }
    case 'nothing':
      return oneDay(today)
  }
}

/** The earlier one first; a weekday that both ends lack the date of lies in the week before the other. */
function betweenOf(from: Span, to: Span, now: Temporal.PlainDateTime, ahead: boolean): Period {
  const [a, b] = [stretchOf(from, now, ahead), stretchOf(to, now, ahead)]
  if (Temporal.PlainDateTime.compare(a.from, b.from) <= 0) return { from: a.from, to: b.to }
  if (from.of !== 'weekday') return { from: b.from, to: a.to }
  return ahead ? { from: a.from, to: b.to.add({ weeks: 1 }) } : { from: a.from.subtract({ weeks: 1 }), to: b.to }
}

/**
 * @param now the local time there; @param ahead what is asked about lies ahead (meetings), so that "Friday" is the next one
 */
export function periodOf(range: Range, now: Temporal.PlainDateTime, ahead: boolean): Period {
  switch (range.kind) {
    case 'in': {
      const { span } = range
      const { from, to } = stretchOf(span, now, ahead)
      // "after 3 pm" without a day does not end with it.
      const loose = span.of === 'hours' && span.day === null
      return { from: loose && span.begin === null ? null : from, to: loose && span.end === null ? null : to }
    }
    case 'since':
      return { from: stretchOf(range.span, now, false).from, to: null }
    case 'after':
      return { from: stretchOf(range.span, now, ahead).to, to: null }
    case 'until':
      return { from: null, to: stretchOf(range.span, now, ahead).to }
    case 'before':
      return { from: null, to: stretchOf(range.span, now, ahead).from }
    case 'between':
      return betweenOf(range.from, range.to, now, ahead)
    case 'days': {
      const today = now.toPlainDate()
      return range.past ? days(today.subtract({ days: range.count - 1 }), today.add({ days: 1 })) : days(today, today.add({ days: range.count + 1 }))
    }
    case 'minutes':
      return range.past ? { from: now.subtract({ minutes: range.count }), to: now } : { from: now, to: now.add({ minutes: range.count }) }
    case 'nothing':
      return { from: null, to: null }
  }
}
