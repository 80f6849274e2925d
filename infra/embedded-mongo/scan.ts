// Reading: key ranges in chunks, merged where an order asks for it, filtered, sorted. Readers pause so that others get on.
import { fail } from './errors.ts'
import { encodeKey } from './keys.ts'
import type { Filter } from './matcher.ts'
import type { KeyInterval, Plan, SortField } from './planner.ts'
import { rowsOf } from './records.ts'
import { documentKey, recordOf, type Store } from './store.ts'
import { decodeRoots, type Doc } from './values.ts'

export interface Hit {
  record: number
  raw: Buffer
}

/** A stream of results. `undefined` in it is a pause: whoever drives the stream may let the event loop run. */
export type Flow<T> = Generator<T | undefined, void>

const turn = 8
const sortBytes = 100 * 1024 * 1024

/** Knows when a reader has had the processor long enough, and what it has read. */
export class Pace {
  until = performance.now() + turn
  keys = 0
  documents = 0
}

function* keysIn(store: Store, { from, to }: KeyInterval, reverse: boolean): Generator<Buffer, void> {
  let behind: Buffer | undefined
  for (let limit = 32; ; limit = Math.min(limit * 4, 2048)) {
    const keys = store.keys({ from, to, reverse, limit, behind })
    yield* keys
    if (keys.length < limit) return
    behind = keys.at(-1)
  }
}

/** All intervals side by side, always the one whose next key is first by what follows its prefix. */
function* mergedKeys(store: Store, { intervals, reverse }: Plan): Generator<Buffer, void> {
  const heads: { key: Buffer; suffix: Buffer; prefix: number; rest: Generator<Buffer, void> }[] = []
  const advance = (rest: Generator<Buffer, void>, prefix: number) => {
    const { done, value: key } = rest.next()
    if (done) return
    const suffix = key.subarray(prefix)
    let [low, high] = [0, heads.length]
    while (low < high) {
      const middle = (low + high) >> 1
      // The first is at the end, where it is taken from.
      if (Buffer.compare(heads[middle]!.suffix, suffix) < 0 === reverse) low = middle + 1
      else high = middle
    }
    heads.splice(low, 0, { key, suffix, prefix, rest })
  }
  for (const interval of intervals) advance(keysIn(store, interval, reverse), interval.prefix)
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.key
    advance(head.rest, head.prefix)
  }
}

function* keysOf(store: Store, plan: Plan): Generator<Buffer, void> {
  if (plan.merge) return yield* mergedKeys(store, plan)
  for (const interval of plan.reverse ? plan.intervals.toReversed() : plan.intervals) yield* keysIn(store, interval, plan.reverse)
}

/** The records of a plan, each once. */
export function* recordsOf(store: Store, plan: Plan, pace: Pace): Flow<number> {
  const seen = plan.repeats ? new Set<number>() : undefined
  for (const key of keysOf(store, plan)) {
    if (performance.now() > pace.until) {
      yield undefined
      pace.until = performance.now() + turn
    }
    pace.keys++
    const record = recordOf(key)
    if (!seen?.has(record)) yield record
    seen?.add(record)
  }
}

/** The documents of a plan that satisfy the filter: it is always asked again, since a document may have changed. */
export function* scan(store: Store, plan: Plan, filter: Filter, pace: Pace): Flow<Hit> {
  for (const record of recordsOf(store, plan, pace)) {
    const raw = record === undefined ? undefined : store.get(documentKey(plan.collection.id, record))
    if (raw) pace.documents++
    if (record === undefined) yield undefined
    else if (raw && (filter.conjuncts === 0 || filter.test(decodeRoots(raw, filter.roots)))) yield { record, raw }
  }
}

/** Changes or drops (`undefined`) every item of a stream. */
export function* map<A, B>(flow: Flow<A>, change: (item: A) => B | undefined): Flow<B> {
  for (const item of flow) yield item === undefined ? undefined : change(item)
}

/** Leaves out the first `skip` items and ends after `limit` (0: no end). */
export function* slice<T>(flow: Flow<T>, skip: number, limit: number): Flow<T> {
  let position = 0
  for (const item of flow) {
    yield item !== undefined && position++ < skip ? undefined : item
    if (limit > 0 && position >= skip + limit) return
  }
}

/** Sorts a stream; with a limit little more than that many are held. */
export function* sorted<T>(flow: Flow<T>, keyOf: (item: T) => Buffer, sizeOf: (item: T) => number, limit: number): Flow<T> {
  let held: { key: Buffer; item: T; size: number }[] = []
  let bytes = 0
  for (const item of flow) {
    if (item === undefined) yield undefined
    else {
      const size = sizeOf(item)
      held.push({ key: keyOf(item), item, size })
      bytes += size
    }
    if (limit > 0 && held.length >= 2 * limit + 100) {
      held = held.sort((a, b) => Buffer.compare(a.key, b.key)).slice(0, limit)
      bytes = held.reduce((sum, { size }) => sum + size, 0)
    }
    if (bytes > sortBytes) fail(292, `Sort exceeded memory limit of ${sortBytes} bytes, but did not opt in to external sorting.`)
  }
  for (const { item } of held.sort((a, b) => Buffer.compare(a.key, b.key))) yield item
}

/** The sort key of a document: of an array the smallest element, or the largest if descending. */
export function sortKey(doc: Doc, sort: readonly SortField[]): Buffer {
  const descending = sort.map((each) => each.descending)
  const keys = rowsOf(doc, sort.map((each) => each.parts)).map((row) => encodeKey(row, descending))
  return keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least))
}
