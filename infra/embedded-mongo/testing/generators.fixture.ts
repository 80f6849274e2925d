// For tests only: random collections and commands of the subset. Alphabets are short, so that filters find and indexes collide.
import { Double, Int32, Long, ObjectId } from 'bson'
import fc, { type Arbitrary } from 'fast-check'
import type { Doc } from './probes.fixture.ts'

/** A command, with `%` for the collection's name, and how its answer may be compared. */
export interface Step {
  command: Doc
  /** Whether MongoDB promises the order, only which documents, or only how many. */
  order?: 'exact' | 'any' | 'none'
  /** Which of the collection's indexes to hint, if it has as many. */
  hint?: number | undefined
  /** Statements for the driver's bulkWrite instead of a command. */
  bulk?: { operations: Doc[]; ordered: boolean }
}
export interface Scenario { indexes: Doc[]; documents: Doc[]; steps: Step[] }

const one = fc.constantFrom
const some = <T>(...parts: [weight: number, arbitrary: Arbitrary<T>][]): Arbitrary<T> =>
  fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })))
const maybe = <T>(arbitrary: Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const few = <T>(arbitrary: Arbitrary<T>, minLength: number, maxLength: number) => fc.array(arbitrary, { minLength, maxLength })
const named = <N extends string>(names: Arbitrary<N>, operand: Arbitrary<unknown>): Arbitrary<Doc> =>
  fc.tuple(names, operand).map(([name, each]) => ({ [name]: each }))
/** Takes out what is undefined. */
const plain = (doc: Doc): Doc => Object.fromEntries(Object.entries(doc).filter(([, each]) => each !== undefined))
const record = (fields: Record<string, Arbitrary<unknown>>) => fc.record(fields, { requiredKeys: [], noNullPrototype: true }) as Arbitrary<Doc>
const fieldsOf = (value: Arbitrary<unknown>, ...names: string[]) => record(Object.fromEntries(names.map((name) => [name, value])))
const flipped = (docs: Arbitrary<Doc>) =>
  fc.tuple(docs, fc.boolean()).map(([each, flip]) => (flip ? Object.fromEntries(Object.entries(each).reverse()) : each))

// Values.
const doubles = (...list: number[]) => list.map((each) => new Double(each))
const longs = (...list: number[]) => list.map((each) => Long.fromNumber(each))
const ints = (...list: number[]) => list.map((each) => new Int32(each))
const numbers = one<unknown>(...ints(0, 1, 2, -1), ...doubles(0, -0, 1, 1.5, 0.1, 0.2, NaN), ...longs(1, 2))
const extremes = one<unknown>(...ints(2 ** 31 - 1, -(2 ** 31)), ...longs(2 ** 53 - 1, 1 - 2 ** 53, 2 ** 31),
  ...doubles(Infinity, -Infinity, 2 ** 53, 1e300, -1e-300, 2 ** 31))
const texts = one<unknown>('', 'a', 'b', 'ab', 'A', 'ä', '😀', '\uffff', 'a\0b', '0', '$a')
const times = [0, 1000, -1000].map((each) => new Date(each))
const others = one<unknown>(null, null, true, false, ...times, new ObjectId('0'.repeat(24)), new ObjectId('f'.repeat(24)))
const scalar = some([6, numbers], [1, extremes], [3, texts], [3, others])
const { inner: nested } = fc.letrec<{ inner: unknown }>((tie) => ({
  inner: fc.oneof({ maxDepth: 2 }, { weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: few(tie('inner'), 0, 3) },
    { weight: 2, arbitrary: flipped(fieldsOf(tie('inner'), 'x', 'y')) }),
}))
const value = some<unknown>([3, scalar], [2, nested], [1, few(nested, 0, 3)])
const parts = flipped(fieldsOf(value, 'x', 'y'))
const structure = fc.oneof(parts, few(fc.oneof(parts, scalar), 0, 3), value)

// Documents. `$inc` has a field of its own: MongoDB counts NaN that stays NaN as a change, and -0 and 0 as the same.
const id = some<unknown>([8, fc.nat(11).map((each) => new Int32(each))], [1, scalar], [1, fieldsOf(scalar, 'x')])
const finite = (each: unknown) => !(each instanceof Double) || (Number.isFinite(each.value) && !Object.is(each.value, -0))
const counter = some([6, numbers.filter(finite)], [2, extremes.filter(finite)], [1, others])
const body = record({ a: scalar, b: value, c: scalar, d: structure, n: counter })
const document = fc.tuple(id, flipped(body)).map(([_id, rest]): Doc => ({ _id, ...rest }))
const documents = few(document, 0, 10)

// Paths and orders.
const path = some<string>([12, one('a', 'b', 'c', 'd.x', 'd.y', 'd', '_id')], [1, one('b.0', 'd.0.x', 'b.x', 'd.x.y', 'none', 'd.1', '_id.x')])
const order = (minLength: number, from: Arbitrary<string> = one('a', 'b', 'c', 'd.x', 'd.y', 'd', '_id', 'b.x')) =>
  fc.uniqueArray(fc.tuple(from, one(1, -1)), { minLength, maxLength: 3, selector: ([each]) => each.split('.')[0] })
type Order = [path: string, direction: number][]
const withId = (fields: Order): Doc => Object.fromEntries(fields.some(([each]) => each === '_id') ? fields : [...fields, ['_id', 1]])
// Not two paths into one field: where that is an array, the embedded server refuses to sort.
const total = fc.oneof(order(0), order(1, path.filter((each) => each !== '_id.x'))).map(withId)
const pathAndId = order(1).map((fields) => withId(fields.slice(0, 1)))
/** For pipelines, of whole fields: MongoDB sorts what is left of a document, without what is no document in an array on the path. */
const wholeAndId = order(1, one('a', 'b', 'c', 'd', '_id')).map((fields) => withId(fields.slice(0, 1)))
const onlyId = one<Doc>({ _id: 1 }, { _id: -1 })

// Expressions. Constants have the type that an operator wants: MongoDB refuses the others before it reads any document.
const reference = one<unknown>('$a', '$b', '$c', '$d', '$d.x', '$d.y', '$_id', '$none', '$$ROOT', '$$ROOT.a', '$b.x', '$b.0', '$d.x.y')
const constant = scalar.filter((each) => each !== '$a')
const comparisons = one('$eq', '$ne', '$gt', '$gte', '$lt', '$lte')
interface Parts { expression: unknown; sum: unknown; term: unknown; merged: unknown }
/** `source` are operands that may have the wrong type; `truth` are those that may not be looked at. */
const expressions = (source: Arbitrary<unknown>, truth?: Arbitrary<unknown>) => fc.letrec<Parts>((tie) => {
  const any = truth ?? tie('expression')
  const either = (from: 'expression' | 'merged') => [
    fc.tuple(tie('expression'), tie(from), tie(from)).map((list): unknown => ({ $cond: list })),
    few(tie(from), 2, 3).map((list): unknown => ({ $ifNull: list })),
  ]
  const deep = (...list: [weight: number, arbitrary: Arbitrary<unknown>][]) =>
    fc.oneof({ maxDepth: 3 }, ...list.map(([weight, arbitrary]) => ({ weight, arbitrary })))
  return {
    sum: some([4, few(tie('term'), 0, 3).map((list) => ({ $add: list }))], [1, tie('term').map((each) => ({ $add: each as unknown[] }))]),
    // Not a sum again: MongoDB makes one of both, and then null comes before an error.
    term: some<unknown>([4, source], [3, numbers], [1, extremes], [1, fc.constant(null)],
      [1, fc.tuple(reference, numbers, source).map((list) => ({ $cond: list }))]),
    merged: deep([4, source], [4, flipped(fieldsOf(any, 'p', 'q', 'x'))], [1, fc.constant(null)],
      [1, few(tie('merged'), 0, 3).map((list) => ({ $mergeObjects: list }))], [1, fc.oneof(...either('merged'))]),
    expression: deep([4, reference], [2, constant], [1, value.map((each) => ({ $literal: each }))],
      [3, named(comparisons, fc.tuple(tie('expression'), tie('expression')))], [2, tie('sum')], [2, tie('merged')],
      [1, named(one('$and', '$or'), few(any, 0, 3))], [1, named(one('$not', '$and', '$or'), any.map((each) => [each]))],
      [1, named(one('$and', '$or'), any)], [2, fc.oneof(...either('expression'))], [1, few(tie('expression'), 0, 3)]),
  }
}).expression
/** One that cannot fail: a filter may be asked in any order and in parts. */
const question = expressions(fc.constant(null))
const expression = expressions(reference, question)
const clock = named(one('$lt', '$gt'), reference.map((each) => [each, '$$NOW']))

// Filters.
const regex = fc.tuple(one('a', '^a', 'b$', '^(a|A)', '.', '^$', 'ä', '\\$a', '^.$'), one('', 'i', undefined))
const test = some<unknown>([2, value], [4, named(comparisons, value)], [1, fc.oneof(fc.boolean(), one(0, 1)).map((each) => ({ $exists: each }))],
  [1, fc.tuple(one('$gt', '$gte'), value, one('$lt', '$lte', '$ne'), value).map(([low, a, high, b]) => ({ [low]: a, [high]: b }))],
  [1, named(one('$in', '$nin'), few(value, 0, 3))], [1, regex.map(([$regex, $options]) => plain({ $regex, $options }))])
const tests = fc.uniqueArray(fc.tuple(path, test), { minLength: 1, maxLength: 3, selector: ([each]) => each })
  .map((list): Doc => Object.fromEntries(list))
const filterWith = (condition: Arbitrary<unknown>) => some<Doc>([6, tests], [1, fc.constant({})], [2, named(one('$and', '$or'), few(tests, 1, 3))],
  [1, fc.tuple(tests, few(tests, 1, 2)).map(([all, any]) => ({ ...all, $or: any }))], [1, condition.map((each) => ({ $expr: each }))])
const filter = filterWith(fc.oneof(question, clock))
/** `$in` of nothing makes MongoDB read nothing at all. */
const satisfiable = (each: unknown) => !JSON.stringify(each).includes('"$in":[]')
/** At most one document satisfies it, so that it is clear which one is changed. */
const single = fc.oneof(fc.tuple(id, filter).map(([_id, rest]): Doc => ({ $and: [{ _id }, rest] })), id.map((_id): Doc => ({ _id })),
  fc.tuple(id, fieldsOf(value, 'a', 'b', 'c')).map(([_id, rest]): Doc => ({ _id, ...rest })))
/** The order of fields that come from an upsert's filter is not promised, so there is at most one besides the `_id`. */
const settled = test.filter((each) => !JSON.stringify(each).startsWith('{"$in":') || (each as { $in: unknown[] }).$in.length === 1)
const guarded = fc.tuple(id, path, settled, one('$and', '$or', '')).map(([_id, each, wanted, way]): Doc => {
  const rest = { [each]: wanted }
  return { _id, ...(way ? { [way]: [rest] } : each === '_id' ? {} : rest) }
})

// Projections. Each wants a field that no index has: from an index alone MongoDB answers null where a field is missing.
const flag = one<unknown>(1, 1, 1, 0, 0, true, false, new Double(1), Long.fromNumber(0))
const flags = [one<unknown>(1, true, new Double(0.5), Long.ONE, -1), one<unknown>(0, false, new Double(-0))]
const projection = fc.oneof(fieldsOf(flag, 'a', 'b', 'd', '_id').map((each) => ({ ...each, none: 1 })),
  ...[...flags, ...flags].map((each) =>
    fc.tuple(fieldsOf(each, 'a', 'b', 'd'), each, fieldsOf(flag, '_id')).map(([a, none, b]): Doc => ({ ...b, ...a, none }))))

// Indexes. One that is partial is unique or compound.
const partial = named(one('a', 'c', 'b'), fc.oneof(scalar, named(one('$gt', '$gte', '$lt', '$lte', '$eq'), scalar)))
const index = fc.tuple(order(1), maybe(one(true)), maybe(partial))
  .map(([fields, unique, filtered]) =>
    ({ key: Object.fromEntries(fields), unique, partialFilterExpression: unique || fields.length > 1 ? filtered : undefined }))
  .filter(({ key }) => Object.keys(key).join() !== '_id').map(plain)
const indexes = fc.uniqueArray(index, { maxLength: 3, selector: (each) => JSON.stringify(each.key) })
  .map((list) => list.map((each, i): Doc => ({ ...each, name: `i${i}` })))

// Reads.
const batch = maybe(fc.integer({ min: 1, max: 3 }))
const window = record({ skip: fc.nat(3), limit: fc.nat(4), projection, batchSize: fc.integer({ min: 1, max: 3 }) })
const find = fc.tuple(filter, window, maybe(total), maybe(order(1)), maybe(fc.nat(3))).map(([each, rest, sort, partly, hint]): Step => ({
  command: plain({ find: '%', filter: each, ...rest, sort: sort ?? (partly && Object.fromEntries(partly)) }), hint,
  order: sort ? 'exact' : rest.skip || rest.limit ? 'none' : 'any',
}))
// Not every version knows the time in a `distinct`.
const distinct = fc.tuple(path, filterWith(question)).map(([key, query]): Step => ({ command: { distinct: '%', key, query }, order: 'any' }))

// Pipelines. After its first value `$first` need not be asked, so it has nothing that can fail.
const accumulator = (from: Arbitrary<unknown>) => some<Doc>([1, reference.map(($first) => ({ $first }))],
  [3, named(one('$sum', '$sum', '$min', '$max'), fc.oneof(from.filter((each) => !Array.isArray(each)), reference, one<unknown>(1, new Double(0.1))))])
const grouping = (by: Arbitrary<Doc>, from: Arbitrary<unknown>) =>
  fc.tuple(by, fc.oneof(from, reference, one(null, 1)), fieldsOf(accumulator(from), 'n', 'm', 'a'))
    .map(([$sort, _id, fields]): Doc[] => [{ $sort }, { $group: { _id, ...fields, all: { $first: '$$ROOT' } } }])
const match = filter.filter(satisfiable).map(($match): Doc[] => [{ $match }])
const inner = projection.map((each): Doc[] => [{ $project: plain({ ...each, _id: undefined }) }])
const cut = some<Doc>([1, fc.integer({ min: 1, max: 5 }).map(($limit) => ({ $limit }))],
  [1, fc.integer({ min: 1, max: 3 }).map(($skip) => ({ $skip }))])
const nothing = fc.constant<Doc[]>([])
/** Stages, each with a total order before it if it needs one. MongoDB moves and joins stages, so what is in these cannot fail. */
const stages = (by: Arbitrary<Doc>) =>
  few(fc.oneof(match, inner, fc.tuple(by, cut).map(([$sort, each]): Doc[] => [{ $sort }, each])), 0, 2).map((list) => list.flat())
const last = (by: Arbitrary<Doc>) => some([2, nothing],
  [1, projection.map(($project): Doc[] => [{ $project }])], [1, fc.constant<Doc[]>([{ $count: 'n' }])],
  [1, by.map(($sort): Doc[] => [{ $sort }])])
// Behind a group an `_id` can be an array, and is in total order only alone.
const pipelines = fc.oneof<Arbitrary<Doc[][]>[]>(
  fc.tuple(stages(wholeAndId), last(total)),
  fc.tuple(stages(wholeAndId), grouping(wholeAndId, question), stages(onlyId), fc.oneof(nothing, grouping(onlyId, question)), last(onlyId)),
  fc.tuple(match, grouping(wholeAndId, expression)), fc.tuple(grouping(wholeAndId, expression)),
).map((list) => list.flat())
const aggregate = fc.tuple(pipelines, maybe(fc.nat(3)), batch).map(([pipeline, hint, batchSize]): Step =>
  ({ command: { aggregate: '%', pipeline, cursor: plain({ batchSize }) }, hint, order: '$sort' in (pipeline.at(-1) ?? {}) ? 'exact' : 'any' }))

// Updates. An `_id` is changed alone: of two errors MongoDB does not promise which comes first.
const field = one('a', 'b', 'c', 'd', 'e', 'n')
const modifier = some<[string, string, unknown]>(
  [3, fc.tuple(one('$set', '$unset', '$setOnInsert'), some<string>([6, field], [1, one('_id')]), value)],
  [1, fc.tuple(one('$inc'), one('n', 'm', 'e'), counter)])
const modifiers = fc.uniqueArray(modifier, { minLength: 1, maxLength: 4, selector: ([, each]) => each })
  .filter((list) => list.length === 1 || list.every(([, each]) => each !== '_id'))
  .map((list) => list.reduce<Doc>((all, [name, each, operand]) => ({ ...all, [name]: { ...(all[name] as Doc), [each]: operand } }), {}))
const replaceable = fc.oneof(expression, fc.tuple(one('$$ROOT', '$d'), question).map((list) => ({ $mergeObjects: list })))
const stage = some<Doc>([6, fc.dictionary(field, expression, { minKeys: 1, maxKeys: 3, noNullPrototype: true }).map(($set) => ({ $set }))],
  [1, fc.oneof(constant, one('$_id', '$$ROOT._id')).map((_id) => ({ $set: { _id } }))], [2, replaceable.map(($replaceWith) => ({ $replaceWith }))])
const spec = some<unknown>([4, modifiers], [1, flipped(body)], [3, few(stage, 1, 3)])
const upsertSpec = spec.filter((each) => !JSON.stringify(each).includes('$$ROOT"'))

// Writes.
const updateOne = fc.oneof(fc.record({ q: single, u: spec, upsert: one(false) }), fc.record({ q: guarded, u: upsertSpec, upsert: one(true) }))
const updateMany = fc.record({ q: filter, u: spec, upsert: one(false), multi: one(true) })
const deletion = fc.oneof(fc.record({ q: filter, limit: one(0) }), fc.record({ q: single, limit: one(1) }))
const operation = fc.oneof(document.map((each): Doc => ({ insertOne: { document: each } })),
  single.map((each): Doc => ({ deleteOne: { filter: each } })),
  fc.record({ filter: guarded, update: modifiers, upsert: fc.boolean() }).map((each): Doc => ({ updateOne: each })),
  fc.record({ filter: guarded, replacement: body, upsert: fc.boolean() }).map((each): Doc => ({ replaceOne: each })))
const asked = (docs: Arbitrary<Doc>) => docs.map((command): Step => ({ command }))
const write = some<Step>(
  [4, asked(fc.record({ update: one('%'), updates: few(updateOne, 1, 3), ordered: fc.boolean() }))],
  [3, asked(fc.record({ update: one('%'), updates: few(updateMany, 1, 1) }))],
  [3, asked(fc.record({ findAndModify: one('%'), query: fc.oneof(filter, single), sort: pathAndId, update: spec, new: fc.boolean() }))],
  [2, asked(fc.record({ findAndModify: one('%'), query: guarded, sort: maybe(pathAndId), update: upsertSpec, new: fc.boolean(), upsert: one(true) })
    .map(plain))],
  [2, asked(fc.record({ delete: one('%'), deletes: few(deletion, 1, 2) }))],
  [2, asked(fc.record({ insert: one('%'), documents: few(document, 1, 10), ordered: fc.boolean() }))],
  [1, asked(fc.record({ createIndexes: one('%'), indexes: index.map((each) => [{ ...each, name: 'later' }]) }))],
  [1, fc.record({ operations: few(operation, 1, 4), ordered: fc.boolean() }).map((bulk): Step => ({ command: {}, bulk }))],
)

const scenario = (step: Arbitrary<Step>, maxLength: number): Arbitrary<Scenario> =>
  fc.record({ indexes, documents, steps: fc.array(step, { minLength: 1, maxLength, size: 'max' }) })
const read = some([5, find], [1, distinct])
export const scenarios = {
  'finds and distinct values': scenario(read, 8),
  'aggregations': scenario(aggregate, 8),
  'writes': scenario(write, 4),
  'writes, and reads after them': scenario(fc.oneof(write, read, aggregate), 6),
}
