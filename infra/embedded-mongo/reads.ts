// Commands that read: find, getMore, aggregate, count, distinct, explain.
import { Long } from 'bson'
import type { Collection } from './catalog.ts'
import { checkFields, type Command, type Context, namespace, timeLimit } from './command.ts'
import { drive } from './cursors.ts'
import { fail, notSupported } from './errors.ts'
import { newScope, type Scope } from './expressions.ts'
import { emptyArray, identity } from './keys.ts'
import { compileFilter, type Filter } from './matcher.ts'
import { choosePlan, describe, parseSort, type Plan, type SortField } from './planner.ts'
import { compileProjection, type Projection } from './projection.ts'
import { rowsOf } from './records.ts'
import { type Flow, type Hit, map, Pace, recordsOf, scan, slice, sorted, sortKey } from './scan.ts'
import { compileStage, matchOf } from './stages.ts'
import { systemKey, u32 } from './store.ts'
import { decodeRoots, type Doc, encode, isDoc, numberOr, pick, truthy } from './values.ts'

export interface Query {
  filter: Filter
  sort: SortField[]
  skip: number
  limit: number
  hint: unknown
}

/** The documents of a query in its order. */
export function* hitsOf({ store }: Context, plan: Plan, { filter, sort, skip, limit }: Query, pace = new Pace()): Flow<Hit> {
  const found = scan(store, plan, filter, pace)
  const roots = new Set(sort.map((each) => each.parts[0]!))
  const ordered = plan.sorted ? found
    : sorted(found, ({ raw }) => sortKey(decodeRoots(raw, roots), sort), ({ raw }) => raw.length, limit && skip + limit)
  yield* skip || limit ? slice(ordered, skip, limit) : ordered
}

function whole(name: string, value: unknown): number {
  const number = numberOr(value, 0)
  return number >= 0 && Number.isInteger(number) ? number : fail(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`)
}

/** The query in the fields of a command. */
export function parseQuery({ sort, skip, limit, hint }: Doc, filter: unknown, scope: Scope): Query {
  if (filter !== undefined && !isDoc(filter)) return fail(14, 'a filter has to be an object')
  return { filter: compileFilter(filter ?? {}, scope), sort: parseSort(sort), hint, skip: whole('skip', skip), limit: whole('limit', limit) }
}

/** The projection that a command asks for, if it does. */
export function parseProjection(spec: unknown, now: Date): Projection | undefined {
  return isDoc(spec) && Object.keys(spec).length > 0 ? compileProjection(spec, newScope(now)) : undefined
}

/** A find or aggregate that is ready to be read. */
interface Reading {
  ns: string
  collection: Collection | undefined
  query: Query
  plan: Plan | undefined
  flow: Flow<Buffer>
  pace: Pace
}

function open(context: Context, name: unknown, query: Query, shape: (hits: Flow<Hit>, plan: Plan, pace: Pace) => Flow<Buffer>): Reading {
  const ns = namespace(context.database, name)
  const collection = context.catalog.find(ns)
  const plan = collection && choosePlan(collection, query.filter, query.sort, query.hint)
  const pace = new Pace()
  const nothing = function* (): Flow<never> {}
  // Without a collection the stages still run, on nothing.
  return { ns, collection, query, plan, pace, flow: shape(plan ? hitsOf(context, plan, query, pace) : nothing(), plan!, pace) }
}

function openFind(command: Doc, context: Context): Reading {
  const query = parseQuery(command, command.filter, newScope(context.now()))
  const projection = parseProjection(command.projection, context.now())
  return open(context, command.find, query, (hits) => map(hits, ({ raw }) => {
    if (!projection) return raw
    return projection.plain ? pick(raw, projection.roots!) : encode(projection.apply(decodeRoots(raw, projection.roots)))
  }))
}

function openAggregate(command: Doc, context: Context): Reading {
  if (!Array.isArray(command.pipeline)) return fail(14, "'pipeline' has to be an array")
  if (!isDoc(command.cursor)) fail(9, "The 'cursor' option is required, except for aggregate with the explain argument")
  const now = context.now()
  const pace = new Pace()
  const lookUp = (from: string, path: string, values: unknown[]) => lookUpIn(context, from, path, values, pace)
  // All stages are checked before any is handed to the planner.
  const stages = command.pipeline.map((source: Doc) => ({ source, ...compileStage(source, now, lookUp) }))
  const next = (name: string) => (stages[0] && name in stages[0].source ? stages.shift()!.source[name] : undefined)
  const matches: Doc[] = []
  for (let match = next('$match'); match !== undefined; match = next('$match')) matches.push(matchOf(match))
  const options = { sort: next('$sort'), skip: next('$skip'), limit: next('$limit'), hint: command.hint }
  const query = parseQuery(options, matches.length > 1 ? { $and: matches } : matches[0], newScope(now))
  return open(context, command.aggregate, query, (hits, plan) => {
    if (stages.length === 0) return map(hits, ({ raw }) => raw)
    const roots = stages[0]!.roots
    // When nothing of the documents is needed the keys are enough.
    const counting = plan?.covered && plan.sorted && roots?.size === 0
    const docs: Flow<Doc> = counting ? slice(map(recordsOf(context.store, plan, pace), () => ({})), query.skip, query.limit)
      : map(hits, ({ raw }) => decodeRoots(raw, roots))
    return map(stages.reduce((flow, stage) => stage.run(flow), docs), encode)
  })
}

function* lookUpIn(context: Context, from: string, path: string, values: unknown[], pace: Pace): Flow<Doc> {
  const collection = context.catalog.find(namespace(context.database, from))
  if (!collection) return
  const filter = compileFilter({ [path]: { $in: values } }, newScope(context.now()))
  yield* map(scan(context.store, choosePlan(collection, filter, []), filter, pace), ({ raw }) => decodeRoots(raw, undefined))
}

function firstBatch({ ns, collection, flow, query }: Reading, command: Doc, batchSize: unknown, { cursors }: Context): Promise<Buffer> {
  const cursor = cursors.create(ns, collection?.id, flow, 'find' in command ? query.limit : 0)
  const size = batchSize === undefined ? 101 : whole('batchSize', batchSize)
  return cursors.reply(cursor, 'firstBatch', size, timeLimit(command), truthy(command.singleBatch))
}

async function explain(command: Doc, context: Context): Promise<Doc> {
  const inner = command.explain as Doc
  const name = Object.keys(inner)[0]
  if (name !== 'find' && name !== 'aggregate') return notSupported(`explain of ${name}`)
  checkFields(name, inner, readCommands[name]!.fields)
  const { ns, plan, query, flow, pace } = name === 'find' ? openFind(inner, context) : openAggregate({ ...inner, cursor: {} }, context)
  const winningPlan = plan ? describe(plan, query.sort, query.limit) : { stage: 'EOF' }
  const reply = { explainVersion: '1', queryPlanner: { namespace: ns, winningPlan, rejectedPlans: [] } }
  if (command.verbosity === 'queryPlanner') return reply
  let nReturned = 0
  await drive(flow, () => { nReturned++ }, timeLimit(command))
  const totalKeysExamined = plan?.index ? pace.keys : 0
  return { ...reply, executionStats: { executionSuccess: true, nReturned, totalKeysExamined, totalDocsExamined: pace.documents } }
}

async function count(command: Doc, context: Context): Promise<Doc> {
  const collection = context.catalog.find(namespace(context.database, command.count))
  const limit = Math.abs(numberOr(command.limit, 0))
  const { filter, skip, hint } = parseQuery({ ...command, limit: undefined }, command.query, newScope(context.now()))
  const plan = collection && choosePlan(collection, filter, [], hint)
  let n = 0
  if (plan && filter.conjuncts === 0) n = context.store.get(systemKey('N', u32(plan.collection.id)))?.readUIntBE(0, 6) ?? 0
  else if (plan) {
    const found: Flow<unknown> = plan.covered ? recordsOf(context.store, plan, new Pace()) : scan(context.store, plan, filter, new Pace())
    await drive(found, () => { n++ }, timeLimit(command))
  }
  return { n: Math.min(Math.max(0, n - skip), limit || Infinity) }
}

async function distinct(command: Doc, context: Context): Promise<Doc> {
  const { key } = command
  if (typeof key !== 'string') return fail(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'")
  const reading = open(context, command.distinct, parseQuery(command, command.query, newScope(context.now())), (hits) => map(hits, ({ raw }) => raw))
  const values = new Map<string, unknown>()
  const parts = key.split('.')
  await drive(reading.flow, (raw) => {
    for (const [value] of rowsOf(decodeRoots(raw, new Set([parts[0]!])), [parts]))
      if (value !== undefined && value !== emptyArray) values.set(identity(value), value)
  }, timeLimit(command))
  return { values: [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value) }
}

function getMore(command: Doc, { database, catalog, cursors }: Context): Promise<Buffer> {
  const cursor = cursors.find(command.getMore as Long, namespace(database, command.collection))
  if (cursor.collection !== undefined && catalog.find(cursor.ns)?.id !== cursor.collection) {
    cursors.kill(cursor.id)
    fail(175, `collection dropped: ${cursor.ns}`)
  }
  return cursors.reply(cursor, 'nextBatch', numberOr(command.batchSize, 0) || Infinity, timeLimit(command))
}

function killCursors(command: Doc, { cursors }: Context): Doc {
  const [cursorsKilled, cursorsNotFound]: [Long[], Long[]] = [[], []]
  for (const id of command.cursors as Long[]) (cursors.kill(id) ? cursorsKilled : cursorsNotFound).push(id)
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] }
}

export const readCommands: Record<string, Command> = {
  find: {
    fields: 'filter sort skip limit batchSize singleBatch projection hint',
    run: (command, context) => firstBatch(openFind(command, context), command, command.batchSize, context),
  },
  aggregate: {
    fields: 'pipeline cursor hint explain',
    run: (command, context) => (truthy(command.explain) ? explain({ explain: command, verbosity: 'queryPlanner' }, context)
      : firstBatch(openAggregate(command, context), command, (command.cursor as Doc | undefined)?.batchSize, context)),
  },
  getMore: { fields: 'collection batchSize', run: getMore },
  killCursors: { fields: 'cursors', run: killCursors },
  count: { fields: 'query limit skip hint fields', run: count },
  distinct: { fields: 'key query hint', run: distinct },
  explain: { fields: 'verbosity', run: explain },
}
