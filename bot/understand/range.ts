// The closed grammar of times, second half: which time a question is about, as symbols.
import { bareMomentAt, momentAt, workingHour } from './clock.ts'
import { spanAt, steps } from './span.ts'
import { countOf, keyAt, type Found, type Span } from './timeSymbols.ts'
import type { Word } from './words.ts'

export type Range =
  | { readonly kind: 'in' | 'since' | 'after' | 'until' | 'before'; readonly span: Span }
  | { readonly kind: 'between'; readonly from: Span; readonly to: Span }
  /** Whole days with today, or so many minutes up to now. */
  | { readonly kind: 'days' | 'minutes'; readonly past: boolean; readonly count: number }
  /** @param text a date that no calendar has */
  | { readonly kind: 'nothing'; readonly text: string }

const unitDays = new Map([['day', 1], ['week', 7], ['fortnight', 14], ['month', 30], ['year', 365]])
const unitMinutes = new Map([['h', 60], ['hr', 60], ['hour', 60], ['min', 1], ['minute', 1]])
const before = new Set('in on over during within for from of at by around'.split(' '))
const till = new Set(['to', 'till', 'until', 'through', 'and', 'or'])

/** The last 3 days, the next two weeks, the past month, the last 48h. */
function countAt(words: readonly Word[], at: number): Found<Range> | null {
  const step = steps.get(keyAt(words, at))
  if (step === undefined || step === 0) return null
  const glued = /^(\d{1,3})(h|hrs?|hours?|mins?|d|days?)$/.exec(keyAt(words, at + 1))
  const unitAlone = keyAt(words, at + 1).replace(/s$/, '')
  const alone = glued === null && (unitAlone === 'hour' || unitAlone === 'minute' || unitAlone === 'fortnight' || (keyAt(words, at) === 'past' && unitDays.has(unitAlone)))
  const count = glued === null ? (alone ? 1 : countOf(keyAt(words, at + 1))) : Number(glued[1])
  const unit = (glued?.[2] ?? keyAt(words, alone ? at + 1 : at + 2)).replace(/s$/, '')
  const to = at + (alone || glued !== null ? 2 : 3)
  const past = step === -1
  if (count === null || count === 0) return null
  const minutes = unitMinutes.get(unit)
  if (minutes !== undefined) return { value: { kind: 'minutes', past, count: Math.min(count * minutes, 366 * 1440) }, to, sure: true }
  const days = unit === 'd' ? 1 : unitDays.get(unit)
  return days === undefined ? null : { value: { kind: 'days', past, count: Math.min(count * days, 366) }, to, sure: true }
}

/** Between two months neither is a name. */
const isSure = ({ value, sure }: Found<Span>): boolean => sure || value.of === 'monthNamed'

/** "between now and Friday". */
const nowAt = (words: readonly Word[], at: number): Found<Span> | null =>
  keyAt(words, at) === 'now' ? { value: { of: 'part', part: 'later', whole: { of: 'day', offset: 0 } }, to: at + 1, sure: true } : null

/** "between 9 and 11", "from 2 to 4": where no month follows, and a preposition stands before. */
function hoursBetween(words: readonly Word[], at: number, first: number): Found<Range> | null {
  const second = /^\d{1,2}$/.test(keyAt(words, at + 2)) ? Number(keyAt(words, at + 2)) : 24
  if (!['between', 'from'].includes(keyAt(words, at - 1)) || first > 23 || second > 23) return null
  const [begin, end] = [workingHour(first), workingHour(second)]
  return begin < end ? { value: { kind: 'in', span: { of: 'hours', day: null, begin: begin * 60, end: end * 60 } }, to: at + 3, sure: true } : null
}

/** A weekday without a week of its own, of the week that is said beside it. */
const ofWeek = (span: Span, offset: number): Span => (span.of === 'weekday' && span.which === null ? { of: 'weekdayOfWeek', weekday: span.weekday, offset } : span)

/** From a span to another. The first one of "3 to 7 March" and "9-13 November" takes its month from the second. */
function betweenAt(words: readonly Word[], at: number): Found<Range> | null {
  const pair = /^(\d{1,2})(?:st|nd|rd|th)?-(\d{1,2})(?:st|nd|rd|th)?$/.exec(words[at]?.raw ?? '')
  const bare = pair === null ? (/^\d{1,2}$/.test(keyAt(words, at)) && till.has(keyAt(words, at + 1)) ? Number(keyAt(words, at)) : null) : Number(pair[1])
  const first = bare === null ? (nowAt(words, at) ?? momentAt(words, at) ?? spanAt(words, at)) : null
  const middle = pair === null ? (first?.to ?? at + 1) : at
  if (bare === null && first === null) return null
  // The second half of "9-13" is a day of the month that follows it.
  const rest = pair === null ? words : words.with(at, { ...words[at]!, raw: pair[2]!, key: pair[2]! })
  const start = pair === null ? middle + 1 : at
  if (pair === null && !till.has(keyAt(words, middle))) return null
  const second = keyAt(rest, start) === 'now' ? { value: { of: 'day', offset: 0 } as const, to: start + 1, sure: true } : (momentAt(rest, start) ?? spanAt(rest, start))
  if (second === null) return pair === null && bare !== null ? hoursBetween(words, at, bare) : null
  const { value } = second
  if (first !== null && value.of === 'hours' && first.value.of === 'hours' && value.begin === value.end) {
    return { value: { kind: 'in', span: { ...value, begin: first.value.begin } }, to: second.to, sure: true }
  }
  if (value.of === 'nothing') return { value: { kind: 'nothing', text: value.text }, to: second.to, sure: true }
  if (bare === null) return { value: { kind: 'between', from: value.of === 'weekdayOfWeek' ? ofWeek(first!.value, value.offset) : first!.value, to: value }, to: second.to, sure: isSure(first!) && isSure(second) }
  if (value.of === 'hours' && value.begin !== null && value.begin === value.end) {
    // "9 to 11 am": the same half of the day, unless it would end before it begins.
    const begin = [Math.floor(value.begin / 720) * 720 + (bare % 12) * 60, (bare % 12) * 60].find((start) => start < value.begin!)
    return begin === undefined ? null : { value: { kind: 'in', span: { ...value, begin } }, to: second.to, sure: true }
  }
  return value.of === 'date' ? { value: { kind: 'between', from: { ...value, day: bare }, to: value }, to: second.to, sure: pair !== null || !['and', 'or'].includes(keyAt(words, middle)) } : null
}

/** "the end of the week", "the beginning of last month": its edge, which is meant anyway. Null where no such thing is said. */
function edgeOfUnitAt(words: readonly Word[], start: number): Found<Span> | null {
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  if (!/^(end|beginning|start)$/.test(keyAt(words, at)) || keyAt(words, at + 1) !== 'of') return null
  const to = keyAt(words, at + 2) === 'the' ? at + 3 : at + 2
  const unit = (['week', 'month', 'quarter', 'year'] as const).find((name) => name === keyAt(words, to))
  return unit === undefined ? spanAt(words, at + 2) : { value: { of: unit, offset: 0 }, to: to + 1, sure: true }
}

/** The end of the day, week, month … in short. */
const ends = new Map([['eod', 'day'], ['cob', 'day'], ['eow', 'week'], ['eom', 'month'], ['eoq', 'quarter'], ['eoy', 'year']] as const)
const endAt = (words: readonly Word[], at: number): Found<Range> | null => {
  const of = ends.get(keyAt(words, at) as 'eod')
  return of === undefined ? null : { value: { kind: 'until', span: { of, offset: 0 } }, to: at + 1, sure: true }
}

/** "the rest of the week". */
function restAt(words: readonly Word[], start: number): Found<Range> | null {
  const at = keyAt(words, start) === 'the' ? start + 1 : start
  if (!/^(?:rest|remainder)$/.test(keyAt(words, at)) || keyAt(words, at + 1) !== 'of') return null
  const to = /^(?:the|this)$/.test(keyAt(words, at + 2)) ? at + 3 : at + 2
  const unit = (['day', 'week', 'month', 'quarter', 'year'] as const).find((name) => name === keyAt(words, to))
  const span: Found<Span> | null = unit === undefined ? spanAt(words, to) : { value: { of: unit, offset: 0 }, to: to + 1, sure: true }
  return span === null ? null : { value: { kind: 'until', span: span.value }, to: span.to, sure: true }
}

/** "since two days", as many say who are used to another language. */
function agoAt(words: readonly Word[], at: number): Found<Range> | null {
  const [count, unit] = [countOf(keyAt(words, at)), keyAt(words, at + 1).replace(/s$/, '')]
  const [days, minutes] = [unitDays.get(unit), unitMinutes.get(unit)]
  if (count === null || keyAt(words, at + 2) === 'ago') return null
  if (minutes !== undefined) return { value: { kind: 'minutes', past: true, count: count * minutes }, to: at + 2, sure: true }
  return days === undefined ? null : { value: { kind: 'since', span: { of: 'day', offset: -count * days } }, to: at + 2, sure: true }
}

/** A clock alone is where hours begin or end, and no time by itself. */
function edgeAt(words: readonly Word[], at: number, kind: 'since' | 'after' | 'until' | 'before'): Found<Range> | null {
  const ago = kind === 'since' ? agoAt(words, at) : kind === 'after' ? null : endAt(words, at)
  if (ago !== null) return ago
  const clock = momentAt(words, at) ?? bareMomentAt(words, at)
  if (clock !== null && clock.value.of === 'hours') {
    const opens = kind === 'since' || kind === 'after'
    return { ...clock, value: { kind: 'in', span: { ...clock.value, ...(opens ? { end: null } : { begin: null }) } } }
  }
  const span = edgeOfUnitAt(words, at) ?? spanAt(words, at)
  return span === null ? null : { ...span, value: { kind, span: span.value } }
}

const edges = new Map<string, 'since' | 'after' | 'until' | 'before'>([
  ['since', 'since'], ['after', 'after'], ['until', 'until'], ['till', 'until'], ['untill', 'until'], ['til', 'until'], ['by', 'until'], ['through', 'until'], ['before', 'before'],
])

function rangeAt(words: readonly Word[], at: number): Found<Range> | null {
  const key = keyAt(words, at)
  const upTo = key === 'up' && keyAt(words, at + 1) === 'to'
  const edge = upTo ? 'until' : edges.get(key)
  const edged = edge === undefined ? null : edgeAt(words, at + (upTo ? 2 : 1), edge)
  if (edged !== null) return edged
  const open = endAt(words, at) ?? restAt(words, at)
  if (open !== null) return open
  const pair = betweenAt(words, key === 'from' || key === 'between' ? at + 1 : at)
  if (pair !== null && (pair.sure || key === 'from' || key === 'between')) return pair
  const count = countAt(words, at)
  if (count !== null) return count
  const glue = ['from', 'on', 'for', 'in', 'during', 'of', 'within', 'at', 'over', 'around'].includes(key)
  const span = glue ? (spanAt(words, at) ?? spanAt(words, at + 1)) : spanAt(words, at)
  if (span === null || (!glue && !span.sure && span.value.of !== 'hours' && span.value.of !== 'monthNamed')) return null
  // "from 3 March" without an end is open, "from yesterday" is yesterday.
  const begins = key === 'from' && ['date', 'weekday'].includes(span.value.of)
  return { ...span, value: { kind: begins ? 'since' : 'in', span: span.value }, sure: glue || span.sure }
}

export interface RangeSpan {
  readonly range: Range
  readonly from: number
  readonly to: number
  /** It may as well be a name: "March", without a preposition. */
  readonly sure: boolean
}

const impossible = (range: Range): Range => {
  const spans = range.kind === 'between' ? [range.from, range.to] : 'span' in range ? [range.span] : []
  const nothing = spans.find((span) => span.of === 'nothing')
  return nothing === undefined ? range : { kind: 'nothing', text: nothing.text }
}

/** "Monday … last week", "between Monday and Wednesday … next week". */
function inWeek(days: Range, week: Range): Range | null {
  if (week.kind !== 'in' || week.span.of !== 'week') return null
  const { offset } = week.span
  if (days.kind === 'between') return days.from.of === 'weekday' && days.to.of === 'weekday' ? { ...days, from: ofWeek(days.from, offset), to: ofWeek(days.to, offset) } : null
  const span = 'span' in days ? ofWeek(days.span, offset) : null
  return span === null || !('span' in days) || span === days.span ? null : { ...days, span }
}

/** Hours that stand apart from their day: "tomorrow … in the evening", "today after 2 pm". */
function atHours(a: Range, b: Range): Range | null {
  for (const [day, hours] of [[a, b], [b, a]] as const) {
    if (!('span' in day) || hours.kind !== 'in' || hours.span.of !== 'hours' || hours.span.day !== null) continue
    if (['day', 'weekday', 'date', 'weekdayOfWeek', 'after'].includes(day.span.of)) return { ...day, span: { ...hours.span, day: day.span } }
  }
  return null
}

/** A day that stands apart from its week, or hours from their day. */
const joined = (a: Range, b: Range): Range | null => inWeek(a, b) ?? inWeek(b, a) ?? atHours(a, b)

/** Every time that can be read in words, in order, with the words that it takes. */
export function rangesIn(words: readonly Word[]): RangeSpan[] {
  const spans: RangeSpan[] = []
  for (let at = 0; at < words.length; at += 1) {
    const found = rangeAt(words, at)
    if (found === null) continue
    let from = at
    if (keyAt(words, from - 1) === 'the') from -= 1
    const glued = before.has(keyAt(words, from - 1))
    if (glued) from -= 1
    spans.push({ range: impossible(found.value), from, to: found.to, sure: found.sure || glued })
    at = found.to - 1
  }
  return spans
}

/** Times of a question one after another: a day and its hours are one, else the later one counts. */
function folded(ranges: readonly Range[]): { range: Range | null; of: readonly Range[] } {
  const nothing = ranges.find(({ kind }) => kind === 'nothing')
  if (nothing !== undefined) return { range: nothing, of: [nothing] }
  return ranges.reduce<{ range: Range | null; of: readonly Range[] }>((known, range) => {
    const both = known.range === null ? null : joined(known.range, range)
    return both === null ? { range, of: [range] } : { range: both, of: [...known.of, range] }
  }, { range: null, of: [] })
}

/** The time of a question that names several. */
export const together = (ranges: readonly Range[]): Range | null => folded(ranges).range

/** Those of them that make it. */
export const usedOf = (ranges: readonly Range[]): readonly Range[] => folded(ranges).of

/** Hours of the day that was spoken of before; null when there was none. */
export const hoursOf = (day: Range | null, hours: Range): Range | null => (day === null ? null : atHours(day, hours))
