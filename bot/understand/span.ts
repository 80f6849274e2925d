// The closed grammar of times, first half: a stretch of time with a beginning and an end (a day, a month, an afternoon), as symbols.
// Which dates it means depends on the moment and the zone of the person, and is worked out with the answer.
import { Temporal } from 'temporal-polyfill'
import { pointAt } from './clock.ts'
import { partAt as partOfSpanAt, shiftedAt } from './spanParts.ts'
import { countOf, found, keyAt, months, overnight, partsOfDay, typed, weekdays, type Found, type Span } from './timeSymbols.ts'
import type { Word } from './words.ts'

const relative = new Map([['yesterday', -1], ['today', 0], ['tomorrow', 1], ['yesterdays', -1], ['todays', 0], ['tomorrows', 1]])
export const steps = new Map([['last', -1], ['previous', -1], ['past', -1], ['this', 0], ['current', 0], ['next', 1], ['coming', 1], ['following', 1]])
const units = ['week', 'weekend', 'month', 'quarter', 'year'] as const
const ordinals = ['first', 'second', 'third', 'fourth']

const singularUnit = (key: string) => key.replace(/s$/, '')

function monthNumber(key: string): number | null {
  const index = months.findIndex((name) => name === key || name.slice(0, 3) === key || (key === 'sept' && name === 'september'))
  return index === -1 ? null : index + 1
}
const yearAt = (words: readonly Word[], at: number): number | null => (/^20\d\d$/.test(keyAt(words, at)) ? Number(keyAt(words, at)) : null)

/** A date, or nothing where no calendar has it. Without a year it is one if any year has it. */
function dated(words: readonly Word[], [from, to]: readonly [number, number], [day, month, year]: readonly [number, number | null, number | null], sure: boolean): Found<Span> {
  const known = month === null ? day >= 1 && day <= 31 : month >= 1 && month <= 12 && day >= 1 && day <= new Temporal.PlainYearMonth(year ?? 2024, month).daysInMonth
  return found(known ? { of: 'date', day, month, year } : typed(words, from, to), to, sure || !known)
}

/** Behind these two numbers with a dot are a version. */
const versions = new Set(['version', 'v', 'release', 'build', 'windows', 'ios', 'macos', 'android'])

/** 2026-11-20, 16-nov-2026, 20.11.2026, 20.11. */
function numericAt(words: readonly Word[], at: number): Found<Span> | null {
  const raw = words[at]?.raw ?? ''
  const iso = /^(20\d\d)-(\d{1,2})-(\d{1,2})$/.exec(raw)
  if (iso !== null) return dated(words, [at, at + 1], [Number(iso[3]), Number(iso[2]), Number(iso[1])], true)
  const hyphened = /^(\d{1,2})-([a-z]{3,9})(?:-(20\d\d))?$/.exec(raw)
  const month = monthNumber(hyphened?.[2] ?? '')
  if (month !== null) return dated(words, [at, at + 1], [Number(hyphened?.[1]), month, hyphened?.[3] === undefined ? null : Number(hyphened[3])], true)
  const [dotted, day, named, year] = /^(\d{1,2})\.(\d{1,2})(?:\.(20\d\d|2\d))?$/.exec(raw) ?? []
  if (dotted === undefined) return null
  const full = year === undefined ? null : Number(year) % 100 + 2000
  const sure = full !== null || (Number(day) <= 31 && Number(named) <= 12 && Number(named) > 0 && !versions.has(keyAt(words, at - 1)))
  return dated(words, [at, at + 1], [Number(day), Number(named), full], sure)
}

const dayNumber = (key: string): number | null => (/^\d{1,2}(st|nd|rd|th)?$/.test(key) ? Number.parseInt(key, 10) : null)

/** 20 November 2026, the 20th of November, November 20th; with a preposition also the 20th alone. */
function namedAt(words: readonly Word[], start: number): Found<Span> | null {
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  const date = (day: number, month: number, next: number) => {
    const year = yearAt(words, next)
    return dated(words, [at, year === null ? next : next + 1], [day, month, year], true)
  }
  const [day, month] = [dayNumber(keyAt(words, at)), monthNumber(keyAt(words, at))]
  if (day !== null) {
    const after = keyAt(words, at + 1) === 'of' ? at + 2 : at + 1
    const named = monthNumber(keyAt(words, after))
    if (named !== null) return date(day, named, after + 1)
    return /\D/.test(keyAt(words, at)) ? dated(words, [at, at + 1], [day, null, null], false) : null
  }
  const following = dayNumber(keyAt(words, at + 1))
  return month === null || following === null ? null : date(following, month, at + 2)
}

function weekdayAt(words: readonly Word[], at: number): Found<Span> | null {
  const step = steps.get(keyAt(words, at))
  const name = keyAt(words, step === undefined ? at : at + 1).replace(/s$/, '')
  const [long, short] = [weekdays.indexOf(name), /^(mon|tue|wed|thu|fri|sat|sun|weds?|thurs?)$/.test(name) ? weekdays.findIndex((day) => day.startsWith(name.slice(0, 3))) : -1]
  const weekday = Math.max(long, short) + 1
  const which = step === -1 ? 'last' : step === 1 ? 'next' : null
  if (weekday === 0) return null
  const to = step === undefined ? at + 1 : at + 2
  // "Monday of last week", "Friday next week"
  const week = keyAt(words, to) === 'of' ? to + 1 : to
  const offset = which === null && keyAt(words, week + 1) === 'week' ? steps.get(keyAt(words, week)) : undefined
  return offset === undefined ? found({ of: 'weekday', weekday, which }, to) : found({ of: 'weekdayOfWeek', weekday, offset }, week + 2)
}

/** Yesterday, the day before yesterday, two days ago, in 3 days, a week ago. */
function relativeAt(words: readonly Word[], start: number): Found<Span> | null {
  const offset = relative.get(keyAt(words, start))
  if (offset !== undefined) return found({ of: 'day', offset }, start + 1)
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  const [one, two, three] = [keyAt(words, at), keyAt(words, at + 1), keyAt(words, at + 2)]
  if (one === 'day' && two === 'before' && three === 'yesterday') return found({ of: 'day', offset: -2 }, at + 3)
  if (one === 'day' && two === 'after' && three === 'tomorrow') return found({ of: 'day', offset: 2 }, at + 3)
  const fortnights = [two, three].some((key) => singularUnit(key) === 'fortnight') ? 2 : 1
  const unit = (key: string) => (singularUnit(key) === 'fortnight' ? 'week' : (['day', ...units] as const).find((name) => name === singularUnit(key)))
  const counted = (key: string): number | null => (countOf(key) ?? 0) * fortnights || null
  const [ago, ahead] = [counted(one), one === 'in' ? counted(two) : null]
  const [past, coming] = [unit(two), unit(three)]
  if (one === 'fortnight' && two === 'ago') return found({ of: 'week', offset: -2 }, at + 2)
  if (ago !== null && past !== undefined && three === 'ago') return found({ of: past, offset: -ago }, at + 3)
  if (ago !== null && past !== undefined && three === 'from' && ['now', 'today'].includes(keyAt(words, at + 3))) return found({ of: past, offset: ago }, at + 4)
  return ahead !== null && coming !== undefined ? found({ of: coming, offset: ahead }, at + 3) : null
}

/** Week 46, w46, calendar week 46 of 2026. */
function weekNumberAt(words: readonly Word[], start: number): Found<Span> | null {
  const at = keyAt(words, start) === 'calendar' ? start + 1 : start
  const glued = /^(?:w|kw|cw|wk|week)(\d{1,2})$/.exec(keyAt(words, at))
  if (glued === null && !/^(?:week|kw|cw)$/.test(keyAt(words, at))) return null
  const digits = glued !== null ? at : /^(?:no|nr|number)$/.test(keyAt(words, at + 1)) ? at + 2 : at + 1
  const week = glued?.[1] ?? /^\d{1,2}$/.exec(keyAt(words, digits))?.[0]
  if (week === undefined) return null
  const next = keyAt(words, digits + 1) === 'of' ? digits + 2 : digits + 1
  const year = yearAt(words, next)
  const to = year === null ? digits + 1 : next + 1
  // Some years have 53 weeks, and none has more.
  if (Number(week) < 1 || Number(week) > 53) return found(typed(words, at, to), to)
  return found({ of: 'weekNumbered', week: Number(week), year }, to)
}

/** This, last or next week, weekend, month, quarter or year; a month, quarter or year by its name. */
function unitAt(words: readonly Word[], start: number): Found<Span> | null {
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  const [one, two] = [keyAt(words, at), keyAt(words, at + 1)]
  const [offset, unit] = [steps.get(one), units.find((name) => name === singularUnit(two))]
  if (offset !== undefined && unit !== undefined && one !== 'past') return found({ of: unit, offset }, at + 2)
  const other = two === 'before' && keyAt(words, at + 2) === 'last' ? -2 : two === 'after' && keyAt(words, at + 2) === 'next' ? 2 : null
  const whole = units.find((name) => name === one)
  if (other !== null && whole !== undefined) return found({ of: whole, offset: other }, at + 3)
  if (one === 'weekend') return found({ of: 'someWeekend' }, at + 1, false)
  const numbered = weekNumberAt(words, at)
  if (numbered !== null) return numbered
  const quarter = /^q[1-4]$/.test(one) ? Number(one.slice(1)) : two === 'quarter' ? (ordinals.indexOf(one) + 1 || (dayNumber(one) ?? 0)) : 0
  if (quarter >= 1 && quarter <= 4) {
    const next = (one.startsWith('q') ? at + 1 : at + 2) + (keyAt(words, at + 2) === 'of' ? 1 : 0)
    const year = yearAt(words, next)
    return found({ of: 'quarterNamed', quarter, year }, year === null ? next : next + 1)
  }
  const month = monthNumber(one)
  if (month !== null) return found({ of: 'monthNamed', month, year: yearAt(words, at + 1) }, yearAt(words, at + 1) === null ? at + 1 : at + 2, yearAt(words, at + 1) !== null)
  const year = yearAt(words, at)
  return year === null ? null : found({ of: 'yearNamed', year }, at + 1, false)
}

/** Tonight, this morning, last night, in the afternoon. */
function partAt(words: readonly Word[], start: number): Found<Span> | null {
  const [today, lastNight] = [{ of: 'day', offset: 0 }, { of: 'day', offset: -1 }] as const
  const [one, two] = [keyAt(words, start), keyAt(words, start + 1)]
  const part = (key: string) => (Object.hasOwn(partsOfDay, key) ? partsOfDay[key as keyof typeof partsOfDay] : undefined)
  const hours = (day: Span | null, [begin, end]: readonly [number, number], to: number, sure: boolean) => found<Span>({ of: 'hours', day, begin, end }, to, sure)
  if (one === 'tonight') return hours(today, partsOfDay.night, start + 1, true)
  if (one === 'overnight') return hours(lastNight, overnight, start + 1, true)
  const named = part(two)
  if (named !== undefined && one === 'this') return hours(today, named, start + 2, true)
  if (named !== undefined && (one === 'last' || one === 'yesterday')) return hours(lastNight, named, start + 2, true)
  const at = one === 'the' ? start + 1 : start
  const alone = part(keyAt(words, at))
  return alone === undefined ? null : hours(null, alone, at + 1, false)
}

/** A time by itself. */
const simpleAt = (words: readonly Word[], at: number): Found<Span> | null =>
  partAt(words, at) ?? relativeAt(words, at) ?? weekdayAt(words, at) ?? numericAt(words, at) ?? namedAt(words, at) ?? unitAt(words, at) ?? pointAt(words, at)

export const spanAt = (words: readonly Word[], at: number): Found<Span> | null => partOfSpanAt(words, at, simpleAt) ?? shiftedAt(words, at, simpleAt) ?? simpleAt(words, at)
