// Collections and their indexes. The store is the truth; what was parsed from it is kept as long as its bytes stay the same.
import { Int32 } from 'bson'
import { fail, notSupported } from './errors.ts'
import { newScope } from './expressions.ts'
import { compileFilter, type Filter } from './matcher.ts'
import { prefixOf, type Store, systemKey, u32 } from './store.ts'
import { decode, type Doc, encode, isDoc, numberOr, show, truthy } from './values.ts'

export interface IndexField {
  path: string
  parts: string[]
  descending: boolean
}

export interface Index {
  id: number
  name: string
  fields: IndexField[]
  unique: boolean
  expireAfterSeconds: number | undefined
  /** Filter of a partial index. */
  filter: Filter | undefined
  /** Top-level fields that the index depends on. */
  roots: Set<string>
  /** What createIndexes was given, in listIndexes' form. */
  spec: Doc
  /** Per field whether an array was ever met there. Never taken back. */
  multikey: boolean[]
  /** Some key was cut: the index knows equality but not order. */
  truncated: boolean
}

export interface Collection {
  ns: string
  id: number
  indexes: Index[]
}

const namespaceKey = (ns: string) => systemKey('C', Buffer.from(ns))

export class Catalog {
  readonly #store: Store
  readonly #parsed = new Map<string, { bytes: Buffer; collection: Collection }>()

  constructor(store: Store) {
    this.#store = store
  }

  find(ns: string): Collection | undefined {
    const bytes = this.#store.get(namespaceKey(ns))
    if (!bytes) return undefined
    const known = this.#parsed.get(ns)
    if (known?.bytes.equals(bytes)) return known.collection
    const { id, indexes } = decode(bytes) as { id: Int32; indexes: { id: Int32; spec: Doc; multikey: boolean[]; truncated: boolean }[] }
    const collection = { ns, id: id.value, indexes: indexes.map((each) => ({ ...parseIndex(each.spec), ...each, id: each.id.value })) }
    this.#parsed.set(ns, { bytes, collection })
    return collection
  }

  /** Inside a write job, as all that follows. */
  save({ ns, id, indexes }: Collection): void {
    const entries = indexes.map((each) => ({ id: each.id, spec: each.spec, multikey: each.multikey, truncated: each.truncated }))
    this.#store.put(namespaceKey(ns), encode({ id, indexes: entries }))
  }

  create(ns: string): Collection {
    const name = ns.slice(ns.indexOf('.') + 1)
    if (name.startsWith('.') || /[$\0]/.test(name) || Buffer.byteLength(ns) > 255) fail(73, `Invalid namespace specified '${ns}'`)
    const collection = { ns, id: this.#nextId(), indexes: [this.newIndex({ key: { _id: new Int32(1) }, name: '_id_' })] }
    this.save(collection)
    return collection
  }

  newIndex(spec: Doc): Index {
    return { ...parseIndex(spec), id: this.#nextId() }
  }

  drop({ ns, id, indexes }: Collection): void {
    this.#store.remove(namespaceKey(ns))
    this.#store.remove(systemKey('N', u32(id)))
    this.discard([prefixOf(1, id), ...indexes.map((index) => prefixOf(2, index.id))])
  }

  /** Leaves keys to be removed later, in small commits. */
  discard(prefixes: readonly Buffer[]): void {
    for (const prefix of prefixes) this.#store.put(systemKey('G', prefix), Buffer.from([1]))
  }

  /** Namespaces that begin with `prefix`, in order. */
  namespaces(prefix = ''): string[] {
    const from = namespaceKey(prefix)
    return this.#store.keys({ from, to: Buffer.concat([from, Buffer.from([0xff])]) }).map((key) => key.toString('utf8', 2))
  }

  #nextId(): number {
    const id = (this.#store.get(systemKey('I'))?.readUInt32BE() ?? 0) + 1
    this.#store.put(systemKey('I'), u32(id))
    return id
  }
}

const options = ['v', 'key', 'name', 'unique', 'partialFilterExpression', 'expireAfterSeconds', 'background']

function parseField(path: string, direction: unknown): IndexField {
  const parts = path.split('.')
  if (typeof direction === 'string') fail(67, `Unknown index plugin '${direction}'`)
  if (path.includes('$**')) fail(67, "Unknown index plugin 'wildcard'")
  if (!numberOr(direction, 0) || parts.some((part) => part === '' || part.startsWith('$')))
    fail(67, `Bad index key pattern: ${path || 'an empty field name'}`)
  if (parts.some((part) => /^\d+$/.test(part))) notSupported(`an index on a position in an array (${path})`)
  return { path, parts, descending: numberOr(direction, 1) < 0 }
}

/** Checks an index specification as createIndexes gives it. */
function parseIndex(source: Doc): Index {
  const { key, v = new Int32(2), unique, partialFilterExpression: partial, expireAfterSeconds: seconds } = source
  for (const name of Object.keys(source))
    if (!options.includes(name)) fail(197, `The field '${name}' is not valid for an index specification. Specification: ${show(source)}`)
  if (!isDoc(key) || Object.keys(key).length === 0) return fail(67, 'Index keys cannot be empty.')
  const fields = Object.entries(key).map(([path, direction]) => parseField(path, direction))
  if (fields.length > 32) fail(67, `Index key pattern has ${fields.length} fields, at most 32 are allowed`)
  if (seconds !== undefined && (fields.length > 1 || fields[0]!.path === '_id' || numberOr(seconds, -1) < 0))
    fail(67, `TTL indexes have one field and an expireAfterSeconds of 0 or more. Index spec: ${show(source)}`)
  const name = (source.name ?? fields.map((each) => `${each.path}_${each.descending ? -1 : 1}`).join('_')) as string
  const roots = new Set(fields.map((each) => each.parts[0]!))
  const filter = partial === undefined ? undefined : parsePartial(partial, roots)
  const spec = {
    v, key, name, ...(truthy(unique) && { unique: true }), ...(filter && { partialFilterExpression: partial }),
    ...(seconds !== undefined && { expireAfterSeconds: seconds }),
  }
  return {
    id: 0, name, fields, filter, roots, spec, unique: name === '_id_' || truthy(unique),
    expireAfterSeconds: seconds === undefined ? undefined : numberOr(seconds, 0), multikey: fields.map(() => false), truncated: false,
  }
}

function parsePartial(partial: unknown, roots: Set<string>): Filter {
  if (!isDoc(partial)) return fail(14, "'partialFilterExpression' has to be a document")
  const filter = compileFilter(partial, { ...newScope(new Date(0)), roots })
  const usable = filter.facts.filter(({ operator, kind }) => ['$eq', '$gt', '$gte', '$lt', '$lte'].includes(operator) || kind === 'present')
  return usable.length === filter.conjuncts ? filter : fail(67, `Expression not supported in partial index: ${show(partial)}`)
}
