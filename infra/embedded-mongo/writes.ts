// Commands that write documents. Each runs to its end inside one write job, so that no other comes between.
import { ObjectId } from 'bson'
import { checkFields, describeError, fail, notSupported } from './errors.ts'
import { choosePlan, type Hit } from './planner.ts'
import { hitsOf, parseQuery, type Query } from './reads.ts'
import { Records } from './records.ts'
import type { Command, Context } from './command.ts'
import { compileUpdate, isReplacement, upsertDocument } from './update.ts'
import { type Doc, encode, numberOr, truthy, typeOf } from './values.ts'

/** Runs one job on a collection; without the collection there are no records, unless it is to be created. */
function write<T>({ store, catalog, ns }: Context, create: boolean, run: (records?: Records) => T): Promise<T> {
  return store.write(() => {
    const found = catalog.find(ns) ?? (create ? catalog.create(ns) : undefined)
    const records = found && new Records(store, catalog, found)
    const result = run(records)
    records?.close()
    return result
  })
}

type Run = (statement: Doc, records: Records | undefined, index: number) => number
/** Runs the statements of a command, each giving the number of documents it was about; an error ends it, unless the command is unordered. */
function statements({ ordered }: Doc, list: unknown, context: Context, create: boolean, run: Run): Promise<Doc> {
  if (!Array.isArray(list)) return fail(40414, 'BSON field with the statements is missing but a required field')
  return write(context, create, (records) => {
    let n = 0
    const writeErrors: Doc[] = []
    for (const [index, statement] of (list as Doc[]).entries()) {
      try {
        n += run(statement, records, index)
      } catch (error) {
        writeErrors.push({ index, ...describeError(error) })
        if (ordered !== false) break
      }
    }
    return { n, writeErrors: writeErrors.length > 0 ? writeErrors : undefined }
  })
}

function insertInto(records: Records, doc: Doc): number {
  if (['undefined', 'array', 'BSONRegExp'].includes(typeOf(doc._id))) fail(53, `The '_id' value cannot be of type ${typeOf(doc._id)}`)
  records.insert(doc)
  return 1
}

const insert = (command: Doc, context: Context): Promise<Doc> =>
  statements(command, command.documents, context, true, ({ _id = new ObjectId(), ...rest }, records) => insertInto(records!, { _id, ...rest }))

/** All hits of a query, taken before any of them is changed, so that none is met twice. */
function hitsBefore({ store }: Context, records: Records | undefined, query: Query): Hit[] {
  if (!records) return []
  return [...hitsOf(store, choosePlan(records.collection, query.filter, query.sort, query.hint), query)].filter((hit) => hit !== undefined)
}

/** Updates what a query finds, or inserts a document if it finds none and `upsert` says so. */
function change(context: Context, records: Records | undefined, query: Query, spec: unknown, upsert: boolean) {
  const update = compileUpdate(spec, context.now)
  if (upsert && query.filter.terms.some(({ fields }) => !fields)) fail(224, '$expr is not allowed in the query predicate for an upsert')
  const found = hitsBefore(context, records, query).map(({ record, raw, doc: before }) => {
    const after = update(before, false)
    const modified = !encode(after).equals(raw)
    if (modified) records!.replace(record, before, after)
    return { before, after, modified }
  })
  if (found.length > 0 || !upsert) return { found, inserted: undefined }
  const inserted = upsertDocument(query.filter, update, isReplacement(spec))
  insertInto(records!, inserted)
  return { found, inserted }
}

async function update(command: Doc, context: Context): Promise<Doc> {
  let nModified = 0
  const upserted: Doc[] = []
  const create = (command.updates as Doc[]).some((each) => truthy(each.upsert))
  const reply = await statements(command, command.updates, context, create, (statement, records, index) => {
    const { q, u, multi, upsert, hint } = statement
    checkFields('update.updates', statement, 'q u multi upsert hint')
    if (truthy(multi) && isReplacement(u)) fail(9, 'multi update is not supported for replacement-style update')
    const query = { ...parseQuery({ hint }, q, context.now), limit: truthy(multi) ? 0 : 1 }
    const { found, inserted } = change(context, records, query, u, truthy(upsert))
    if (inserted) upserted.push({ index, _id: inserted._id })
    nModified += found.filter(({ modified }) => modified).length
    return found.length + (inserted ? 1 : 0)
  })
  return { ...reply, nModified, upserted: upserted.length > 0 ? upserted : undefined }
}

function remove(command: Doc, context: Context): Promise<Doc> {
  return statements(command, command.deletes, context, false, (statement, records) => {
    checkFields('delete.deletes', statement, 'q limit hint')
    const limit = numberOr(statement.limit, -1)
    if (limit !== 0 && limit !== 1) fail(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`)
    const hits = hitsBefore(context, records, parseQuery(statement, statement.q, context.now))
    for (const { record, doc } of hits) records!.replace(record, doc, undefined)
    return hits.length
  })
}

function findAndModify({ query, sort, update: spec, upsert, new: returnNew }: Doc, context: Context): Promise<Doc> {
  if (spec === undefined) return notSupported('findAndModify without an update')
  const wanted = { ...parseQuery({ sort }, query, context.now), limit: 1 }
  return write(context, truthy(upsert), (records) => {
    const { found: [hit], inserted } = change(context, records, wanted, spec, truthy(upsert))
    const value = (truthy(returnNew) ? (hit?.after ?? inserted) : hit?.before) ?? null
    return { lastErrorObject: { n: hit || inserted ? 1 : 0, updatedExisting: hit !== undefined, upserted: inserted?._id }, value }
  })
}

export const writeCommands: Record<string, Command> = {
  insert: { fields: 'documents ordered', run: insert },
  update: { fields: 'updates ordered', run: update },
  delete: { fields: 'deletes ordered', run: remove },
  findAndModify: { fields: 'query sort update new upsert remove', run: findAndModify },
}
