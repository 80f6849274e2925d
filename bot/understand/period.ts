// Which dates a time means, on this day and in the zone of the person who asks.
import { Temporal } from 'temporal-polyfill'
import type { Day, Range } from './range.ts'

type Dated = Extract<Day, { day: number }>

/** Days of the calendar; both are in it. */
export interface Period {
  readonly first: Temporal.PlainDate
  readonly last: Temporal.PlainDate
}

/** As far ahead as meetings are read. */
export const aheadDays = 14

export function dayOf(moment: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone).toPlainDate()
}

/** The moment at which a day begins there: midnight, or the first moment after it where the clock skips midnight. */
export function startOf(day: Temporal.PlainDate, zone: string): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds)
}

function spanOf(unit: 'week' | 'month', today: Temporal.PlainDate, offset: number): Period {
  const first = unit === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks: offset }) : today.with({ day: 1 }).add({ months: offset })
  return { first, last: first.add(unit === 'week' ? { weeks: 1 } : { months: 1 }).subtract({ days: 1 }) }
}

const distance = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Math.abs(a.until(b).days)

/** Of the dates that are meant when month or year is left out: for mail the newest that is not ahead, for meetings the nearest. */
function dateOf({ day, month, year }: Dated, today: Temporal.PlainDate, ahead: boolean): Temporal.PlainDate {
  const around = Array.from({ length: 17 }, (_, index) => index - 8)
  const months = around.map((step) =>
    month === null ? today.toPlainYearMonth().add({ months: step }) : new Temporal.PlainYearMonth(year ?? today.year + step, month))
  const days = months.filter(({ daysInMonth }) => day <= daysInMonth).map((one) => one.toPlainDate({ day }))
  const wished = ahead ? days : days.filter((date) => Temporal.PlainDate.compare(date, today) <= 0)
  return (wished.length > 0 ? wished : days).toSorted((a, b) => distance(a, today) - distance(b, today))[0] ?? today
}

function dayFrom(day: Day, today: Temporal.PlainDate, ahead: boolean): Temporal.PlainDate {
  if ('startOf' in day) return spanOf(day.startOf, today, day.offset).first
  if ('offset' in day) return today.add({ days: day.offset })
  if ('day' in day) return dateOf(day, today, ahead)
  const forward = (day.weekday - today.dayOfWeek + 7) % 7
  if (day.which === 'next') return today.add({ days: forward === 0 ? 7 : forward })
  if (day.which === 'last') return today.subtract({ days: forward === 0 ? 7 : 7 - forward })
  return ahead || forward === 0 ? today.add({ days: forward }) : today.subtract({ days: 7 - forward })
}

const inOrder = (a: Temporal.PlainDate, b: Temporal.PlainDate): Period =>
  Temporal.PlainDate.compare(a, b) <= 0 ? { first: a, last: b } : { first: b, last: a }

/**
 * @param today the day there; @param ahead what is asked about lies ahead (meetings), so that "Friday" is the next one
 */
export function periodOf(range: Range, today: Temporal.PlainDate, ahead: boolean): Period {
  switch (range.kind) {
    case 'day': {
      const day = dayFrom(range.day, today, ahead)
      return { first: day, last: day }
    }
    case 'since': {
      const first = dayFrom(range.day, today, false)
      const end = ahead ? today.add({ days: aheadDays }) : today
      return { first, last: inOrder(first, end).last }
    }
    case 'between':
      return inOrder(dayFrom(range.from, today, ahead), dayFrom(range.to, today, ahead))
    case 'week':
    case 'month':
      return spanOf(range.kind, today, range.offset)
    case 'days':
      return range.past ? { first: today.subtract({ days: range.count - 1 }), last: today } : { first: today, last: today.add({ days: range.count }) }
  }
}
