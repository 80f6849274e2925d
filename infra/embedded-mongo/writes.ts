// Commands that write documents. Each runs to its end inside one write job, so that no other comes between.
import { ObjectId } from 'bson'
import { checkFields, type Command, type Context, namespace } from './command.ts'
import { asMongoError, fail } from './errors.ts'
import { newScope } from './expressions.ts'
import { choosePlan } from './planner.ts'
import { hitsOf, parseProjection, parseQuery, type Query } from './reads.ts'
import { Records } from './records.ts'
import type { Hit } from './scan.ts'
import { compileUpdate, isReplacement, type Update, upsertDocument } from './update.ts'
import { decode, type Doc, element, elementsOf, encode, numberOr, pick, truthy, typeName, wrap } from './values.ts'

/** Runs one job on a collection; without the collection there are no records, unless it is to be created. */
function write<T>({ store, catalog, database }: Context, collection: unknown, create: boolean, bytes: number, run: (records?: Records) => T): Promise<T> {
  const ns = namespace(database, collection)
  return store.write(() => {
    const found = catalog.find(ns) ?? (create ? catalog.create(ns) : undefined)
    const records = found && new Records(store, catalog, found)
    const result = run(records)
    records?.close()
    return result
  }, bytes)
}

/** Runs the statements of a command; an error ends it, unless the command is unordered. */
function statements<T>(command: Doc, list: readonly T[], run: (statement: T, index: number) => void): { writeErrors?: Doc[] } {
  const writeErrors: Doc[] = []
  for (const [index, statement] of list.entries()) {
    try {
      run(statement, index)
    } catch (thrown) {
      const error = asMongoError(thrown)
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details })
      if (command.ordered !== false) break
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {}
}

function listOf(command: Doc, name: string): unknown[] {
  const list = command[name]
  if (!Array.isArray(list)) return fail(40414, `BSON field '${name}' is missing but a required field`)
  return list.length > 0 && list.length <= 100_000 ? list : fail(16, `Write batch sizes must be between 1 and 100000. Got ${list.length} operations.`)
}

/** A document as it is stored: with an `_id`, and with that in front. */
function storable(raw: Buffer): Buffer {
  const elements = elementsOf(raw)
  const id = elements.find(({ name }) => name === '_id')
  if (!id) return wrap([element(7, '_id', new ObjectId().id), raw.subarray(4, -1)])
  checkId(decode(pick(raw, new Set(['_id'])))._id)
  return elements[0] === id ? raw : wrap([id, ...elements.filter((each) => each !== id)].map(({ bytes }) => bytes))
}

function checkId(id: unknown): void {
  if (id === undefined || ['array', 'regex'].includes(typeName(id))) fail(53, `The '_id' value cannot be of type ${typeName(id)}`)
}

function insert(command: Doc, context: Context): Promise<Doc> {
  const documents = listOf(command, 'documents') as Buffer[]
  return write(context, command.insert, true, documents.reduce((sum, each) => sum + each.length, 0), (records) => {
    let n = 0
    const errors = statements(command, documents, (raw) => {
      records!.insert(storable(raw))
      n++
    })
    return { n, ...errors }
  })
}

/** All hits of a query, taken before any of them is changed, so that none is met twice. */
function hitsBefore(context: Context, records: Records | undefined, query: Query): Hit[] {
  if (!records) return []
  const plan = choosePlan(records.collection, query.filter, query.sort, query.hint)
  return [...hitsOf(context, plan, query)].filter((hit) => hit !== undefined)
}

function modify(records: Records, { record, raw }: Hit, update: Update): { doc: Doc; modified: boolean } {
  const doc = update(decode(raw), false)
  const after = encode(doc)
  const modified = !after.equals(raw)
  if (modified) records.replace(record, raw, after)
  return { doc, modified }
}

function upsert(records: Records, query: Query, update: Update, replacement: boolean): Doc {
  const doc = upsertDocument(query.filter, update, replacement)
  checkId(doc._id)
  records.insert(encode(doc))
  return doc
}

function update(command: Doc, context: Context): Promise<Doc> {
  const updates = listOf(command, 'updates') as Doc[]
  const now = context.now()
  return write(context, command.update, updates.some((each) => truthy(each.upsert)), 0, (records) => {
    let [n, nModified] = [0, 0]
    const upserted: Doc[] = []
    const errors = statements(command, updates, (statement, index) => {
      checkFields('update.updates', statement, 'q u multi upsert hint')
      const multi = truthy(statement.multi)
      const query = { ...parseQuery({ hint: statement.hint }, statement.q, newScope(now)), limit: multi ? 0 : 1 }
      const change = compileUpdate(statement.u, newScope(now))
      if (multi && isReplacement(statement.u)) fail(9, 'multi update is not supported for replacement-style update')
      const hits = hitsBefore(context, records, query)
      for (const hit of hits) {
        if (modify(records!, hit, change).modified) nModified++
        n++
      }
      if (hits.length > 0 || !truthy(statement.upsert)) return
      upserted.push({ index, _id: upsert(records!, query, change, isReplacement(statement.u))._id })
      n++
    })
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors }
  })
}

function remove(command: Doc, context: Context): Promise<Doc> {
  const deletes = listOf(command, 'deletes') as Doc[]
  const now = context.now()
  return write(context, command.delete, false, 0, (records) => {
    let n = 0
    const errors = statements(command, deletes, (statement) => {
      checkFields('delete.deletes', statement, 'q limit hint')
      const limit = numberOr(statement.limit, -1)
      if (limit !== 0 && limit !== 1) fail(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`)
      for (const { record, raw } of hitsBefore(context, records, parseQuery({ ...statement }, statement.q, newScope(now)))) {
        records!.remove(record, raw)
        n++
      }
    })
    return { n, ...errors }
  })
}

function findAndModify(command: Doc, context: Context): Promise<Doc> {
  const [removing, returnNew, upserting] = [command.remove, command.new, command.upsert].map(truthy) as [boolean, boolean, boolean]
  if (removing && (command.update !== undefined || returnNew || upserting)) fail(9, 'remove cannot be combined with update, new or upsert')
  if (!removing && command.update === undefined) fail(9, 'Either an update or remove=true must be specified')
  const now = context.now()
  const query = { ...parseQuery({ sort: command.sort, hint: command.hint }, command.query, newScope(now)), limit: 1 }
  const change = removing ? undefined : compileUpdate(command.update, newScope(now))
  const projection = parseProjection(command.fields, now)
  const reply = (lastErrorObject: Doc, doc?: Doc) => ({ lastErrorObject, value: doc ? (projection?.apply(doc) ?? doc) : null })
  return write(context, command.findAndModify ?? command.findandmodify, upserting, 0, (records) => {
    const [hit] = hitsBefore(context, records, query)
    if (hit && change) {
      const { doc } = modify(records!, hit, change)
      return reply({ n: 1, updatedExisting: true }, returnNew ? doc : decode(hit.raw))
    }
    if (hit) records!.remove(hit.record, hit.raw)
    if (!change) return reply({ n: hit ? 1 : 0 }, hit && decode(hit.raw))
    if (!upserting) return reply({ n: 0, updatedExisting: false })
    const doc = upsert(records!, query, change, isReplacement(command.update))
    return reply({ n: 1, updatedExisting: false, upserted: doc._id }, returnNew ? doc : undefined)
  })
}

const findAndModifyFields = 'query sort remove update new upsert fields hint'

export const writeCommands: Record<string, Command> = {
  insert: { fields: 'documents ordered', run: insert },
  update: { fields: 'updates ordered', run: update },
  delete: { fields: 'deletes ordered', run: remove },
  findAndModify: { fields: findAndModifyFields, run: findAndModify },
  findandmodify: { fields: findAndModifyFields, run: findAndModify },
}
