// Commands about collections, indexes and databases.
import { Long } from 'bson'
import type { Collection, Index } from './catalog.ts'
import { type Command, type Context, namespace } from './command.ts'
import { cursorReply } from './cursors.ts'
import { fail } from './errors.ts'
import { newScope } from './expressions.ts'
import { identity } from './keys.ts'
import { compileFilter } from './matcher.ts'
import { choosePlan } from './planner.ts'
import { Records } from './records.ts'
import { Pace, scan } from './scan.ts'
import { prefixOf } from './store.ts'
import { type Doc, encode, isDoc, truthy } from './values.ts'

/** Whether an index is already there; one that is almost the same is an error. */
function isThere({ indexes }: Collection, { name, spec, unique, expireAfterSeconds }: Index): boolean {
  const keyOf = (each: Doc) => identity([each.key, each.partialFilterExpression])
  const alike = indexes.find((each) => keyOf(each.spec) === keyOf(spec))
  const namesake = indexes.find((each) => each.name === name)
  if (namesake && (namesake !== alike || alike.unique !== unique))
    fail(86, `An existing index has the same name as the requested index but another specification: ${name}`)
  if (alike && (!namesake || alike.expireAfterSeconds !== expireAfterSeconds))
    fail(85, `An equivalent index already exists with a different name or different options: ${alike.name}`)
  return alike !== undefined
}

function createIndexes(command: Doc, { store, catalog, database }: Context): Promise<Doc> {
  const ns = namespace(database, command.createIndexes)
  const specs = command.indexes as Doc[]
  if (!Array.isArray(specs) || specs.length === 0) fail(2, 'Must specify at least one index to create')
  return store.write(() => {
    const found = catalog.find(ns)
    const records = new Records(store, catalog, found ?? catalog.create(ns))
    const all = compileFilter({}, newScope(new Date(0)))
    const numIndexesBefore = records.collection.indexes.length
    for (const spec of specs) {
      const index = catalog.newIndex(spec)
      if (isThere(records.collection, index)) continue
      if (records.collection.indexes.length >= 64) fail(67, `add index fails, too many indexes for ${ns}`)
      const hits = [...scan(store, choosePlan(records.collection, all, []), all, new Pace())]
      records.build(index, hits.filter((hit) => hit !== undefined))
    }
    records.close()
    const numIndexesAfter = records.collection.indexes.length
    const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {}
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: !found, ...note }
  })
}

function dropIndexes(command: Doc, { store, catalog, database }: Context): Promise<Doc> {
  const ns = namespace(database, command.dropIndexes)
  const { index: wanted } = command
  return store.write(() => {
    const collection = catalog.find(ns) ?? fail(26, `ns not found ${ns}`)
    const dropped = collection.indexes.filter(({ name, spec }) =>
      (wanted === '*' ? name !== '_id_' : isDoc(wanted) ? identity(spec.key) === identity(wanted) : name === wanted))
    if (dropped.some(({ name }) => name === '_id_')) fail(72, 'cannot drop _id index')
    if (dropped.length === 0 && wanted !== '*') fail(27, `index not found with name [${String(wanted)}]`)
    catalog.discard(dropped.map(({ id }) => prefixOf(2, id)))
    catalog.save({ ...collection, indexes: collection.indexes.filter((each) => !dropped.includes(each)) })
    return { nIndexesWas: collection.indexes.length }
  })
}

function listIndexes(command: Doc, { catalog, database }: Context): Uint8Array {
  const ns = namespace(database, command.listIndexes)
  const { indexes } = catalog.find(ns) ?? fail(26, `ns does not exist: ${ns}`)
  return cursorReply(ns, Long.ZERO, 'firstBatch', indexes.map(({ spec }) => encode(spec)))
}

/** The entries that a listing's filter lets through. */
function listed(entries: Doc[], { filter }: Doc, now: Date): Doc[] {
  return entries.filter(compileFilter(isDoc(filter) ? filter : {}, newScope(now)).test)
}

function listCollections(command: Doc, { catalog, database, now }: Context): Uint8Array {
  const more = { options: {}, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } }
  const entries = catalog.namespaces(`${database}.`).map((ns) =>
    ({ name: ns.slice(database.length + 1), type: 'collection', ...(truthy(command.nameOnly) ? {} : more) }))
  return cursorReply(`${database}.$cmd.listCollections`, Long.ZERO, 'firstBatch', listed(entries, command, now()).map(encode))
}

function listDatabases(command: Doc, { catalog, now }: Context): Doc {
  const names = [...new Set(catalog.namespaces().map((ns) => ns.slice(0, ns.indexOf('.'))))]
  const sizes = truthy(command.nameOnly) ? {} : { sizeOnDisk: 0, empty: false }
  return { databases: listed(names.map((name) => ({ name, ...sizes })), command, now()), totalSize: 0 }
}

function create(command: Doc, { store, catalog, database }: Context): Promise<Doc> {
  const ns = namespace(database, command.create)
  return store.write(() => {
    if (catalog.find(ns)) fail(48, `Collection ${ns} already exists.`)
    catalog.create(ns)
    return {}
  })
}

function drop(namespaces: (context: Context) => string[]) {
  return (context: Context): Promise<Doc> => context.store.write(() => {
    for (const ns of namespaces(context)) {
      const collection = context.catalog.find(ns)
      if (collection) context.catalog.drop(collection)
    }
    return {}
  })
}

export const schemaCommands: Record<string, Command> = {
  createIndexes: { fields: 'indexes commitQuorum', run: createIndexes },
  dropIndexes: { fields: 'index', run: dropIndexes },
  listIndexes: { fields: 'cursor', run: listIndexes },
  listCollections: { fields: 'filter nameOnly cursor authorizedCollections', run: listCollections },
  listDatabases: { fields: 'filter nameOnly authorizedDatabases', run: listDatabases },
  create: { fields: '', run: create },
  drop: { fields: '', run: (command, context) => drop(() => [namespace(context.database, command.drop)])(context) },
  dropDatabase: { fields: '', run: (_, context) => drop(({ catalog, database }) => catalog.namespaces(`${database}.`))(context) },
}
