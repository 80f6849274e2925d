// Which dates a time means, on this day and in the zone of the person who asks.
import type { Day, Range } from '../understand/range.ts'

/** Days of the calendar, counted from 1 January 1970; both are in it. */
export interface Period {
  readonly first: number
  readonly last: number
}

const dayMs = 86_400_000
/** As far ahead as meetings are read. */
const aheadDays = 14

const numberOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / dayMs
const partsOf = (day: number): { year: number; month: number; date: number } => {
  const time = new Date(day * dayMs)
  return { year: time.getUTCFullYear(), month: time.getUTCMonth() + 1, date: time.getUTCDate() }
}
/** 1 is Monday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** YYYY-MM-DD */
export const dateText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** What a clock on the wall there shows, as if it were UTC. */
function wallTime(moment: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(part.year ?? 1970, (part.month ?? 1) - 1, part.day ?? 1, part.hour ?? 0, part.minute ?? 0, part.second ?? 0)
}

export function dayOf(moment: Date, zone: string): number {
  return Math.floor(wallTime(moment.getTime(), zone) / dayMs)
}

/** The moment at which a day begins there: midnight, or the first moment after it where the clock skips midnight. */
export function startOf(day: number, zone: string): Date {
  const wished = day * dayMs
  const offsets = [wished - dayMs, wished + dayMs].map((moment) => wallTime(moment, zone) - moment)
  const moments = offsets.map((offset) => wished - offset).sort((a, b) => a - b)
  const exact = moments.find((moment) => wallTime(moment, zone) === wished)
  return new Date(exact ?? moments.find((moment) => wallTime(moment, zone) > wished) ?? moments[0] ?? wished)
}

const week = (today: number, offset: number): Period => {
  const monday = today - (weekdayOf(today) - 1) + 7 * offset
  return { first: monday, last: monday + 6 }
}
const month = (today: number, offset: number): Period => {
  const { year, month: current } = partsOf(today)
  return { first: numberOf(year, current + offset, 1), last: numberOf(year, current + offset + 1, 1) - 1 }
}

/** Of the dates that are meant when month or year is left out: for mail the newest that is not ahead, for meetings the nearest. */
function dateOf({ day, month: named, year }: Extract<Day, { day: number }>, today: number, ahead: boolean): number {
  const now = partsOf(today)
  const around = Array.from({ length: 17 }, (_, index) => index - 8)
  const tries = around.map((step) => {
    if (named === null) return [now.year, now.month + step] as const
    return [year ?? now.year + step, named] as const
  })
  const days = tries.map(([y, m]) => numberOf(y, m, day)).filter((number) => partsOf(number).date === day)
  const wished = ahead ? days : days.filter((number) => number <= today)
  const pool = wished.length > 0 ? wished : days
  return pool.toSorted((a, b) => Math.abs(a - today) - Math.abs(b - today))[0] ?? today
}

function dayFrom(day: Day, today: number, ahead: boolean): number {
  if ('startOf' in day) return (day.startOf === 'week' ? week : month)(today, day.offset).first
  if ('offset' in day) return today + day.offset
  if ('day' in day) return dateOf(day, today, ahead)
  const forward = (day.weekday - weekdayOf(today) + 7) % 7
  if (day.which === 'next') return today + (forward === 0 ? 7 : forward)
  if (day.which === 'last') return today - (forward === 0 ? 7 : 7 - forward)
  return ahead || forward === 0 ? today + forward : today - (7 - forward)
}

/**
 * @param today the day there; @param ahead what is asked about lies ahead (meetings), so that "Friday" is the next one
 */
export function periodOf(range: Range, today: number, ahead: boolean): Period {
  switch (range.kind) {
    case 'day': {
      const day = dayFrom(range.day, today, ahead)
      return { first: day, last: day }
    }
    case 'since': {
      const first = dayFrom(range.day, today, false)
      return { first, last: Math.max(first, ahead ? today + aheadDays : today) }
    }
    case 'between': {
      const days = [dayFrom(range.from, today, ahead), dayFrom(range.to, today, ahead)].sort((a, b) => a - b)
      return { first: days[0] ?? today, last: days[1] ?? today }
    }
    case 'week':
      return week(today, range.offset)
    case 'month':
      return month(today, range.offset)
    case 'days':
      return range.past ? { first: today - range.count + 1, last: today } : { first: today, last: today + range.count }
  }
}
