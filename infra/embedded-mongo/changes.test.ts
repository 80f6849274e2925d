// What MongoDB answers to aggregations and updates, written down from its manual.
import { Double, Long } from 'bson'
import { d, type Doc, ids, probe, type Probe } from './testing/probes.fixture.ts'

// Expressions are asked through an update with a pipeline.
const e = (name: string, expression: unknown, expect: unknown, document: Doc = {}): Probe => ({
  name, documents: [{ _id: 0, ...document }], update: { q: {}, u: [{ $replaceWith: { _id: '$_id', r: expression } }] },
  expect: [expect === undefined ? { _id: 0 } : { _id: 0, r: expect }],
})
const bad = (name: string, expression: unknown, code: number, message?: string): Probe =>
  ({ name, documents: [{ _id: 0 }], update: { q: {}, u: [{ $set: { r: expression } }] }, code, ...(message && { message }) })

const expressions: Probe[] = [
  e('$add keeps int32', { $add: ['$n', 1] }, 3, { n: 2 }),
  e('$add grows to int64', { $add: ['$n', 1] }, Long.fromNumber(2 ** 31), { n: 2 ** 31 - 1 }),
  e('$add of int and double', { $add: ['$n', new Double(1)] }, new Double(3), { n: 2 }),
  e('$add of null', { $add: ['$none', 1] }, null),
  e('$add ends at null', { $add: ['$none', '$t'] }, null, { t: 'x' }),
  e('$add of two fractions', { $add: ['$n', new Double(0.2)] }, new Double(0.1 + 0.2), { n: new Double(0.1) }),
  e('$add to a date', { $add: ['$at', 1000] }, new Date(1000), { at: new Date(0) }),
  e('missing is less than null', { $lt: ['$none', null] }, true),
  e('missing is not null', { $eq: ['$none', null] }, false),
  e('numbers compare by value', { $eq: [1, new Double(1)] }, true),
  e('types have an order', { $lt: [5, 'a'] }, true),
  e('$ne, $gt, $gte, $lte', { $and: [{ $ne: [1, 2] }, { $gt: [2, 1] }, { $gte: [2, 2] }, { $lte: [2, 2] }] }, true),
  e('$and of numbers', { $and: [1, true] }, true),
  e('$and of nothing', { $and: [] }, true),
  e('$or with null and zero', { $or: [null, 0] }, false),
  e('$not', { $not: ['$none'] }, true),
  e('$cond', { $cond: [{ $gt: ['$n', 1] }, 'yes', 'no'] }, 'yes', { n: 2 }),
  e('$cond does not look at what is not wanted', { $cond: [true, 'yes', { $add: ['$t', 1] }] }, 'yes', { t: 'x' }),
  e('$ifNull', { $ifNull: ['$none', null, 'else'] }, 'else'),
  e('$mergeObjects', { $mergeObjects: ['$a', null, { y: 2, z: '$none' }] }, { x: 1, y: 2 }, { a: { x: 1, y: 1 } }),
  e('$mergeObjects of one array', { $mergeObjects: ['$list'] }, { x: 1, y: 2 }, { list: [{ x: 1 }, null, { y: 2 }] }),
  bad('$mergeObjects of two arrays', { $mergeObjects: [[{}], [{}]] }, 40400),
  e('$literal', { $literal: '$n' }, '$n', { n: 1 }),
  e('$$ROOT', '$$ROOT.n', 1, { n: 1 }),
  e('a path through an array', '$list.n', [1, 2], { list: [{ n: 1 }, 5, {}, { n: 2 }] }),
  e('a path is not a position', '$list.0', [], { list: [1, 2] }),
  e('missing in an array is null', ['$none', 1], [null, 1]),
  e('missing in an object is left out', { x: '$none', y: { $literal: 1 } }, { y: 1 }),
  e('missing is no field', '$none', undefined),
  bad('$add of a text', { $add: ['a', 1] }, 14),
  { ...bad('$add of half a millisecond to a date', { $add: ['$$NOW', new Double(0.5)] }, 238), embeddedOnly: true },
  { ...bad('$add beyond the last date', { $add: ['$$NOW', Long.fromNumber(2 ** 53 - 1)] }, 238), embeddedOnly: true },
  bad('$add of a text and null', { $add: ['a', null] }, 14),
  { ...bad('$add of several fractions', { $add: [new Double(0.1), new Double(0.2), 1] }, 238), embeddedOnly: true },
  bad('$mergeObjects of a text', { $mergeObjects: ['a'] }, 40400),
  bad('number of operands', { $eq: [1] }, 16020),
  bad('unknown variable', '$$bogus', 17276),
  bad('unknown expression inside', { $add: [{ $bogus: 1 }, 1] }, 168, "Unrecognized expression '$bogus'"),
  ...['$subtract', '$multiply', '$divide', '$max', '$min', '$in', '$size', '$concat', '$toLower', '$dateAdd', '$dateSubtract', '$arrayElemAt', '$filter', '$map',
    '$setUnion', '$switch', '$sqrt'].map((name): Probe => ({ ...bad(name, { [name]: [] }, 168, `Unrecognized expression '${name}'`), embeddedOnly: true })),
  { ...bad('$$REMOVE', '$$REMOVE', 17276), embeddedOnly: true },
  { ...bad('$cond with names', { $cond: { if: 1, then: 1, else: 1 } }, 238), embeddedOnly: true },
  { ...bad('a nested field in $set', { a: 1 }, 238), embeddedOnly: true },
]

const orders: Doc[] = [{ _id: 0, who: 'a', n: 1, tags: ['x', 'y'] }, { _id: 1, who: 'b', n: 2, tags: [] }, { _id: 2, who: 'a', n: new Double(3.5) }, { _id: 3, who: null, n: 'x', tags: 'z' }]
const p = (name: string, aggregate: Doc[], expect: unknown[], documents = orders): Probe => ({ name, documents, aggregate, expect })

const pipelines: Probe[] = [
  p('$group with its accumulators', [
    { $sort: { _id: 1 } },
    { $group: { _id: '$who', sum: { $sum: '$n' }, min: { $min: '$n' }, max: { $max: '$n' }, first: { $first: '$tags' } } },
    { $sort: { _id: 1 } },
  ], [
    { _id: null, sum: 0, min: 'x', max: 'x', first: 'z' },
    { _id: 'a', sum: new Double(4.5), min: 1, max: new Double(3.5), first: ['x', 'y'] },
    { _id: 'b', sum: 2, min: 2, max: 2, first: [] },
  ]),
  p('$min and $max of nothing', [{ $group: { _id: 1, min: { $min: '$x' }, max: { $max: '$x' }, first: { $first: '$x' } } }], [{ _id: 1, min: null, max: null, first: null }], d(null, undefined)),
  p('null and missing are one group', [{ $group: { _id: '$x', n: { $sum: 1 } } }, { $project: { n: 1 } }], [{ _id: null, n: 2 }], d(null, undefined)),
  p('$group by several fields', [{ $group: { _id: { who: '$who', none: '$none' }, n: { $sum: 1 } } }, { $sort: { n: -1 } }, { $limit: 1 }], [{ _id: { who: 'a' }, n: 2 }]),
  p('$match after $group', [{ $group: { _id: '$who', n: { $sum: 1 } } }, { $match: { n: { $gt: 1 } } }], [{ _id: 'a', n: 2 }]),
  p('$count', [{ $match: { who: 'a' } }, { $count: 'n' }], [{ n: 2 }]),
  p('$count of nothing has no result', [{ $match: { who: 'z' } }, { $count: 'n' }], []),
  p('$skip and $limit', [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }], ids(2, 1)),
  p('$limit before $skip', [{ $sort: { _id: -1 } }, { $limit: 2 }, { $skip: 1 }, { $project: { _id: 1 } }], ids(2)),
  p('the first of equal values stands for a group', [{ $sort: { _id: 1 } }, { $group: { _id: '$x' } }], [{ _id: 1 }], d(1, new Double(1))),
  p('an _id that is an array is sorted as a whole', [{ $group: { _id: '$x' } }, { $sort: { _id: 1 } }], ids(null, 5, [], [1]), d([1], 5, null, [])),
  p('numbers of any type add up', [{ $sort: { _id: 1 } }, { $group: { _id: 1, n: { $sum: '$x' } } }], [{ _id: 1, n: new Double(2.5) }], d(1, new Double(0.5), Long.fromNumber(1), '1')),
  { name: '$sum of what a double rounds', documents: d(new Double(0.1)), aggregate: [{ $group: { _id: 1, n: { $sum: '$x' } } }], code: 238, embeddedOnly: true },
  p('missing is null in an object of one field', [{ $group: { _id: { x: '$x' }, n: { $sum: 1 } } }], [{ _id: { x: null }, n: 2 }], d(null, undefined)),
  { name: 'an accumulator has one operand', documents: d(1), aggregate: [{ $group: { _id: 1, n: { $sum: ['$x'] } } }], code: 40237 },
  { name: '$group by a number in an object', documents: d(1), aggregate: [{ $group: { _id: { x: 1 } } }], code: 17390 },
  { name: '$project of nothing', documents: d(1), aggregate: [{ $project: {} }], code: 51272 },
  { name: '$group without an _id', documents: d(1), aggregate: [{ $group: { n: { $sum: 1 } } }], code: 15955 },
  { name: 'unknown accumulator', documents: d(1), aggregate: [{ $group: { _id: 1, n: { $bogus: 1 } } }], code: 15952, message: "unknown group operator '$bogus'" },
  { name: 'unknown stage', documents: d(1), aggregate: [{ $bogus: 1 }], code: 40324, message: "Unrecognized pipeline stage name: '$bogus'" },
  { name: '$limit of 0', documents: d(1), aggregate: [{ $limit: 0 }], code: 15958 },
  ...['$lookup', '$unwind', '$addFields', '$set', '$unset', '$replaceRoot', '$replaceWith', '$facet', '$setWindowFields', '$merge', '$out', '$unionWith', '$graphLookup'].map((stage): Probe =>
    ({ name: stage, documents: d(1), aggregate: [{ [stage]: {} }], code: 40324, message: `Unrecognized pipeline stage name: '${stage}'`, embeddedOnly: true })),
  ...['$avg', '$last', '$push', '$addToSet', '$count'].map((name): Probe =>
    ({ name, documents: d(1), aggregate: [{ $group: { _id: 1, n: { [name]: 1 } } }], code: 15952, message: `unknown group operator '${name}'`, embeddedOnly: true })),
  { name: '$changeStream', documents: d(1), aggregate: [{ $changeStream: {} }], code: 40573 },
]

const u = (name: string, document: Doc | undefined, change: unknown, expect: unknown, more: Doc = {}): Probe =>
  ({ name, documents: document ? [{ _id: 0, ...document }] : [], update: { q: { _id: 0 }, u: change, ...more }, expect })
const after = (name: string, document: Doc, change: unknown, result: Doc) => u(name, document, change, [{ _id: 0, ...result }])
const refused = (name: string, document: Doc, change: unknown, code: number, more: Doc = {}): Probe => ({ name, documents: [{ _id: 0, ...document }], update: { q: { _id: 0 }, u: change, ...more }, code })

const updates: Probe[] = [
  after('$set adds fields in the order of their names', { z: 1 }, { $set: { b: 1, a: 2, z: 3 } }, { z: 3, a: 2, b: 1 }),
  after('$unset', { a: 1, b: 2 }, { $unset: { a: '', none: '' } }, { b: 2 }),
  after('pipeline', { a: 1, b: 2 }, [{ $set: { c: { $add: ['$a', '$b'] } } }, { $set: { a: '$c' } }], { a: 3, b: 2, c: 3 }),
  after('$inc keeps and widens types', { i: 1, l: Long.fromNumber(1), d: new Double(1), m: 2 ** 31 - 1 }, { $inc: { i: 1, l: 1, d: 1, m: 1, n: 1 } },
    { i: 2, l: Long.fromNumber(2), d: new Double(2), m: Long.fromNumber(2 ** 31), n: 1 }),
  after('$setOnInsert does nothing here', { a: 1 }, { $setOnInsert: { b: 1 }, $set: { a: 2 } }, { a: 2 }),
  after('replacement keeps the _id', { a: 1 }, { b: 2 }, { b: 2 }),
  after('pipeline with $replaceWith', { a: 1 }, [{ $replaceWith: { n: '$a' } }], { n: 1 }),
  u('upsert takes equalities and $setOnInsert', undefined, { $set: { b: 1 }, $setOnInsert: { c: 1 } }, [{ _id: 0, a: 1, t: 'x', b: 1, c: 1 }],
    { q: { _id: 0, a: 1, n: { $gt: 5 }, $and: [{ t: { $eq: 'x' } }] }, upsert: true }),
  u('upsert takes the only value of $in and the only branch of $or', undefined, { $set: { b: 1 } }, [{ _id: 0, a: 1, b: 1 }], { q: { _id: { $in: [0] }, $or: [{ a: 1 }] }, upsert: true }),
  u('upsert keeps an _id of null', undefined, { $set: { b: 1 } }, [{ _id: null, b: 1 }], { q: { _id: null }, upsert: true }),
  u('$unset of the _id where nothing is found', { a: 1 }, { $unset: { _id: '' } }, [{ _id: 0, a: 1 }], { q: { _id: 1 } }),
  refused('upsert with $expr', { a: 1 }, { $set: { b: 1 } }, 224, { q: { _id: 0, $expr: { $eq: ['$a', 1] } }, upsert: true }),
  { ...refused('upsert with a replacement and a path into the _id', {}, { a: 1 }, 238, { q: { '_id.x': 1 }, upsert: true }), embeddedOnly: true },
  u('upsert with a replacement', undefined, { b: 1 }, [{ _id: 0, b: 1 }], { q: { _id: 0, a: 1 }, upsert: true }),
  u('upsert with a pipeline', undefined, [{ $set: { b: { $ifNull: ['$b', 7] } } }], [{ _id: 0, a: 1, b: 7 }], { q: { _id: 0, a: 1 }, upsert: true }),
  { name: 'multi', documents: d(1, 2, 3), update: { q: { x: { $gt: 1 } }, u: { $inc: { x: 10 } }, multi: true }, expect: d(1, 12, 13) },
  { name: 'multi meets no document twice', documents: d(1, 2, 3), indexes: [[{ x: 1 }]], update: { q: { x: { $gt: 0 } }, u: { $inc: { x: 1 } }, multi: true }, expect: d(2, 3, 4) },
  refused('conflicting paths', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40),
  refused('the _id cannot be unset', {}, { $unset: { _id: '' } }, 66),
  refused('$replaceWith a number', { x: 1 }, [{ $replaceWith: '$x' }], 40228),
  refused('the _id is immutable', {}, { $set: { _id: 1 } }, 66),
  refused('the _id is immutable in a replacement', {}, { _id: 1 }, 66),
  refused('the _id is immutable in a pipeline', {}, [{ $set: { _id: 1 } }], 66),
  refused('$inc of a text', { a: 'x' }, { $inc: { a: 1 } }, 14),
  refused('$inc by a text', { a: 1 }, { $inc: { a: 'x' } }, 14),
  { ...refused('unknown modifier', {}, { $bogus: { a: 1 } }, 9), message: 'Unknown modifier: $bogus. Expected a valid update modifier or pipeline-style update specified as an array' },
  refused('replacement of many', {}, { a: 1 }, 9, { multi: true }),
  { ...refused('arrayFilters', { a: [1] }, { $set: { 'a.$[x]': 1 } }, 238, { arrayFilters: [{ x: 1 }] }), embeddedOnly: true },
  ...['$min', '$max', '$push', '$addToSet', '$pull', '$mul', '$rename', '$bit'].map((name): Probe => ({ ...refused(name, { a: 1 }, { [name]: { a: 1 } }, 9),
    message: `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`, embeddedOnly: true })),
  ...['$unset', '$addFields', '$project', '$replaceRoot'].map((name): Probe => ({ ...refused(`${name} in a pipeline`, { a: 1 }, [{ [name]: 'a' }], 40324),
    message: `Unrecognized pipeline stage name: '${name}'`, embeddedOnly: true })),
  ...['a.b', 'a.0', 'a.$', 'a.$[]'].map((path): Probe => ({ ...refused(`$set of ${path}`, { a: [1] }, { $set: { [path]: 1 } }, 238), embeddedOnly: true })),
  { name: 'unique index', documents: d(1, 2), indexes: [[{ x: 1 }, { unique: true }]], update: { q: { _id: 0 }, u: { $set: { x: 2 } } }, code: 11000 },
  { name: 'a unique index admits one document without the field', documents: [{ _id: 1 }], indexes: [[{ x: 1 }, { unique: true }]], update: { q: { _id: 2 }, u: { $set: { y: 1 } }, upsert: true }, code: 11000 },
  { name: 'a partial unique index looks away', documents: [{ _id: 1, x: 1 }], indexes: [[{ x: 1 }, { unique: true, partialFilterExpression: { s: 'open' } }]],
    update: { q: { _id: 2 }, u: { $set: { x: 1 } }, upsert: true }, expect: [{ _id: 1, x: 1 }, { _id: 2, x: 1 }] },
  { name: 'a guarded upsert of an older version', documents: [{ _id: 0, v: 5 }], update: { q: { _id: 0, v: { $lt: 4 } }, u: { $set: { v: 4 } }, upsert: true }, code: 11000 },
  { name: 'two arrays in one compound index', documents: [{ _id: 0, a: [1] }], indexes: [[{ a: 1, b: 1 }]], update: { q: { _id: 0 }, u: { $set: { b: [1] } } }, code: 171 },
]

probe({ expressions, pipelines, updates })
