// What MongoDB answers, case by case, written down from its manual. Numbers are int32 unless they say otherwise.
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId } from 'bson'

type Doc = Record<string, unknown>

export interface Probe {
  name: string
  documents?: Doc[]
  indexes?: [key: Record<string, 1 | -1>, options?: Doc][]
  /** A find: its filter with sort, projection and so on. */
  find?: Doc & { filter: Doc }
  aggregate?: Doc[]
  /** One statement of an update command; the answer is all documents in order of `_id`. */
  update?: Doc
  /** Any command, with `%` for the collection's name; the answer is the field `of` of the reply. */
  command?: Doc
  of?: string
  expect?: unknown
  /** The error code instead of an answer. */
  code?: number
  message?: string
  /** MongoDB itself can do this; only the embedded server refuses. */
  embeddedOnly?: true
}

const a = new ObjectId('65f000000000000000000001')
export const day = (text: string) => new Date(`${text}T00:00:00Z`)
export const ids = (...list: unknown[]) => list.map((_id) => ({ _id }))
const q = (name: string, documents: Doc[], filter: Doc, found: unknown[], indexes?: Probe['indexes']): Probe =>
  ({ name, documents, find: { filter, projection: { _id: 1 }, sort: { _id: 1 } }, expect: ids(...found), ...(indexes && { indexes }) })
const refusedFilter = (name: string, filter: Doc, code: number, message?: string): Probe =>
  ({ name, documents: [{ _id: 1 }], find: { filter }, code, ...(message && { message }) })
export const d = (...values: unknown[]): Doc[] => values.map((x, i) => (x === undefined ? { _id: i } : { _id: i, x }))

const mixed = d(null, undefined, 5, 'five', [5, 6], [], { y: 5 }, true, day('2024-01-01'), new Double(5), Long.fromNumber(5), [[5]])
const nested: Doc[] = [{ _id: 0, x: { y: 1 } }, { _id: 1, x: [{ y: 1 }, { z: 1 }] }, { _id: 2, x: [] }, { _id: 3, x: 5 }, { _id: 4 },
  { _id: 5, x: { y: null } }, { _id: 6, x: [{ y: null }] }, { _id: 7, x: [1, 2] }]

export const queries: Probe[] = [
  q('a number equals any numeric type, alone or in an array', mixed, { x: 5 }, [2, 4, 9, 10]),
  q('null is null or missing', mixed, { x: null }, [0, 1]),
  q('$gte null is null or missing', mixed, { x: { $gte: null } }, [0, 1]),
  q('$ne null', mixed, { x: { $ne: null } }, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
  q('$gt compares inside a type', mixed, { x: { $gt: 4 } }, [2, 4, 9, 10]),
  q('$lt on strings', mixed, { x: { $lt: 'g' } }, [3]),
  q('whole arrays are equal by content', mixed, { x: [5, 6] }, [4]),
  q('an array inside an array', mixed, { x: [5] }, [11]),
  q('empty array', mixed, { x: [] }, [5]),
  q('subdocument', mixed, { x: { y: 5 } }, [6]),
  q('order of fields counts in a subdocument', [{ _id: 0, x: { a: 1, b: 2 } }, { _id: 1, x: { b: 2, a: 1 } }], { x: { a: 1, b: 2 } }, [0]),
  q('$exists true', mixed, { x: { $exists: true } }, [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
  q('$exists false', mixed, { x: { $exists: false } }, [1]),
  q('$exists false through an empty array', nested, { 'x.y': { $exists: false } }, [2, 3, 4, 7]),
  q('null behind a path: an element without the field counts, an empty array does not', nested, { 'x.y': null }, [1, 3, 4, 5, 6]),
  q('a path through an array', nested, { 'x.y': 1 }, [0, 1]),
  q('a position in an array', d([1, 2], [2, 1]), { 'x.0': 2 }, [1]),
  q('$in with null', mixed, { x: { $in: [null, 'five'] } }, [0, 1, 3]),
  q('$nin', mixed, { x: { $nin: [5, null] } }, [3, 5, 6, 7, 8, 11]),
  q('$not also matches what has no field', mixed, { x: { $not: { $gt: 4 } } }, [0, 1, 3, 5, 6, 7, 8, 11]),
  q('several bounds may hold for different elements', d([1, 9], [5], 5), { x: { $gt: 4, $lt: 6 } }, [0, 1, 2]),
  q('$elemMatch wants one element for all bounds', d([1, 9], [5], 5), { x: { $elemMatch: { $gt: 4, $lt: 6 } } }, [1]),
  q('$elemMatch on documents', d([{ a: 1, b: 2 }, { a: 2, b: 1 }], [{ a: 1, b: 1 }]), { x: { $elemMatch: { a: 1, b: 1 } } }, [1]),
  q('$all', d(['a', 'b'], ['a'], 'a'), { x: { $all: ['a'] } }, [0, 1, 2]),
  q('$all of nothing', d(['a']), { x: { $all: [] } }, []),
  q('$all with $elemMatch', d([{ a: 1 }, { a: 2 }], [{ a: 1 }]), { x: { $all: [{ $elemMatch: { a: 1 } }, { $elemMatch: { a: 2 } }] } }, [0]),
  q('$size', d([1, 2], [1], 2, []), { x: { $size: 2 } }, [0]),
  q('$regex and its option i', d('Müller', 'MÜLLER', 5), { x: { $regex: '^mül', $options: 'i' } }, [0, 1]),
  q('a regular expression as a value', d('abc', 'xabc', ['abd']), { x: /^ab/ }, [0, 2]),
  q('a regular expression in $in', d('abc', 'x', 'y'), { x: { $in: [/^a/, 'y'] } }, [0, 2]),
  q('$not with a regular expression', d('abc', 'x'), { x: { $not: /^a/ } }, [1]),
  q('$and, $or, $nor', d(1, 2, 3, 4), { $and: [{ x: { $gt: 1 } }, { $or: [{ x: 2 }, { x: 4 }] }, { $nor: [{ x: 4 }] }] }, [1]),
  q('$expr compares fields', [{ _id: 0, a: 1, b: 2 }, { _id: 1, a: 2, b: 1 }], { $expr: { $gt: ['$a', '$b'] } }, [1]),
  q('$expr: a missing field is not null', d(null, undefined), { $expr: { $eq: ['$x', null] } }, [0]),
  q('NaN equals NaN and is in no range', d(new Double(NaN), 1), { x: { $lt: 5 } }, [1]),
  q('NaN equals NaN', d(new Double(NaN), 1), { x: new Double(NaN) }, [0]),
  q('the same with an index', d(new Double(NaN), 1), { x: { $lt: 5 } }, [1], [[{ x: 1 }]]),
  q('-0 is 0', d(new Double(-0), 1), { x: 0 }, [0]),
  q('int64 beyond double precision', d(Long.fromString('9007199254740993'), Long.fromString('9007199254740992')), { x: Long.fromString('9007199254740993') }, [0], [[{ x: 1 }]]),
  q('strings compare by bytes', d('\uffff', '😀', 'Z', 'a'), { x: { $gt: '\uffff' } }, [1]),
  q('names of the prototype are just names', [{ _id: 0, constructor: 1 }, { _id: 1 }], { constructor: { $exists: true } }, [0]),
  q('an array index and a range with both bounds', d([1, 9], [5], 5), { x: { $gt: 4, $lt: 6 } }, [0, 1, 2], [[{ x: 1 }]]),
  q('a compound index over one array', [{ _id: 0, x: [{ a: 1, b: 3 }, { a: 2, b: 2 }] }], { 'x.a': 1, 'x.b': 2 }, [0], [[{ 'x.a': 1, 'x.b': 1 }]]),
  q('a partial index is left alone unless the filter implies it', [{ _id: 0, x: 1, s: 'a' }, { _id: 1, x: 1, s: 'b' }], { x: 1 }, [0, 1],
    [[{ x: 1 }, { partialFilterExpression: { s: 'a' } }]]),
  { name: 'mixed types in order', documents: d(new MaxKey(), true, a, new Binary(Buffer.from([1])), [], {}, 'x', 1, null, undefined, new MinKey(), day('2024-01-01'), /x/),
    find: { filter: {}, sort: { x: 1, _id: 1 }, projection: { _id: 1 } }, expect: ids(10, 4, 8, 9, 7, 6, 5, 3, 2, 1, 11, 12, 0) },
  { name: 'the same from an index', documents: d(new MaxKey(), true, a, new Binary(Buffer.from([1])), {}, 'x', 1, null, new MinKey(), day('2024-01-01'), /x/), indexes: [[{ x: -1 }]],
    find: { filter: {}, sort: { x: -1 }, projection: { _id: 1 } }, expect: ids(0, 10, 9, 1, 2, 3, 4, 5, 6, 7, 8) },
  { name: 'an array sorts by its smallest element, descending by its largest', documents: d([1, 9], 5, [3, 4]),
    find: { filter: {}, sort: { x: -1 }, projection: { _id: 1 } }, expect: ids(0, 1, 2) },
  { name: 'long strings keep their order', documents: d(`${'x'.repeat(450)}c`, `${'x'.repeat(450)}a`, `${'x'.repeat(450)}b`), indexes: [[{ x: 1 }]],
    find: { filter: { x: { $gt: 'x' } }, sort: { x: 1 }, projection: { _id: 1 } }, expect: ids(1, 2, 0) },
  { name: 'keys of many long fields', documents: [{ _id: 0, a: 'a'.repeat(500), b: 'b'.repeat(500), c: 'c'.repeat(500), d: 'd'.repeat(500), e: 'e'.repeat(500) }], indexes: [[{ a: 1, b: 1, c: -1, d: 1, e: 1 }]],
    find: { filter: { a: 'a'.repeat(500), b: 'b'.repeat(500), c: 'c'.repeat(500), d: 'd'.repeat(500), e: 'e'.repeat(500) }, projection: { _id: 1 } }, expect: ids(0) },
  { name: 'skip and limit', documents: d(1, 2, 3, 4), find: { filter: {}, sort: { x: -1 }, skip: 1, limit: 2, projection: { _id: 1 } }, expect: ids(2, 1) },
  { name: 'inclusion keeps the order of the document', documents: [{ _id: 0, a: 1, b: 2, c: { d: 1, e: 2 } }], find: { filter: {}, projection: { 'c.e': 1, a: 1 } }, expect: [{ _id: 0, a: 1, c: { e: 2 } }] },
  { name: 'inclusion through an array drops what is no document', documents: [{ _id: 0, a: [{ b: 1, c: 2 }, 5, { c: 3 }] }], find: { filter: {}, projection: { 'a.b': 1 } }, expect: [{ _id: 0, a: [{ b: 1 }, {}] }] },
  { name: 'exclusion', documents: [{ _id: 0, a: 1, b: { c: 1, d: 2 } }], find: { filter: {}, projection: { _id: 0, 'b.c': 0 } }, expect: [{ a: 1, b: { d: 2 } }] },
  { name: 'inclusion and exclusion do not mix', documents: d(1), find: { filter: {}, projection: { a: 1, b: 0 } }, code: 31254 },
  { name: 'types survive the store', documents: d(new Double(1), Long.fromNumber(5), new Int32(1), Decimal128.fromString('1.10'), new Binary(Buffer.from([1, 2]), 4)),
    find: { filter: {}, sort: { _id: 1 } }, expect: d(new Double(1), Long.fromNumber(5), new Int32(1), Decimal128.fromString('1.10'), new Binary(Buffer.from([1, 2]), 4)) },
  { name: 'singleBatch and batchSize', documents: d(1, 2, 3), command: { find: '%', filter: {}, batchSize: 2, singleBatch: true, projection: { _id: 1 } }, of: 'cursor.id', expect: Long.ZERO },
  { name: 'a limit that is reached closes the cursor', documents: d(1, 2, 3), command: { find: '%', filter: {}, limit: 2 }, of: 'cursor.id', expect: Long.ZERO },
  { name: 'count with skip and limit', documents: d(1, 2, 3, 4), command: { count: '%', query: { x: { $gt: 1 } }, skip: 1, limit: 5 }, of: 'n', expect: 2 },
  { name: 'distinct takes arrays apart', documents: d([1, 2], 2, null, undefined, 'a'), command: { distinct: '%', key: 'x' }, of: 'values', expect: [null, 1, 2, 'a'] },
  refusedFilter('unknown operator', { x: { $bogus: 1 } }, 2, 'unknown operator: $bogus'),
  refusedFilter('unknown top level operator', { $bogus: 1 }, 2, "unknown top level operator: $bogus. If you have a field name that starts with a '$' symbol, consider using $getField or $setField."),
  refusedFilter('$and of nothing', { $and: [] }, 2),
  refusedFilter('$in without an array', { x: { $in: 5 } }, 2),
  refusedFilter('an unknown hint', { x: 1 }, 2),
  { ...refusedFilter('$where', { $where: 'true' }, 2), embeddedOnly: true },
  { ...refusedFilter('$type', { x: { $type: 'int' } }, 2), embeddedOnly: true },
  { ...refusedFilter('regex option x', { x: { $regex: 'a', $options: 'x' } }, 2), embeddedOnly: true },
  { ...refusedFilter('inline regex flags', { x: { $regex: '(?i)a' } }, 51091), embeddedOnly: true },
  { ...refusedFilter('Decimal128 as operand', { x: Decimal128.fromString('1') }, 2), embeddedOnly: true },
  { name: 'collation', documents: d(1), command: { find: '%', filter: {}, collation: { locale: 'de' } }, code: 238, embeddedOnly: true },
  { name: 'unknown field', command: { find: '%', bogus: 1 }, code: 40415, message: "BSON field 'find.bogus' is an unknown field." },
]
queries.find((probe) => probe.name === 'an unknown hint')!.find!.hint = 'bogus_1'
