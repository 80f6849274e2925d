// What must hold for all data: the order of encoded values, and that no plan changes an answer. A failure prints its seed.
import { Double, Int32, Long, ObjectId } from 'bson'
import fc from 'fast-check'
import type { Collection, Document } from 'mongodb'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { encodeValue } from './keys.ts'
import { connect } from './testing/database.fixture.ts'

// Generous: two busy cores may be shared with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const typeOrder = ['null', 'number', 'string', 'object', 'array', 'ObjectId', 'boolean', 'date']

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  if (value instanceof Int32 || value instanceof Double || value instanceof Long) return 'number'
  return (value as { _bsontype?: string })._bsontype ?? typeof value
}

const sign = (a: number | bigint | string, b: typeof a) => (a < b ? -1 : a > b ? 1 : 0)

function compareNumbers(a: Int32 | Double | Long, b: Int32 | Double | Long): number {
  const [x, y] = [a, b].map((each) => (each instanceof Long ? each.toBigInt() : each.value)) as [number | bigint, number | bigint]
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x))
  return sign(x, y)
}

/** MongoDB's order, written a second time and in another way than the encoder. */
function compare(a: unknown, b: unknown): number {
  const type = typeOf(a)
  if (type !== typeOf(b)) return sign(typeOrder.indexOf(type), typeOrder.indexOf(typeOf(b)))
  switch (type) {
    case 'number':
      return compareNumbers(a as Int32, b as Int32)
    case 'string':
      return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string))
    case 'boolean':
      return sign(Number(a), Number(b))
    case 'date':
      return sign((a as Date).getTime(), (b as Date).getTime())
    case 'ObjectId':
      return sign((a as ObjectId).toHexString(), (b as ObjectId).toHexString())
    case 'array': {
      const [x, y] = [a as unknown[], b as unknown[]]
      for (let i = 0; i < Math.min(x.length, y.length); i++) if (compare(x[i], y[i])) return compare(x[i], y[i])
      return sign(x.length, y.length)
    }
    case 'object': {
      const [x, y] = [Object.entries(a as object), Object.entries(b as object)] as [[string, unknown][], [string, unknown][]]
      for (let i = 0; i < Math.min(x.length, y.length); i++) {
        const [[xName, xValue], [yName, yValue]] = [x[i]!, y[i]!]
        const order = sign(typeOrder.indexOf(typeOf(xValue)), typeOrder.indexOf(typeOf(yValue)))
          || Buffer.compare(Buffer.from(xName), Buffer.from(yName)) || compare(xValue, yValue)
        if (order) return order
      }
      return sign(x.length, y.length)
    }
    default:
      return 0
  }
}

const name = fc.constantFrom('a', 'b', 'ab', 'ä')
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.constantFrom('', '\0', 'a\0b', 'a', 'ab'))
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 },
    fc.constant(null), fc.boolean(), text, fc.double().map((each) => new Double(each)), fc.integer().map((each) => new Int32(each)),
    fc.maxSafeInteger().map((each) => Long.fromNumber(each)), fc.constantFrom(2 ** 53 - 1, 1 - 2 ** 53).map((each) => Long.fromNumber(each)),
    fc.constantFrom(0, -0, 1, 2 ** 53, -(2 ** 53), Infinity, -Infinity, NaN).map((each) => new Double(each)),
    fc.date({ noInvalidDate: true }), fc.uint8Array({ minLength: 12, maxLength: 12 }).map((each) => new ObjectId(each)),
    fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 3 })),
}))

it('orders encoded values as MongoDB orders values, and none begins with another', () => {
  fc.assert(fc.property(value, value, (a, b) => {
    const [wanted, x, y] = [compare(a, b), encodeValue(a), encodeValue(b)]
    expect(Buffer.compare(x, y)).toBe(wanted)
    expect(x.subarray(0, y.length).equals(y)).toBe(wanted === 0)
  }), { numRuns: 3000 })
})

let server: Awaited<ReturnType<typeof connect>>
let collection: Collection<Document & { _id: number }>
beforeAll(async () => {
  server = await connect()
  collection = server.client.db('invariants').collection('all')
})
afterAll(() => server.close())

const scalar = fc.constantFrom<unknown>(0, 1, 2, 3, 1.5, 'a', 'b', 'bc', null, true, new Date(1000), NaN)
const leaf = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) })
const document = fc.record({
  a: scalar, b: leaf, c: scalar,
  d: fc.oneof(fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }), fc.array(fc.oneof(scalar, fc.record({ x: scalar, y: scalar }, { requiredKeys: [] })), { maxLength: 3 })),
}, { requiredKeys: [] })
const path = fc.constantFrom('a', 'b', 'c', 'd.x', 'd.y')
const operators = fc.oneof(
  scalar.map((each) => ({ $eq: each })), fc.array(scalar, { maxLength: 4 }).map((each) => ({ $in: each })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), scalar).map(([operator, each]) => ({ [operator]: each })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })), fc.boolean().map((each) => ({ $exists: each })),
  fc.constant({ $regex: '^b' }))
const filter = fc.array(fc.tuple(path, operators), { maxLength: 3 }).map((parts) => ({ $and: [{}, ...parts.map(([each, test]) => ({ [each]: test }))] }))
const order = fc.uniqueArray(fc.tuple(path, fc.constantFrom(1 as const, -1 as const)), { minLength: 1, maxLength: 3, selector: ([each]) => each })
  // Two paths through arrays cannot be sorted or indexed together.
  .filter((fields) => fields.filter(([each]) => each === 'b' || each.startsWith('d')).length < 2)

const hintOf = (fields: [string, 1 | -1][]): Record<string, 1 | -1> => Object.fromEntries([...fields, ['_id', 1] as const])

async function agree(query: Document, sort: [string, 1 | -1][], hint: Document) {
  const everything = await collection.find(query, { projection: { _id: 1 } }).hint({ $natural: 1 }).sort({ _id: 1 }).toArray()
  expect(await collection.find(query, { projection: { _id: 1 } }).hint(hint).sort({ _id: 1 }).toArray()).toEqual(everything)
  expect(await collection.find(query, { projection: { _id: 1 } }).sort({ _id: 1 }).toArray()).toEqual(everything)
  expect(await collection.countDocuments(query)).toBe(everything.length)
  expect((await collection.countDocuments(query, { hint }))).toBe(everything.length)
  const total: [string, 1 | -1][] = [...sort, ['_id', 1]]
  const page = { skip: 1, limit: 4, projection: { _id: 1 } }
  const wanted = await collection.find(query, page).sort(total).hint({ $natural: 1 }).toArray()
  expect(await collection.find(query, page).sort(total).toArray()).toEqual(wanted)
  expect(await collection.find(query, page).sort(total).hint(hint).toArray()).toEqual(wanted)
}

it('finds, counts and pages the same through any index as without', async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(document, { minLength: 5, maxLength: 40 }), fc.array(order, { minLength: 1, maxLength: 3 }), fc.array(fc.tuple(filter, order), { minLength: 8, maxLength: 8 }),
    async (documents, indexes, queries) => {
      await collection.drop()
      await collection.createIndexes([...new Map(indexes.map((fields) => [fields.join(), { key: hintOf(fields) }])).values()])
      await collection.insertMany(documents.map((each, _id) => ({ _id, ...structuredClone(each) })))
      for (const [i, [query, sort]] of queries.entries())
        await agree(query, sort, hintOf(indexes[i % indexes.length]!))
      // The same after changes, so that entries are removed and added.
      await collection.updateMany({ a: 1 }, [{ $set: { a: '$c', b: ['$c', 7] } }])
      await collection.deleteMany({ a: 2 })
      for (const [query, sort] of queries.slice(0, 2)) await agree(query, sort, hintOf(indexes[0]!))
    }), { numRuns: 25 })
})
