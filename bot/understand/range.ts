// The closed grammar of times: which days a question is about, as symbols. Which dates they are depends on the day and the zone
// of the person, and is worked out with the answer.
import { Temporal } from 'temporal-polyfill'
import { list } from './lexicon.ts'
import type { Word } from './words.ts'

type Step = -1 | 0 | 1

/** A day, or the first day of a week or month. `weekday`: 1 is Monday. A date without month or year means the nearest. */
export type Day =
  | { readonly offset: Step }
  | { readonly weekday: number; readonly which: 'last' | 'next' | null }
  | { readonly day: number; readonly month: number | null; readonly year: number | null }
  | { readonly startOf: 'week' | 'month'; readonly offset: Step }

/** @param text as it was typed */
export type Range = { readonly text: string } & (
  | { readonly kind: 'day' | 'since'; readonly day: Day }
  | { readonly kind: 'between'; readonly from: Day; readonly to: Day }
  | { readonly kind: 'week' | 'month'; readonly offset: Step }
  | { readonly kind: 'days'; readonly past: boolean; readonly count: number }
)
/** Distributes, so that each kind keeps its own fields. */
type WithoutText<T> = T extends unknown ? Omit<T, 'text'> : never

/** Something read from `words`, up to and without the word at `to`. `sure`: it is a time even without a preposition before it. */
interface Found<T> {
  readonly value: T
  readonly to: number
  readonly sure: boolean
}

const relative = new Map<string, Step>([
  ['yesterday', -1], ['today', 0], ['tonight', 0], ['tomorrow', 1],
  // Typed without the apostrophe.
  ['yesterdays', -1], ['todays', 0], ['tomorrows', 1],
])
const daytimes = list('morning afternoon evening night')
const steps = new Map<string, Step>([['last', -1], ['previous', -1], ['this', 0], ['current', 0], ['next', 1], ['coming', 1], ['following', 1]])
const whichWeekday = new Map([['last', 'last'], ['past', 'last'], ['next', 'next'], ['coming', 'next'], ['this', null]] as const)
const unitDays = new Map([['day', 1], ['week', 7], ['month', 30]])
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const shortWeekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'tues', 'weds', 'thur', 'thurs']
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen']
const before = list('in on over during within for from of until')
const till = list('and to till until through')

/** Null for a date that no calendar has, as 31 June. */
function dateOf(day: number, month: number | null, year: number | null): Day | null {
  if (day < 1 || day > 31 || (year !== null && (year < 2000 || year > 2100))) return null
  if (month === null) return { day, month, year }
  // Without a year it is a date if any year has it.
  return month >= 1 && month <= 12 && day <= new Temporal.PlainYearMonth(year ?? 2024, month).daysInMonth ? { day, month, year } : null
}

const keyAt = (words: readonly Word[], at: number): string => words[at]?.key ?? ''

function dayNumber(key: string): number | null {
  const digits = /^(\d{1,2})(st|nd|rd|th)?$/.exec(key)?.[1]
  return digits === undefined ? null : Number(digits)
}
function monthNumber(key: string): number | null {
  const index = months.findIndex((name) => name === key || name.slice(0, 3) === key || (key === 'sept' && name === 'september'))
  return index === -1 ? null : index + 1
}
const yearAt = (words: readonly Word[], at: number): number | null => (/^20\d\d$/.test(keyAt(words, at)) ? Number(keyAt(words, at)) : null)

function weekdayAt(words: readonly Word[], at: number): Found<Day> | null {
  const which = (whichWeekday as ReadonlyMap<string, 'last' | 'next' | null>).get(keyAt(words, at))
  const name = keyAt(words, which === undefined ? at : at + 1)
  const [long, short] = [weekdays.indexOf(name), shortWeekdays.indexOf(name)]
  if (long === -1 && short === -1) return null
  const weekday = (long === -1 ? weekdays.findIndex((whole) => whole.startsWith(name.slice(0, 3))) : long) + 1
  return { value: { weekday, which: which ?? null }, to: which === undefined ? at + 1 : at + 2, sure: long !== -1 || which !== undefined }
}

/** 2026-11-20, 20.11.2026, 20.11., and 20/11/2026 where it cannot be 11 days into a twentieth month. */
function numericAt(words: readonly Word[], at: number): Found<Day> | null {
  const raw = words[at]?.raw ?? ''
  const found = (day: Day | null, to: number, sure: boolean) => (day === null ? null : { value: day, to, sure })
  const iso = /^(20\d\d)-(\d{1,2})-(\d{1,2})$/.exec(raw)
  if (iso !== null) return found(dateOf(Number(iso[3]), Number(iso[2]), Number(iso[1])), at + 1, true)
  const dotted = /^(\d{1,2})\.(\d{1,2})(?:\.(20\d\d))?$/.exec(raw)
  if (dotted !== null) return found(dateOf(Number(dotted[1]), Number(dotted[2]), dotted[3] === undefined ? null : Number(dotted[3])), at + 1, dotted[3] !== undefined)
  const [one, two, year] = [Number(/^\d{1,2}$/.exec(raw)?.[0] ?? 0), Number(/^\d{1,2}$/.exec(keyAt(words, at + 1))?.[0] ?? 0), yearAt(words, at + 2)]
  if (one === 0 || two === 0 || year === null || (one <= 12 && two <= 12 && one !== two)) return null
  return found(one > 12 ? dateOf(one, two, year) : dateOf(two, one, year), at + 3, false)
}

/** 20 November 2026, the 20th of November, November 20th; with a preposition also the 20th alone. */
function namedAt(words: readonly Word[], start: number): Found<Day> | null {
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  const [first, second] = [keyAt(words, at), keyAt(words, at + 1)]
  const found = (day: number, month: number | null, next: number) => {
    const year = month === null ? null : yearAt(words, next)
    const date = dateOf(day, month, year)
    return date === null ? null : { value: date, to: year === null ? next : next + 1, sure: month !== null }
  }
  const [day, month] = [dayNumber(first), monthNumber(first)]
  if (day !== null) {
    const after = second === 'of' ? at + 2 : at + 1
    const named = monthNumber(keyAt(words, after))
    if (named !== null) return found(day, named, after + 1)
    return /\D/.test(first) ? found(day, null, at + 1) : null
  }
  const following = dayNumber(second)
  return month === null || following === null ? null : found(following, month, at + 2)
}

/** A part of a day is answered with the whole one. */
function dayAt(words: readonly Word[], at: number): Found<Day> | null {
  const daytime = daytimes.has(keyAt(words, at + 1))
  const offset = relative.get(keyAt(words, at)) ?? (daytime && keyAt(words, at) === 'this' ? 0 : undefined)
  if (offset !== undefined) return { value: { offset }, to: at + (daytime ? 2 : 1), sure: true }
  return weekdayAt(words, at) ?? numericAt(words, at) ?? namedAt(words, at)
}

/** This, last or next week or month. */
function spanAt(words: readonly Word[], at: number): Found<{ unit: 'week' | 'month'; offset: Step }> | null {
  const unit = keyAt(words, at + 1).replace(/s$/, '')
  const offset = steps.get(keyAt(words, at))
  return offset === undefined || (unit !== 'week' && unit !== 'month') ? null : { value: { unit, offset }, to: at + 2, sure: true }
}

/** The last 3 days, the next two weeks, the past month. */
function countAt(words: readonly Word[], at: number): Found<WithoutText<Range>> | null {
  const when = keyAt(words, at)
  const past = ['last', 'past', 'previous'].includes(when)
  if (!past && !['next', 'coming', 'following'].includes(when)) return null
  const days = (unit: string) => unitDays.get(unit.replace(/s$/, ''))
  const alone = when === 'past' ? days(keyAt(words, at + 1)) : undefined
  if (alone !== undefined) return { value: { kind: 'days', past, count: alone }, to: at + 2, sure: true }
  const key = keyAt(words, at + 1)
  const count = numbers.includes(key) ? numbers.indexOf(key) + 1 : /^\d{1,3}$/.test(key) ? Number(key) : 0
  const unit = days(keyAt(words, at + 2))
  return count === 0 || unit === undefined ? null : { value: { kind: 'days', past, count: Math.min(count * unit, 366) }, to: at + 3, sure: true }
}

/** From a day to another. The first one of "3 to 7 March" takes its month from the second. */
function betweenAt(words: readonly Word[], at: number): Found<WithoutText<Range>> | null {
  const bare = /^\d{1,2}$/.test(keyAt(words, at)) && till.has(keyAt(words, at + 1)) ? at + 1 : null
  const first = bare === null ? dayAt(words, at) : null
  const middle = bare ?? first?.to ?? -1
  if (middle === -1 || !till.has(keyAt(words, middle))) return null
  const second = dayAt(words, middle + 1)
  if (second === null) return null
  const month = 'month' in second.value ? second.value : null
  const from = bare === null ? (first?.value ?? null) : month === null ? null : dateOf(Number(keyAt(words, at)), month.month, month.year)
  return from === null ? null : { value: { kind: 'between', from, to: second.value }, to: second.to, sure: bare === null && first?.sure === true && second.sure }
}

function sinceAt(words: readonly Word[], at: number): Found<WithoutText<Range>> | null {
  const span = spanAt(words, at)
  const day = span === null ? dayAt(words, at) : { ...span, value: { startOf: span.value.unit, offset: span.value.offset } as const }
  return day === null ? null : { value: { kind: 'since', day: day.value }, to: day.to, sure: true }
}

function rangeAt(words: readonly Word[], at: number): Found<WithoutText<Range>> | null {
  const key = keyAt(words, at)
  if (key === 'since' || key === 'after') return sinceAt(words, at + 1)
  if (key === 'between') return betweenAt(words, at + 1)
  const glue = key === 'from' || key === 'on' || key === 'for'
  const pair = betweenAt(words, key === 'from' ? at + 1 : at)
  if (pair !== null && (pair.sure || key === 'from')) return pair
  const count = countAt(words, at)
  if (count !== null) return count
  const span = spanAt(words, at)
  if (span !== null) return { ...span, value: { kind: span.value.unit, offset: span.value.offset } }
  const day = dayAt(words, glue ? at + 1 : at)
  if (day === null || (!glue && !day.sure)) return null
  // "from 3 March" without an end is open, "from yesterday" is yesterday.
  const open = key === 'from' && !('offset' in day.value)
  return { value: { kind: open ? 'since' : 'day', day: day.value }, to: day.to, sure: true }
}

export interface RangeSpan {
  readonly range: Range
  readonly from: number
  readonly to: number
}

/** Every time that can be read in a question, in order, with the words that it takes. They may as well belong to a name. */
export function rangesIn(words: readonly Word[]): RangeSpan[] {
  const spans: RangeSpan[] = []
  for (let at = 0; at < words.length; at += 1) {
    const found = rangeAt(words, at)
    if (found === null) continue
    let from = at
    if (keyAt(words, from - 1) === 'the') from -= 1
    if (before.has(keyAt(words, from - 1))) from -= 1
    const text = words.slice(at, found.to).map(({ raw }) => raw).join(' ')
    spans.push({ range: { ...found.value, text }, from, to: found.to })
    at = found.to - 1
  }
  return spans
}
