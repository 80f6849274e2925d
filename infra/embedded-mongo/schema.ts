// Commands about collections, indexes and databases.
import { Long } from 'bson'
import type { Collection, Index } from './catalog.ts'
import { fail, notSupported } from './errors.ts'
import { identity } from './keys.ts'
import { compileFilter } from './matcher.ts'
import { cursorReply } from './reads.ts'
import { Records } from './records.ts'
import type { Command, Context } from './command.ts'
import { prefixOf } from './store.ts'
import { type Doc, encode, truthy } from './values.ts'

/** Whether an index is already there; one that is almost the same is an error. */
function isThere({ indexes }: Collection, { spec, unique }: Index): boolean {
  const keyOf = (each: Doc) => identity([each.key, each.partialFilterExpression])
  const alike = indexes.find((each) => keyOf(each.spec) === keyOf(spec))
  const namesake = indexes.find((each) => each.spec.name === spec.name)
  if (namesake && (namesake !== alike || alike.unique !== unique))
    fail(86, `An existing index has the same name as the requested index but another specification: ${String(spec.name)}`)
  if (alike && (!namesake || identity(alike.spec.expireAfterSeconds) !== identity(spec.expireAfterSeconds)))
    fail(85, `An equivalent index already exists with a different name or different options: ${String(alike.spec.name)}`)
  return alike !== undefined
}

function createIndexes({ indexes: specs }: Doc, { store, catalog, ns }: Context): Promise<Doc> {
  if (!Array.isArray(specs) || specs.length === 0) return fail(2, 'Must specify at least one index to create')
  return store.write(() => {
    const found = catalog.find(ns)
    const records = new Records(store, catalog, found ?? catalog.create(ns))
    const numIndexesBefore = records.collection.indexes.length
    for (const index of (specs as Doc[]).map((spec) => catalog.newIndex(spec))) if (!isThere(records.collection, index)) records.build(index)
    records.close()
    return { numIndexesBefore, numIndexesAfter: records.collection.indexes.length, createdCollectionAutomatically: !found }
  })
}

function dropIndexes({ index: wanted }: Doc, { store, catalog, ns }: Context): Promise<Doc> {
  if (typeof wanted !== 'string' || wanted === '*') return notSupported('dropIndexes of other than one name')
  return store.write(() => {
    const collection = catalog.find(ns) ?? fail(26, `ns not found ${ns}`)
    const { id } = collection.indexes.find(({ spec }) => spec.name === wanted) ?? fail(27, `index not found with name [${wanted}]`)
    if (wanted === '_id_') fail(72, 'cannot drop _id index')
    catalog.clear(prefixOf(2, id))
    catalog.save({ ...collection, indexes: collection.indexes.filter((each) => each.id !== id) })
    return { nIndexesWas: collection.indexes.length }
  })
}

function listIndexes(_: Doc, { catalog, ns }: Context): Uint8Array {
  const { indexes } = catalog.find(ns) ?? fail(26, `ns does not exist: ${ns}`)
  return cursorReply(ns, Long.ZERO, 'firstBatch', indexes.map(({ spec }) => encode(spec)))
}

function listCollections({ filter = {}, nameOnly }: Doc, { catalog, database, now }: Context): Uint8Array {
  const more = truthy(nameOnly) ? {} : { options: {}, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } }
  const entries = catalog.namespaces(`${database}.`).map((ns) => ({ name: ns.slice(database.length + 1), type: 'collection', ...more }))
  const listed = entries.filter(compileFilter(filter as Doc, now).test)
  return cursorReply(`${database}.$cmd.listCollections`, Long.ZERO, 'firstBatch', listed.map(encode))
}

function drop({ store, catalog }: Context, namespaces: string[]): Promise<Doc> {
  return store.write(() => {
    for (const collection of namespaces.map((ns) => catalog.find(ns))) if (collection) catalog.drop(collection)
    return {}
  })
}

export const schemaCommands: Record<string, Command> = {
  createIndexes: { fields: 'indexes', run: createIndexes },
  dropIndexes: { fields: 'index', run: dropIndexes },
  listIndexes: { fields: 'cursor', run: listIndexes },
  listCollections: { fields: 'filter nameOnly cursor authorizedCollections', run: listCollections },
  drop: { fields: '', run: (_, context) => drop(context, [context.ns]) },
  dropDatabase: { fields: '', run: (_, context) => drop(context, context.catalog.namespaces(`${context.database}.`)) },
}
