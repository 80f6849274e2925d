// Collections and their indexes. The store is the truth; what was parsed from it is kept as long as its bytes stay the same.
import { Int32 } from 'bson'
import { fail, notSupported } from './errors.ts'
import { family } from './keys.ts'
import { compileFilter, type Filter } from './matcher.ts'
import { bytesOf, prefixOf, type Store, systemKey } from './store.ts'
import { decode, type Doc, encode, isDoc, numberOr, show, truthy } from './values.ts'

/** A field of an index or of a sort order. */
export interface OrderField { path: string; descending: boolean }

export interface Index {
  id: number
  /** What createIndexes was given. */
  spec: Doc
  fields: OrderField[]
  unique: boolean
  /** Of a partial index. */
  filter: Filter | undefined
  /** Whether any document ever had an array there. */
  multikey: boolean
}

export interface Collection { ns: string; id: number; indexes: Index[] }

const namespaceKey = (ns: string) => systemKey('C', Buffer.from(ns))

export class Catalog {
  readonly #store: Store
  readonly #parsed = new Map<string, { bytes: Buffer; collection: Collection }>()

  constructor(store: Store) { this.#store = store }

  find(ns: string): Collection | undefined {
    const bytes = this.#store.get(namespaceKey(ns))
    if (!bytes) return undefined
    const known = this.#parsed.get(ns)
    if (known?.bytes.equals(bytes)) return known.collection
    const { id, indexes } = decode(bytes) as { id: Int32; indexes: { id: Int32; spec: Doc; multikey: boolean }[] }
    const collection = { ns, id: id.value, indexes: indexes.map((each) => ({ ...parseIndex(each.spec), ...each, id: each.id.value })) }
    this.#parsed.set(ns, { bytes, collection })
    return collection
  }

  /** Inside a write job, as all that follows. */
  save({ ns, id, indexes }: Collection): void {
    this.#store.put(namespaceKey(ns), encode({ id, indexes: indexes.map((each) => ({ id: each.id, spec: each.spec, multikey: each.multikey })) }))
  }

  create(ns: string): Collection {
    if (/^[^.]*\.(\.|$)|[$\0]/.test(ns) || Buffer.byteLength(ns) > 255) fail(73, `Invalid namespace specified '${ns}'`)
    const collection = { ns, id: this.#nextId(), indexes: [this.newIndex({ key: { _id: new Int32(1) }, name: '_id_' })] }
    this.save(collection)
    return collection
  }

  newIndex(spec: Doc): Index {
    return { ...parseIndex(spec), id: this.#nextId() }
  }

  drop({ ns, id, indexes }: Collection): void {
    for (const key of [namespaceKey(ns), systemKey('N', bytesOf(id, 4))]) this.#store.remove(key)
    for (const prefix of [prefixOf(1, id), ...indexes.map((index) => prefixOf(2, index.id))]) this.clear(prefix)
  }

  /** Removes everything that begins with a prefix. */
  clear(prefix: Buffer): void {
    for (const key of this.#store.keys(family(prefix))) this.#store.remove(key)
  }

  /** Namespaces that begin with `prefix`, in order. */
  namespaces(prefix = ''): string[] {
    return this.#store.keys(family(namespaceKey(prefix))).map((key) => key.toString('utf8', 2))
  }

  #nextId(): number {
    const id = (this.#store.get(systemKey('I'))?.readUInt32BE() ?? 0) + 1
    this.#store.put(systemKey('I'), bytesOf(id, 4))
    return id
  }
}

/** An order by what is at a position in an array is left out: where arrays lie inside of arrays it is a science of its own. */
export const notPosition = (path: string): string => (/(^|\.)\d+(\.|$)/.test(path) ? notSupported('an order by a position in an array') : path)

const options = ['v', 'key', 'name', 'unique', 'partialFilterExpression', 'expireAfterSeconds', 'background']
function parseField([path, direction]: [string, unknown]): OrderField {
  if (typeof direction === 'string') fail(67, `Unknown index plugin '${direction}'`)
  if (!numberOr(direction, 0) || /^$|^\.|\.\.|\.$|(^|\.)\$/.test(path)) fail(67, `Bad index key pattern: ${path || 'an empty field name'}`)
  return { path: notPosition(path), descending: numberOr(direction, 1) < 0 }
}

/** Checks an index specification as createIndexes gives it. */
function parseIndex(source: Doc): Index {
  const { key, v = new Int32(2), unique, partialFilterExpression: partial, expireAfterSeconds: seconds } = source
  for (const name of Object.keys(source))
    if (!options.includes(name)) fail(197, `The field '${name}' is not valid for an index specification. Specification: ${show(source)}`)
  if (!isDoc(key) || Object.keys(key).length === 0) return fail(67, 'Index keys cannot be empty.')
  const fields = Object.entries(key).map(parseField)
  if (seconds !== undefined && (fields.length > 1 || fields[0]!.path === '_id' || numberOr(seconds, -1) < 0))
    fail(67, `TTL indexes have one field and an expireAfterSeconds of 0 or more. Index spec: ${show(source)}`)
  const filter = partial === undefined ? undefined : compileFilter(partial as Doc, new Date(0))
  if (filter?.terms.some(({ operator }) => !['$eq', '$gt', '$gte', '$lt', '$lte'].includes(operator)))
    fail(67, `Expression not supported in partial index: ${show(partial)}`)
  const name = (source.name ?? fields.map((each) => `${each.path}_${each.descending ? -1 : 1}`).join('_')) as string
  const spec = { v, key, name, unique: truthy(unique) || undefined, partialFilterExpression: partial, expireAfterSeconds: seconds }
  return { id: 0, spec, fields, unique: name === '_id_' || truthy(unique), filter, multikey: false }
}
