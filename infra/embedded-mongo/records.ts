// Documents with their index entries: the only place that writes either, so that they cannot come apart.
import type { Catalog, Collection, Index, OrderField } from './catalog.ts'
import { fail } from './errors.ts'
import { emptyArray, encodeValue, family, maxKeyBytes } from './keys.ts'
import { bytesOf, documentKey, prefixOf, recordOf, type Store, systemKey } from './store.ts'
import { decode, type Doc, encode, field, isDoc, show } from './values.ts'

/** The values that a path reaches: one for each element of an array on the way, which `notes` tells of. */
export function valuesAt(value: unknown, parts: readonly string[], notes = { array: false }): unknown[] {
  const [name, ...rest] = parts
  if (!Array.isArray(value)) return name === undefined ? [value] : valuesAt(isDoc(value) ? field(value, name) : undefined, rest, notes)
  if (name !== undefined && /^\d+$/.test(name)) return valuesAt(value[Number(name)], rest, notes)
  notes.array = true
  if (value.length === 0) return [name === undefined ? emptyArray : undefined]
  return name === undefined ? value : value.flatMap((each) => (isDoc(each) ? valuesAt(each, parts, notes) : [undefined]))
}

/** All combinations of what several paths reach. No more than one of them may lead through an array. */
export function rowsOf(doc: Doc, fields: readonly OrderField[], inIndex: boolean): { rows: unknown[][]; multikey: boolean } {
  const notes = fields.map(() => ({ array: false }))
  const columns = fields.map(({ path }, i) => valuesAt(doc, path.split('.'), notes[i]))
  const arrays = notes.filter(({ array }) => array).length
  if (arrays > 1) fail(inIndex ? 171 : 2, `cannot ${inIndex ? 'index' : 'sort with keys that are'} parallel arrays`)
  const rows = columns.reduce<unknown[][]>((all, column) => all.flatMap((row) => column.map((value) => [...row, value])), [[]])
  return { rows, multikey: arrays > 0 }
}

/** Index keys of a document, without its record number, as text. */
type Entries = Map<string, { index: Index; row: unknown[] }>

/** Writes documents of one collection inside one write job; `close` keeps counter and catalog. */
export class Records {
  collection: Collection
  readonly #store: Store
  readonly #catalog: Catalog
  readonly #original: Collection
  #next: number

  constructor(store: Store, catalog: Catalog, collection: Collection) {
    this.#store = store
    this.#catalog = catalog
    this.#original = this.collection = collection
    this.#next = store.get(systemKey('N', bytesOf(collection.id, 4)))?.readUIntBE(0, 6) ?? 1
  }

  insert(doc: Doc): void {
    this.replace(this.#next++, undefined, doc)
  }

  /** Replaces a document, or removes it if there is nothing `after`. */
  replace(record: number, before: Doc | undefined, after: Doc | undefined): void {
    const key = documentKey(this.collection.id, record)
    const raw = after && encode(after)
    this.#change(record, this.#entries(before), this.#entries(after))
    if (raw) this.#store.put(key, raw)
    else this.#store.remove(key)
  }

  /** Adds an index, filled from the documents that are there. */
  build(index: Index): void {
    this.collection = { ...this.collection, indexes: [...this.collection.indexes, index] }
    for (const key of this.#store.keys(family(prefixOf(1, this.collection.id))))
      this.#change(recordOf(key), new Map(), this.#entries(decode(this.#store.get(key)!), [index]))
  }

  close(): void {
    this.#store.put(systemKey('N', bytesOf(this.collection.id, 4)), bytesOf(this.#next, 6))
    if (this.collection !== this.#original) this.#catalog.save(this.collection)
  }

  #entries(doc: Doc | undefined, indexes = this.collection.indexes): Entries {
    const entries: Entries = new Map()
    for (const index of doc ? indexes : []) {
      if (index.filter && !index.filter.test(doc!)) continue
      const { rows, multikey } = rowsOf(doc!, index.fields, true)
      for (const row of rows) {
        const key = Buffer.concat([prefixOf(2, index.id), ...row.map(encodeValue)])
        if (key.length > maxKeyBytes) fail(17280, `key too large to index, failing ${String(index.spec.name)} ${key.length} (at most ${maxKeyBytes})`)
        entries.set(key.toString('latin1'), { index, row })
      }
      if (!multikey || index.multikey) continue
      const marked = this.collection.indexes.map((each) => (each.id === index.id ? { ...each, multikey } : each))
      this.collection = { ...this.collection, indexes: marked }
    }
    return entries
  }

  /** All uniqueness is checked before anything is written, so that a refused document leaves nothing behind. */
  #change(record: number, before: Entries, after: Entries): void {
    const keyOf = (entry: string) => Buffer.concat([Buffer.from(entry, 'latin1'), bytesOf(record, 6)])
    for (const [entry, { index, row }] of after) if (index.unique && !before.has(entry)) this.#probe(Buffer.from(entry, 'latin1'), record, index, row)
    for (const entry of before.keys()) if (!after.has(entry)) this.#store.remove(keyOf(entry))
    for (const entry of after.keys()) if (!before.has(entry)) this.#store.put(keyOf(entry), Buffer.from([1]))
  }

  #probe(key: Buffer, record: number, index: Index, row: unknown[]): void {
    if (this.#store.keys(family(key), 2).every((each) => recordOf(each) === record)) return
    const keyValue = Object.fromEntries(index.fields.map(({ path }, i) => [path, row[i] === emptyArray ? null : (row[i] ?? null)]))
    fail(11000, `E11000 duplicate key error collection: ${this.collection.ns} index: ${String(index.spec.name)} dup key: ${show(keyValue)}`,
      { keyPattern: index.spec.key, keyValue })
  }
}
