// Parts of a stretch of time, and what lies some way from one: "early next week", "later today", "a week from Monday".
import { countOf, found, keyAt, type Found, type Span } from './timeSymbols.ts'
import type { Word } from './words.ts'

type SpanAt = (words: readonly Word[], at: number) => Found<Span> | null

const parts = new Map([
  ['early', 'early'], ['beginning', 'early'], ['start', 'early'], ['mid', 'mid'], ['middle', 'mid'], ['late', 'late'], ['end', 'late'], ['earlier', 'earlier'], ['later', 'later'],
] as const)
const adjectives = new Set(['early', 'mid', 'late', 'earlier', 'later'])
const units = ['week', 'month', 'quarter', 'year'] as const
/** What has parts that people speak of. */
const divisible = new Set<Span['of']>(['day', 'week', 'month', 'quarter', 'year', 'monthNamed', 'quarterNamed', 'yearNamed', 'weekNumbered'])

/** "early next week", "the end of the month", "mid December", "later today", "earlier this week". */
export function partAt(words: readonly Word[], start: number, spanAt: SpanAt): Found<Span> | null {
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  const part = parts.get(keyAt(words, at) as 'early')
  if (part === undefined) return null
  const joined = ['of', 'in'].includes(keyAt(words, at + 1))
  if (!joined && !adjectives.has(keyAt(words, at))) return null
  const from = joined ? at + 2 : at + 1
  const unit = keyAt(words, from) === 'the' ? units.find((name) => name === keyAt(words, from + 1)) : undefined
  const whole: Found<Span> | null = unit === undefined ? spanAt(words, from) : found({ of: unit, offset: 0 }, from + 2)
  return whole === null || !divisible.has(whole.value.of) ? null : found({ of: 'part', part, whole: whole.value }, whole.to)
}

const days = new Map([['day', 1], ['week', 7], ['fortnight', 14]])

/** "a week from today", "two weeks on Monday", "Friday week", "the week of 7 December". */
export function shiftedAt(words: readonly Word[], start: number, spanAt: SpanAt): Found<Span> | null {
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  if (keyAt(words, at) === 'week' && ['of', 'beginning', 'commencing', 'starting'].includes(keyAt(words, at + 1))) {
    const day = spanAt(words, at + 2)
    return day !== null && ['date', 'weekday', 'day'].includes(day.value.of) ? found({ of: 'weekOf', day: day.value }, day.to) : null
  }
  const [count, unit] = [countOf(keyAt(words, at)), days.get(keyAt(words, at + 1).replace(/s$/, ''))]
  if (count !== null && unit !== undefined && ['from', 'on', 'after'].includes(keyAt(words, at + 2))) {
    const day = spanAt(words, at + 3)
    return day !== null && ['date', 'weekday', 'day'].includes(day.value.of) ? found({ of: 'after', days: count * unit, day: day.value }, day.to) : null
  }
  const weekday = spanAt(words, at)
  if (weekday === null || !['weekday', 'day'].includes(weekday.value.of) || keyAt(words, weekday.to) !== 'week' || words[weekday.to]!.border || keyAt(words, weekday.to + 1) === 'of') return null
  return found({ of: 'after', days: 7, day: weekday.value }, weekday.to + 1)
}
