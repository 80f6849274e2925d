// Documents with their index entries: the only place that writes either, so that they cannot come apart.
import type { Catalog, Collection, Index } from './catalog.ts'
import { fail } from './errors.ts'
import { emptyArray, encodeKey, successor } from './keys.ts'
import { documentKey, prefixOf, recordOf, type Store, systemKey, u32, u48 } from './store.ts'
import { decode, type Doc, field, isDoc, maxDocumentBytes, pick, show } from './values.ts'

/** A path on its way through a document; `final`: an element of the array that it ended in, not taken apart again. */
interface Walk {
  value: unknown
  rest: readonly string[]
  final: boolean
}

/** All combinations of values that the paths reach: one row for each element of an array on the way, which `multikey` notes. */
export function rowsOf(doc: Doc, paths: readonly (readonly string[])[], multikey: boolean[] = []): unknown[][] {
  return expand(paths.map((rest) => ({ value: doc, rest, final: false })), multikey)
}

function step({ value, rest, final }: Walk): Walk {
  if (final || rest.length === 0) return { value, rest, final }
  const [name, ...further] = rest as [string]
  if (!Array.isArray(value)) return step({ value: isDoc(value) ? field(value, name) : undefined, rest: further, final })
  return /^\d+$/.test(name) ? step({ value: value[Number(name)], rest: further, final }) : { value, rest, final }
}

function expand(walks: Walk[], multikey: boolean[]): unknown[][] {
  const states = walks.map(step)
  const arrays = new Set(states.filter(({ value, final }) => !final && Array.isArray(value)).map(({ value }) => value as unknown[]))
  const [array, another] = arrays
  if (!array) return [states.map(({ value }) => value)]
  if (another) return fail(171, 'cannot index parallel arrays')
  const elements = array.length > 0 ? array : [emptyArray]
  return elements.flatMap((each) => expand(states.map((state, i) => {
    if (state.value !== array || state.final) return state
    multikey[i] = true
    if (state.rest.length === 0) return { value: each, rest: [], final: true }
    return { value: isDoc(each) ? each : undefined, rest: isDoc(each) ? state.rest : [], final: !isDoc(each) }
  }), multikey))
}

/** Index keys of a document, without its record number, as text. */
type Entries = Map<string, { index: Index; row: unknown[] }>

/** Writes documents of one collection inside one write job; `close` keeps counters and catalog. */
export class Records {
  collection: Collection
  readonly #store: Store
  readonly #catalog: Catalog
  readonly #original: Collection
  #count: number
  #next: number

  constructor(store: Store, catalog: Catalog, collection: Collection) {
    this.#store = store
    this.#catalog = catalog
    this.#original = this.collection = collection
    const counters = store.get(systemKey('N', u32(collection.id)))
    this.#count = counters?.readUIntBE(0, 6) ?? 0
    this.#next = counters?.readUIntBE(6, 6) ?? 1
  }

  insert(raw: Buffer): void {
    if (raw.length > maxDocumentBytes) fail(10334, `BSONObj size: ${raw.length} is invalid. Size must be between 0 and 16793600(16MB)`)
    const added = this.#entries(this.collection.indexes, raw)
    this.#change(this.#next, new Map(), added)
    this.#store.put(documentKey(this.collection.id, this.#next++), raw)
    this.#count++
  }

  replace(record: number, before: Buffer, after: Buffer): void {
    // An index whose fields kept their bytes keeps its entries.
    const touched = this.collection.indexes.filter(({ roots }) => !pick(before, roots).equals(pick(after, roots)))
    this.#change(record, this.#entries(touched, before), this.#entries(touched, after))
    this.#store.put(documentKey(this.collection.id, record), after)
  }

  remove(record: number, raw: Buffer): void {
    this.#change(record, this.#entries(this.collection.indexes, raw), new Map())
    this.#store.remove(documentKey(this.collection.id, record))
    this.#count--
  }

  /** Adds an index, filled from the documents that are there. */
  build(index: Index, documents: Iterable<{ record: number; raw: Buffer }>): void {
    this.collection = { ...this.collection, indexes: [...this.collection.indexes, index] }
    for (const { record, raw } of documents) this.#change(record, new Map(), this.#entries(this.collection.indexes.slice(-1), raw))
  }

  close(): void {
    this.#store.put(systemKey('N', u32(this.collection.id)), Buffer.concat([u48(this.#count), u48(this.#next)]))
    if (this.collection !== this.#original) this.#catalog.save(this.collection)
  }

  #entries(indexes: readonly Index[], raw: Buffer): Entries {
    const entries: Entries = new Map()
    const doc = indexes.length > 0 ? decode(raw) : {}
    for (const index of indexes) {
      if (index.filter && !index.filter.test(doc)) continue
      const multikey = [...index.multikey]
      const cut = { truncated: index.truncated }
      for (const row of rowsOf(doc, index.fields.map(({ parts }) => parts), multikey)) {
        const key = encodeKey(row, index.fields.map(({ descending }) => descending), cut)
        entries.set(Buffer.concat([prefixOf(2, index.id), key]).toString('latin1'), { index, row })
      }
      if (cut.truncated === index.truncated && multikey.every((flag, i) => flag === index.multikey[i])) continue
      const indexes = this.collection.indexes.map((each) => (each.id === index.id ? { ...each, multikey, truncated: cut.truncated } : each))
      this.collection = { ...this.collection, indexes }
    }
    return entries
  }

  /** All uniqueness is checked before anything is written, so that a refused document leaves nothing behind. */
  #change(record: number, before: Entries, after: Entries): void {
    for (const [text, { index, row }] of after) if (index.unique && !before.has(text)) this.#probe(Buffer.from(text, 'latin1'), record, index, row)
    const suffix = u48(record)
    for (const text of before.keys()) if (!after.has(text)) this.#store.remove(Buffer.concat([Buffer.from(text, 'latin1'), suffix]))
    for (const text of after.keys()) if (!before.has(text)) this.#store.put(Buffer.concat([Buffer.from(text, 'latin1'), suffix]), Buffer.from([1]))
  }

  #probe(key: Buffer, record: number, index: Index, row: unknown[]): void {
    const found = this.#store.keys({ from: key, to: successor(key), limit: 2 })
    if (!found.some((each) => each.length === key.length + 6 && recordOf(each) !== record)) return
    const keyValue = Object.fromEntries(index.fields.map(({ path }, i) => [path, row[i] === emptyArray ? null : (row[i] ?? null)]))
    fail(11000, `E11000 duplicate key error collection: ${this.collection.ns} index: ${index.name} dup key: ${show(keyValue)}`,
      { keyPattern: index.spec.key, keyValue })
  }
}
