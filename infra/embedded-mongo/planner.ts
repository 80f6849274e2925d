// Chooses how to read a collection, one index with its key intervals or all of it, and reads it.
import { type Collection, type Index, notPosition, type OrderField } from './catalog.ts'
import { fail } from './errors.ts'
import type { Flow } from './flow.ts'
import { encodeValue, family, identity, type Interval, maxKeyBytes, successor } from './keys.ts'
import { allOf, type Filter, type Term } from './matcher.ts'
import { documentKey, prefixOf, recordOf, type Store } from './store.ts'
import { decode, type Doc, isDoc, numberOr } from './values.ts'

export interface Plan {
  collection: Collection
  index: Index | undefined
  /** Keys to read, ascending and apart from each other. */
  intervals: Interval[]
  reverse: boolean
  sorted: boolean
  score: number
}

const maxIntervals = 2000

/** Reads a sort specification. */
export function parseSort(sort: unknown = {}): OrderField[] {
  if (!isDoc(sort)) return fail(14, 'Expected field sort to be of type object')
  return Object.entries(sort).map(([path, direction]) => {
    const sign = numberOr(direction, 0)
    if (sign !== 1 && sign !== -1) fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    return { path: notPosition(path), descending: sign < 0 }
  })
}

/** The plan for a filter, a sort order and a hint. A partial index is for uniqueness and expiry only. */
export function choosePlan(collection: Collection, filter: Filter, sort: OrderField[], hint?: unknown): Plan {
  const intervals = [family(prefixOf(1, collection.id))]
  const scan: Plan = { collection, index: undefined, intervals, reverse: false, sorted: sort.length === 0, score: 0 }
  if (isDoc(hint) && '$natural' in hint) return scan
  const allowed = ({ spec }: Index) => hint === undefined || (isDoc(hint) ? identity(spec.key) === identity(hint) : spec.name === hint)
  const indexes = collection.indexes.filter((index) => !index.filter && allowed(index))
  if (hint !== undefined && indexes.length === 0)
    fail(2, 'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index')
  const plans = indexes.map((index) => ({ ...scan, index, ...planIndex(index, filter, sort) }))
  return [...(hint === undefined ? [scan] : []), ...plans].reduce((best, plan) => (plan.score > best.score ? plan : best))
}

function planIndex(index: Index, { terms }: Filter, sort: OrderField[]): Pick<Plan, 'intervals' | 'reverse' | 'sorted' | 'score'> {
  const points: Buffer[][] = []
  const next = <T>(read: (term: Term) => T | undefined) =>
    terms.filter(({ path }) => path === index.fields[points.length]?.path).map(read).filter((found) => found !== undefined)
  let [combinations, score] = [1, 0]
  for (let [found] = next(pointsOf); found && combinations * found.length <= maxIntervals; [found] = next(pointsOf)) {
    combinations *= found.length
    score += found.length === 1 ? 10 : 8
    points.push(found)
  }
  if (index.unique && points.length === index.fields.length && combinations === 1) score += 20
  // Both bounds of a range may hold for different elements of an array.
  const ranges = next(rangeOf).slice(0, index.multikey ? 1 : undefined)
  if (ranges.length > 0) score += 4
  const order = sortOrder(index, new Set(index.fields.filter((_, i) => points[i]?.length === 1).map(({ path }) => path)), sort)
  if (order && sort.length > 0) score += 5
  return { intervals: keyIntervals(index, points, ranges), reverse: order?.reverse ?? false, sorted: order !== undefined, score }
}

/** What a term says about its field as single values, if an index can find them. */
function pointsOf({ operator, operand }: Term): Buffer[] | undefined {
  if (operator !== '$eq' && operator !== '$in') return undefined
  const values: unknown[] = operator === '$eq' ? [operand] : (operand as unknown[])
  if (values.some(Array.isArray)) return undefined
  return [...new Map(values.map((value) => [identity(value ?? null), encodeValue(value)])).values()]
}

/** What a term says about its field as a range, which is always one inside a type. */
function rangeOf({ operator, operand }: Term): Interval | undefined {
  if (!['$gt', '$gte', '$lt', '$lte'].includes(operator) || Array.isArray(operand)) return undefined
  const bytes = encodeValue(operand)
  const whole = family(bytes.subarray(0, 1))
  const edge = operator === '$gt' || operator === '$lte' ? successor(bytes) : bytes
  return operator.startsWith('$gt') ? { ...whole, from: edge } : { ...whole, to: edge }
}

const intersect = (a: Interval, b: Interval): Interval =>
  ({ from: Buffer.compare(a.from, b.from) > 0 ? a.from : b.from, to: Buffer.compare(a.to, b.to) < 0 ? a.to : b.to })

/**
 * Whether the index delivers the order asked for, and if so whether it is to be read backwards; `fixed` are fields with one
 * value only. All keys are stored ascending, so a mixed order is sorted in memory.
 */
function sortOrder({ fields, multikey }: Index, fixed: ReadonlySet<string>, sort: OrderField[]): { reverse: boolean } | undefined {
  const [wanted, there] = [sort, fields].map((list) => list.filter(({ path }) => !fixed.has(path))) as [OrderField[], OrderField[]]
  const reverse = wanted[0]?.descending ?? false
  const serves = wanted.every(({ path, descending }, i) => there[i]?.path === path && descending === reverse)
  return serves && !(multikey && sort.length > 0) ? { reverse } : undefined
}

/** The intervals of keys for values of the first fields and ranges of the next one. */
function keyIntervals({ id }: Index, points: readonly Buffer[][], ranges: readonly Interval[]): Interval[] {
  const prefixes = points.reduce((all, found) => all.flatMap((prefix) => found.map((bytes) => Buffer.concat([prefix, bytes]))), [prefixOf(2, id)])
  const intervals = prefixes.map((prefix) => {
    if (ranges.length === 0) return family(prefix)
    const range = ranges.reduce(intersect)
    const [from, to] = [Buffer.concat([prefix, range.from]), Buffer.concat([prefix, range.to])]
    // What is longer than a key can be gets wider, and the filter does the rest.
    return { from: from.subarray(0, maxKeyBytes), to: to.length > maxKeyBytes ? successor(to) : to }
  })
  return intervals.filter(({ from, to }) => Buffer.compare(from, to) < 0).sort((a, b) => Buffer.compare(a.from, b.from))
}

/** The plan in explain's words. */
export function describe({ index, sorted }: Plan): Doc {
  const keys = { stage: 'IXSCAN', keyPattern: index?.spec.key, indexName: index?.spec.name }
  const inputStage = index ? { stage: 'FETCH', inputStage: keys } : { stage: 'COLLSCAN' }
  return sorted ? inputStage : { stage: 'SORT', inputStage }
}

/** A document that was found, as it is stored; decoded when somebody asks. */
export interface Hit { readonly record: number; readonly raw: Buffer; readonly doc: Doc }

function hitOf(record: number, raw: Buffer): Hit {
  let doc: Doc | undefined
  return { record, raw, get doc() { return doc ??= decode(raw) } }
}

function* keysIn(store: Store, interval: Interval, reverse: boolean): Generator<Buffer, void> {
  let behind: Buffer | undefined
  for (let limit = 32; ; limit = Math.min(limit * 4, 2048)) {
    const keys = store.keys(interval, limit, reverse, behind)
    yield* keys
    if (keys.length < limit) return
    behind = keys.at(-1)
  }
}

/** The documents of a plan that satisfy the filter, each once: an array has several keys, and a key may move meanwhile. */
export function* scan(store: Store, { collection, index, intervals, reverse }: Plan, filter: Filter): Flow<Hit> {
  // What the index knows nothing of fails most often; asked first, it needs few fields.
  const beside = filter.terms.filter(({ path }) => !index?.fields.some((field) => field.path === path))
  const quick = beside.length > 0 && beside.length < filter.terms.length ? allOf(beside) : undefined
  const seen = new Set<number>()
  for (const interval of reverse ? intervals.toReversed() : intervals) {
    for (const key of keysIn(store, interval, reverse)) {
      const record = recordOf(key)
      const raw = seen.has(record) ? undefined : store.peek(documentKey(collection.id, record))
      seen.add(record)
      yield raw && quick?.testRaw(raw) !== false && filter.testRaw(raw) ? hitOf(record, Buffer.from(raw)) : undefined
    }
  }
}
