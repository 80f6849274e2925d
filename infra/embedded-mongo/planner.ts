// Chooses how to read a collection: one index with its key intervals, or all of it.
import type { Collection, Index } from './catalog.ts'
import { fail } from './errors.ts'
import { compareBounds, everythingOf, implies, type Interval } from './facts.ts'
import { boundKey, encodeValue, identity, successor, typeByte } from './keys.ts'
import type { Filter } from './matcher.ts'
import { prefixOf } from './store.ts'
import { type Doc, isDoc, numberOr } from './values.ts'

/** Keys from `from` to `to`; the first `prefix` bytes are the same in all of them. */
export interface KeyInterval {
  from: Buffer
  to: Buffer
  prefix: number
}

export interface Plan {
  collection: Collection
  index: Index | undefined
  intervals: KeyInterval[]
  reverse: boolean
  /** The intervals are read side by side and merged by what follows their prefix. */
  merge: boolean
  sorted: boolean
  /** The keys alone decide the filter. */
  covered: boolean
  /** A record can be met more than once. */
  repeats: boolean
  score: number
}

export interface SortField {
  path: string
  parts: string[]
  descending: boolean
}

const maxIntervals = 2000

/** Reads a sort specification. */
export function parseSort(sort: unknown): SortField[] {
  if (sort === undefined) return []
  if (!isDoc(sort)) return fail(14, 'Expected field sort to be of type object')
  return Object.entries(sort).map(([path, direction]) => {
    const sign = numberOr(direction, 0)
    if (sign !== 1 && sign !== -1) fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    return { path, parts: path.split('.'), descending: sign < 0 }
  })
}

/** The plan for a filter, a sort order and a hint. */
export function choosePlan(collection: Collection, filter: Filter, sort: SortField[], hint?: unknown): Plan {
  const prefix = prefixOf(1, collection.id)
  const scan: Plan = {
    collection, index: undefined, intervals: [{ from: prefix, to: successor(prefix), prefix: prefix.length }], reverse: false,
    merge: false, sorted: sort.length === 0, covered: filter.conjuncts === 0, repeats: false, score: 0,
  }
  if (isDoc(hint) && '$natural' in hint) return { ...scan, reverse: numberOr(hint.$natural, 1) < 0 }
  const hinted = hint !== undefined && !(isDoc(hint) && Object.keys(hint).length === 0)
  const allowed = (index: Index) => !hinted || (isDoc(hint) ? identity(index.spec.key) === identity(hint) : index.name === hint)
  const plans = collection.indexes.filter(allowed).map((index) => planIndex(collection, index, filter, sort)).filter((plan) => plan !== undefined)
  if (hinted && plans.length === 0)
    fail(2, 'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index')
  return [...(hinted ? [] : [scan]), ...plans].reduce((best, plan) => (plan.score > best.score ? plan : best))
}

function planIndex(collection: Collection, index: Index, filter: Filter, sort: SortField[]): Plan | undefined {
  if (index.filter && !index.filter.facts.every((wanted) => implies(filter.facts, wanted))) return undefined
  const points: Interval[][] = []
  let [combinations, score, used, exact] = [1, 0, 0, true]
  // Elements of one array must not be mixed: in a multikey index each array bounds only one field.
  const arrays = new Set<string>()
  const factsAt = (position: number, kind: string) => {
    const { path, parts: [root] = [] } = index.fields[position] ?? { path: '' }
    const facts = filter.facts.filter((fact) => fact.path === path && fact.kind === kind)
    if (facts.length === 0 || !index.multikey[position]) return facts
    if (arrays.has(root!)) return []
    arrays.add(root!)
    return facts.slice(0, 1)
  }
  for (;;) {
    const [fact] = factsAt(points.length, 'points').sort((a, b) => a.intervals.length - b.intervals.length)
    if (!fact || combinations * fact.intervals.length > maxIntervals) break
    combinations *= fact.intervals.length
    score += fact.intervals.length === 1 ? 10 : 8
    used++
    exact &&= fact.exact
    points.push(fact.intervals)
  }
  if (index.unique && points.length === index.fields.length && combinations === 1) score += 20
  const ranges = index.truncated ? [] : factsAt(points.length, 'range')
  const range = ranges.length > 0 ? ranges.map((fact) => fact.intervals[0]!).reduce(intersect) : undefined
  if (range) score += 4
  const intervals = keyIntervals(index, points, range)
  // One interval after the other keeps the order of the index; side by side they keep the order behind the points.
  const inTurn = sortOrder(index, points, sort, 0)
  const order = inTurn ?? sortOrder(index, points, sort, points.length)
  if (order && sort.length > 0) score += 5
  return {
    collection, index, intervals, reverse: order === 'reverse', sorted: order !== undefined, score,
    merge: !inTurn && order !== undefined && intervals.length > 1, repeats: index.multikey.some(Boolean),
    covered: !index.truncated && exact && ranges.every((fact) => fact.exact) && used + ranges.length === filter.conjuncts,
  }
}

function intersect(a: Interval, b: Interval): Interval {
  return { from: compareBounds(a.from, b.from) >= 0 ? a.from : b.from, to: compareBounds(a.to, b.to) <= 0 ? a.to : b.to }
}

/** Whether reading the index from one of its fields on delivers the order asked for, and in which direction. */
function sortOrder(index: Index, points: readonly Interval[][], sort: SortField[], start: number): 'forward' | 'reverse' | undefined {
  if (index.truncated && sort.length > 0) return undefined
  let position = start
  let reverse: boolean | undefined
  for (const { path, descending } of sort) {
    while (points[position]?.length === 1 && index.fields[position]!.path !== path) position++
    const here = index.fields[position]
    if (here?.path !== path) {
      if (index.fields.some((each, i) => each.path === path && points[i]?.length === 1 && !index.multikey[i])) continue
      return undefined
    }
    const against = here.descending !== descending
    if (index.multikey[position] || (reverse ?? against) !== against) return undefined
    reverse = against
    position++
  }
  return reverse ? 'reverse' : 'forward'
}

/** The intervals of keys, ascending and apart from each other. */
function keyIntervals(index: Index, points: readonly Interval[][], range: Interval | undefined): KeyInterval[] {
  let prefixes = [prefixOf(2, index.id)]
  points.forEach((intervals, i) => {
    const invert = index.fields[i]!.descending ? 0xff : 0
    prefixes = prefixes.flatMap((prefix) => intervals.map(({ from: { bytes } }) => Buffer.concat([prefix, bytes.map((each) => each ^ invert)])))
  })
  const descending = index.fields[points.length]?.descending ?? false
  const empty = Buffer.alloc(0)
  const { from, to } = range ?? { from: { bytes: empty, after: false }, to: { bytes: empty, after: true } }
  const [first, last] = descending ? [to, from] : [from, to]
  const intervals = prefixes.map((prefix) =>
    ({ from: boundKey(prefix, first, descending, false), to: boundKey(prefix, last, descending, true), prefix: prefix.length }))
  return intervals.filter((each) => Buffer.compare(each.from, each.to) < 0).sort((a, b) => Buffer.compare(a.from, b.from))
}

/** The keys of all dates up to a moment, for TTL. */
export function datesUpTo(index: Index, moment: Date): KeyInterval[] {
  return keyIntervals(index, [], { from: everythingOf(typeByte.date).from, to: { bytes: encodeValue(moment), after: true } })
}

/** The plan in explain's words. */
export function describe({ index, reverse, merge, repeats, sorted }: Plan, sort: SortField[], limit: number): Doc {
  const direction = reverse ? 'backward' : 'forward'
  const { key: keyPattern, name: indexName } = index?.spec ?? {}
  const keys = { stage: 'IXSCAN', keyPattern, indexName, isMultiKey: repeats, isUnique: index?.unique, isPartial: index?.filter !== undefined, direction }
  const inputStage: Doc = index ? { stage: 'FETCH', inputStage: merge ? { stage: 'SORT_MERGE', inputStage: keys } : keys } : { stage: 'COLLSCAN', direction }
  const sortPattern = Object.fromEntries(sort.map(({ path, descending }) => [path, descending ? -1 : 1]))
  if (!sorted) return { stage: 'SORT', sortPattern, ...(limit ? { limitAmount: limit } : {}), inputStage }
  return limit ? { stage: 'LIMIT', limitAmount: limit, inputStage } : inputStage
}
