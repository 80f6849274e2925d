// Streams of results. They give up control at every item, so that a long read does not keep others waiting.
import type { OrderField } from './catalog.ts'
import { fail } from './errors.ts'
import { encodeValue } from './keys.ts'
import { rowsOf } from './records.ts'
import { type Doc, numberOr } from './values.ts'

/** A stream of results. `undefined` in it is a pause. */
export type Flow<T> = Generator<T | undefined, void>

/** Runs a stream to its end or until `take` says no, with a pause every 8 ms, and not beyond maxTimeMS. True at the end. */
export async function drive<T>(flow: Flow<T>, take: (item: T) => unknown, { maxTimeMS }: Doc): Promise<boolean> {
  const end = performance.now() + (numberOr(maxTimeMS, 0) || Infinity)
  for (let since = performance.now(); ; ) {
    const { done, value } = flow.next()
    if (done) return true
    if (value !== undefined && take(value) === false) return false
    if (performance.now() - since < 8) continue
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
    if (since > end) fail(50, 'operation exceeded time limit')
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

/** Sorts a stream of what has a document; with a limit little more than that many are held. */
export function* sorted<T>(flow: Flow<T>, docOf: (item: T) => Doc, sort: readonly OrderField[], limit = 0): Flow<T> {
  const held: { key: Buffer; item: T }[] = []
  const settle = () => held.sort((a, b) => Buffer.compare(a.key, b.key))
  for (const item of flow) {
    if (item !== undefined) held.push({ key: sortKey(docOf(item), sort), item })
    if (limit > 0 && held.length >= 2 * limit + 100) settle().length = limit
    yield undefined
  }
  for (const { item } of settle()) yield item
}

/** The sort key of a document: of an array the smallest element, or the largest if descending; an `_id` that is all of it is never taken apart. */
function sortKey(doc: Doc, sort: readonly OrderField[]): Buffer {
  const { rows } = sort.length === 1 && sort[0]!.path === '_id' ? { rows: [[doc._id]] } : rowsOf(doc, sort, false)
  const keys = rows.map((row) => Buffer.concat(row.map((value, i) => {
    const bytes = encodeValue(value)
    return sort[i]!.descending ? bytes.map((each) => ~each) : bytes
  })))
  return keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least))
}
