// Commands that read: find, aggregate and their cursors, distinct, explain.
import { randomInt } from 'node:crypto'
import { Double, Long } from 'bson'
import type { Command, Context, Cursor } from './command.ts'
import { checkFields, fail, notSupported } from './errors.ts'
import { drive, type Flow, map, slice, sorted } from './flow.ts'
import { emptyArray, identity } from './keys.ts'
import { compileFilter } from './matcher.ts'
import { choosePlan, describe, type Hit, parseSort, type Plan, scan } from './planner.ts'
import { valuesAt } from './records.ts'
import { compileProjection, compileStages } from './stages.ts'
import type { Store } from './store.ts'
import { type Doc, encode, fieldDecoder, isDoc, maxDocumentBytes, numberOr, truthy, wrap } from './values.ts'

function whole(name: string, value: unknown, otherwise = 0): number {
  const number = numberOr(value, otherwise)
  return number >= 0 && Number.isInteger(number) ? number : fail(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`)
}

/** The query in the fields of a command. */
export function parseQuery({ sort, skip, limit, hint }: Doc, filter: unknown = {}, now: Date) {
  if (!isDoc(filter)) return fail(14, 'a filter has to be an object')
  return { filter: compileFilter(filter, now), sort: parseSort(sort), hint, skip: whole('skip', skip), limit: whole('limit', limit) }
}
export type Query = ReturnType<typeof parseQuery>

/** The documents of a query in its order. */
export function hitsOf(store: Store, plan: Plan, { filter, sort, skip, limit }: Query): Flow<Hit> {
  const found = scan(store, plan, filter)
  if (plan.sorted) return slice(found, skip, limit)
  const decodeKeys = fieldDecoder(sort.map(({ path }) => path.split('.')[0]!))
  return slice(sorted(found, ({ raw }) => decodeKeys(raw), sort, limit && skip + limit), skip, limit)
}

/** The documents of the command's collection; without the collection there are none. */
function open({ store, catalog, ns }: Context, query: Query): Flow<Hit> {
  const collection = catalog.find(ns)
  return collection ? hitsOf(store, choosePlan(collection, query.filter, query.sort, query.hint), query) : (function* (): Flow<never> {})()
}

const cursorOf = (ns: string, flow: Flow<Buffer>): Cursor => ({ id: Long.fromNumber(randomInt(1, 2 ** 48 - 1)), ns, flow })

/** Reads a batch and makes the reply; the cursor stays among the open ones unless it is exhausted or this is its last batch. */
async function read(cursor: Cursor, open: Map<string, Cursor>, name: string, batchSize: number, command: Doc, last = false): Promise<Buffer> {
  const documents: Buffer[] = []
  let bytes = 0
  const take = (document: Buffer) => {
    bytes += document.length
    // Two of the largest documents still fit into a message.
    return documents.push(document) < batchSize && bytes < maxDocumentBytes
  }
  open.delete(cursor.id.toString())
  const done = batchSize > 0 && await drive(cursor.flow, take, command)
  if (!done && !last) open.set(cursor.id.toString(), cursor)
  return cursorReply(cursor.ns, done || last ? Long.ZERO : cursor.id, name, documents)
}

/** One encoded element: type byte, name, bytes of the value. */
const element = (type: number, name: string, value: Uint8Array) => Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value])

/** The reply of a command that opens or reads a cursor, around documents that are already encoded. */
export function cursorReply(ns: string, id: Long, name: string, documents: readonly Uint8Array[]): Buffer {
  const batch = element(4, name, wrap(documents.map((document, i) => element(3, String(i), document))))
  return wrap([element(3, 'cursor', wrap([batch, encode({ id, ns }).subarray(4, -1)])), encode({ ok: new Double(1) }).subarray(4, -1)])
}

function find(command: Doc, context: Context): Promise<Buffer> {
  const { ns, cursors, now } = context
  const query = parseQuery(command, command.filter, now)
  const project = command.projection === undefined ? undefined : compileProjection(command.projection)
  const flow = map(open(context, query), (hit) => (project ? encode(project(hit.doc)) : hit.raw))
  const size = whole('batchSize', command.batchSize, 101)
  return read(cursorOf(ns, flow), cursors, 'firstBatch', size, command, truthy(command.singleBatch))
}

function aggregate(command: Doc, context: Context): Promise<Buffer> {
  const { ns, cursors, now } = context
  const { pipeline, cursor, hint } = command
  if (!Array.isArray(pipeline)) return fail(14, "'pipeline' has to be an array")
  if (!isDoc(cursor)) return fail(9, "The 'cursor' option is required, except for aggregate with the explain argument")
  const stages = compileStages(pipeline, now)
  // A match at the beginning can use an index, and is asked once more as a stage.
  const hits = open(context, parseQuery({ hint }, (pipeline[0] as Doc | undefined)?.$match, now))
  const flow = map(stages(map(hits, ({ doc }) => doc)), encode)
  return read(cursorOf(ns, flow), cursors, 'firstBatch', whole('batchSize', cursor.batchSize, 101), command)
}

function explain({ explain: inner, verbosity }: Doc, { database, catalog, now }: Context): Doc {
  if (!isDoc(inner) || !('find' in inner) || verbosity !== 'queryPlanner') return notSupported('explain of other than the plan of a find')
  checkFields('find', inner, findFields)
  const collection = catalog.find(`${database}.${String(inner.find)}`)
  const { filter, sort, hint } = parseQuery(inner, inner.filter, now)
  return { queryPlanner: { winningPlan: collection ? describe(choosePlan(collection, filter, sort, hint)) : { stage: 'EOF' } } }
}

async function distinct(command: Doc, context: Context): Promise<Doc> {
  const { key, query } = command
  if (typeof key !== 'string') return fail(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'")
  const values = new Map<string, unknown>()
  await drive(open(context, parseQuery({}, query, context.now)), ({ doc }) => {
    for (const value of valuesAt(doc, key.split('.'))) if (value !== undefined && value !== emptyArray) values.set(identity(value), value)
  }, command)
  return { values: [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value) }
}

function getMore(command: Doc, { database, cursors }: Context): Promise<Buffer> {
  const cursor = cursors.get(String(command.getMore))
  if (cursor?.ns !== `${database}.${String(command.collection)}`) return fail(43, `cursor id ${String(command.getMore)} not found`)
  return read(cursor, cursors, 'nextBatch', numberOr(command.batchSize, 0) || Infinity, command)
}

function killCursors(command: Doc, { cursors }: Context): Doc {
  const cursorsKilled = (command.cursors as Long[]).filter((id) => cursors.delete(id.toString()))
  const cursorsNotFound = (command.cursors as Long[]).filter((id) => !cursorsKilled.includes(id))
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] }
}

const findFields = 'filter sort skip limit batchSize singleBatch projection hint'

export const readCommands: Record<string, Command> = {
  find: { fields: findFields, run: find },
  aggregate: { fields: 'pipeline cursor hint', run: aggregate },
  getMore: { fields: 'collection batchSize', run: getMore },
  killCursors: { fields: 'cursors', run: killCursors },
  distinct: { fields: 'key query', run: distinct },
  explain: { fields: 'verbosity', run: explain },
}
