// What MongoDB answers to queries, case by case, written down from its manual. Numbers are int32 unless they say otherwise.
import { Binary, Decimal128, Double, Int32, Long, MinKey, ObjectId } from 'bson'
import { d, day, type Doc, ids, probe, type Probe } from './testing/probes.fixture.ts'

const a = new ObjectId('65f000000000000000000001')
const q = (name: string, documents: Doc[], filter: Doc, found: unknown[], indexes?: Probe['indexes']): Probe =>
  ({ name, documents, find: { filter, projection: { _id: 1 }, sort: { _id: 1 } }, expect: ids(...found), ...(indexes && { indexes }) })
const refusedFilter = (name: string, filter: Doc, code: number, message?: string): Probe =>
  ({ name, documents: [{ _id: 1 }], find: { filter }, code, ...(message && { message }) })

const mixed = d(null, undefined, 5, 'five', [5, 6], [], { y: 5 }, true, day('2024-01-01'), new Double(5), Long.fromNumber(5), [[5]])
const nested: Doc[] = [{ _id: 0, x: { y: 1 } }, { _id: 1, x: [{ y: 1 }, { z: 1 }] }, { _id: 2, x: [] }, { _id: 3, x: 5 }, { _id: 4 },
  { _id: 5, x: { y: null } }, { _id: 6, x: [{ y: null }] }, { _id: 7, x: [1, 2] }]

const queries: Probe[] = [
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
  q('a position at the end of a path is not taken apart', d([['a']], ['a']), { 'x.0': 'a' }, [1]),
  q('a position further on is', d([['a', ['b']]], [['b', 'a']]), { 'x.0.1': 'b' }, []),
  q('a number at a position has no missing fields', d([0], [{}], 0, [[]]), { 'x.0.y': null }, [1, 2]),
  q('$or of one, $in of one', d(1, 2, [2]), { $or: [{ x: { $in: [2] } }] }, [1, 2]),
  q('$in with null', mixed, { x: { $in: [null, 'five'] } }, [0, 1, 3]),
  q('$nin', mixed, { x: { $nin: [5, null] } }, [3, 5, 6, 7, 8, 11]),
  q('several bounds may hold for different elements', d([1, 9], [5], 5), { x: { $gt: 4, $lt: 6 } }, [0, 1, 2]),
  q('$regex', d('Müller', 'MÜLLER', 5, ['x', 'Mücke']), { x: { $regex: '^Mü' } }, [0, 3]),
  q('$regex in any case', d('Müller', 'MÜLLER', 'Muller'), { x: { $regex: 'mü', $options: 'i' } }, [0, 1]),
  q('$and and $or', d(1, 2, 3, 4), { $and: [{ x: { $gt: 1 } }, { $or: [{ x: 2 }, { x: 4 }] }, { x: { $ne: 4 } }] }, [1]),
  q('$expr compares fields', [{ _id: 0, a: 1, b: 2 }, { _id: 1, a: 2, b: 1 }], { $expr: { $gt: ['$a', '$b'] } }, [1]),
  q('$expr: a missing field is not null', d(null, undefined), { $expr: { $eq: ['$x', null] } }, [0]),
  q('NaN equals NaN and is in no range', d(new Double(NaN), 1), { x: { $lt: 5 } }, [1]),
  q('NaN equals NaN', d(new Double(NaN), 1), { x: new Double(NaN) }, [0]),
  q('the same with an index', d(new Double(NaN), 1), { x: { $lt: 5 } }, [1], [[{ x: 1 }]]),
  q('-0 is 0', d(new Double(-0), 1), { x: 0 }, [0]),
  q('an operand longer than any key', d('a', 'b'), { x: { $gt: 'a'.repeat(3000) } }, [1], [[{ x: 1 }]]),
  q('an operand with a zero byte', d('a', 'a\0b', 'a\x01'), { x: { $gt: 'a\0' } }, [1, 2], [[{ x: 1 }]]),
  q('strings compare by bytes', d('\uffff', '😀', 'Z', 'a'), { x: { $gt: '\uffff' } }, [1]),
  q('names of the prototype are just names', [{ _id: 0, constructor: 1 }, { _id: 1 }], { constructor: { $exists: true } }, [0]),
  q('an array index and a range with both bounds', d([1, 9], [5], 5), { x: { $gt: 4, $lt: 6 } }, [0, 1, 2], [[{ x: 1 }]]),
  q('a partial index is left alone unless the filter implies it', [{ _id: 0, x: 1, s: 'a' }, { _id: 1, x: 1, s: 'b' }], { x: 1 }, [0, 1],
    [[{ x: 1 }, { partialFilterExpression: { s: 'a' } }]]),
  { name: 'mixed types in order', documents: d(true, a, [], {}, 'x', 1, null, undefined, day('2024-01-01'), new Double(NaN)),
    find: { filter: {}, sort: { x: 1, _id: 1 }, projection: { _id: 1 } }, expect: ids(2, 6, 7, 9, 5, 4, 3, 1, 0, 8) },
  { name: 'the same from an index', documents: d(true, a, {}, 'x', 1, null, day('2024-01-01'), new Double(NaN)), indexes: [[{ x: -1 }]],
    find: { filter: {}, sort: { x: -1 }, projection: { _id: 1 } }, expect: ids(6, 0, 1, 2, 3, 4, 7, 5) },
  { name: 'an array sorts by its smallest element, descending by its largest', documents: d([1, 9], 5, [3, 4]),
    find: { filter: {}, sort: { x: -1 }, projection: { _id: 1 } }, expect: ids(0, 1, 2) },
  { name: 'skip and limit', documents: d(1, 2, 3, 4), find: { filter: {}, sort: { x: -1 }, skip: 1, limit: 2, projection: { _id: 1 } }, expect: ids(2, 1) },
  { name: 'inclusion keeps the order of the document', documents: [{ _id: 0, a: 1, b: 2, c: { d: 1 } }], find: { filter: {}, projection: { c: 1, a: 1 } }, expect: [{ _id: 0, a: 1, c: { d: 1 } }] },
  { name: 'inclusion without the _id', documents: d(1), find: { filter: {}, projection: { _id: 0, x: 1 } }, expect: [{ x: 1 }] },
  { name: 'only the _id', documents: d(1), find: { filter: {}, projection: { _id: 1 } }, expect: ids(0) },
  { name: 'exclusion', documents: [{ _id: 0, a: 1, b: { c: 1, d: 2 } }], find: { filter: {}, projection: { _id: 0, b: 0 } }, expect: [{ a: 1 }] },
  { name: 'inclusion and exclusion do not mix', documents: d(1), find: { filter: {}, projection: { a: 1, b: 0 } }, code: 31254 },
  { name: 'types survive the store', documents: d(new Double(1), Long.fromNumber(5), new Int32(1), Decimal128.fromString('1.10'), new Binary(Buffer.from([1, 2]), 4)),
    find: { filter: {}, sort: { _id: 1 } }, expect: d(new Double(1), Long.fromNumber(5), new Int32(1), Decimal128.fromString('1.10'), new Binary(Buffer.from([1, 2]), 4)) },
  { name: 'singleBatch and batchSize', documents: d(1, 2, 3), command: { find: '%', filter: {}, batchSize: 2, singleBatch: true, projection: { _id: 1 } }, of: 'cursor.id', expect: Long.ZERO },
  { name: 'a limit that is reached closes the cursor', documents: d(1, 2, 3), command: { find: '%', filter: {}, limit: 2 }, of: 'cursor.id', expect: Long.ZERO },
  { name: 'distinct takes arrays apart', documents: d([1, 2], 2, null, undefined, 'a'), command: { distinct: '%', key: 'x' }, of: 'values', expect: [null, 1, 2, 'a'] },
]

const unknownTop = (name: string) =>
  `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`
const embedded = (probe: Probe): Probe => ({ ...probe, embeddedOnly: true })

const refusals: Probe[] = [
  refusedFilter('unknown operator', { x: { $bogus: 1 } }, 2, 'unknown operator: $bogus'),
  refusedFilter('unknown top level operator', { $bogus: 1 }, 2, unknownTop('$bogus')),
  refusedFilter('$and of nothing', { $and: [] }, 2),
  refusedFilter('$in without an array', { x: { $in: 5 } }, 2),
  { name: 'an unknown hint', documents: [{ _id: 1 }], find: { filter: { x: 1 }, hint: 'bogus_1' }, code: 2 },
  { name: 'sorting by two arrays', documents: [{ _id: 1, a: [1], b: [1] }], find: { filter: {}, sort: { a: 1, b: 1 } }, code: 2 },
  ...['$elemMatch', '$all', '$size', '$not', '$type', '$mod'].map((operator) =>
    embedded(refusedFilter(operator, { x: { [operator]: 1 } }, 2, `unknown operator: ${operator}`))),
  ...['$nor', '$where', '$text', '$jsonSchema', '$comment'].map((operator) => embedded(refusedFilter(operator, { [operator]: [] }, 2, unknownTop(operator)))),
  refusedFilter('$options without $regex', { x: { $options: 'i' } }, 2, '$options needs a $regex'),
  embedded(refusedFilter('other $options than i', { x: { $regex: 'a', $options: 'm' } }, 51108)),
  embedded(refusedFilter('a regular expression as a value', { x: /a/ }, 2)),
  embedded(refusedFilter('inline regex flags', { x: { $regex: '(?i)a' } }, 51091)),
  embedded(refusedFilter('a regular expression in $in', { x: { $in: [/a/] } }, 2)),
  ...[Decimal128.fromString('1'), new Binary(Buffer.from([1])), new MinKey(), Long.fromString('9007199254740993')].map((x) =>
    embedded(refusedFilter(`${x._bsontype} as operand`, { x }, 2))),
  ...[{ 'a.b': 1 }, { a: { b: 1 } }, { x: '$y' }, { a: { $slice: 1 } }].map((projection) =>
    embedded({ name: `projection ${JSON.stringify(projection)}`, documents: d(1), find: { filter: {}, projection }, code: 238 })),
  embedded({ name: 'a key that is too long', documents: d('x'.repeat(2000)), indexes: [[{ x: 1 }]], find: { filter: {} }, code: 17280 }),
  embedded({ name: 'a compound index over one array', documents: d([{ a: 1, b: 1 }]), indexes: [[{ 'x.a': 1, 'x.b': 1 }]], find: { filter: {} }, code: 171 }),
  embedded({ name: 'a sort by a position', documents: d([1]), find: { filter: {}, sort: { 'x.0': 1 } }, code: 238 }),
  embedded({ name: 'collation', documents: d(1), command: { find: '%', filter: {}, collation: { locale: 'de' } }, code: 238 }),
  { name: 'unknown field', command: { find: '%', bogus: 1 }, code: 40415, message: "BSON field 'find.bogus' is an unknown field." },
  embedded({ name: 'explain of an aggregate', command: { explain: { aggregate: 'x', pipeline: [], cursor: {} } }, code: 238 }),
  ...['count', 'create', 'listDatabases', 'renameCollection', 'collMod', 'bulkWrite', 'mapReduce', 'dbStats'].map((name) =>
    embedded({ name: `command ${name}`, command: { [name]: '%' }, code: 59, message: `no such command: '${name}'` })),
]

probe({ queries, refusals })
