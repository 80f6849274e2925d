// What only the embedded server is asked: how much it reads, and what it refuses that a MongoDB would do.
import { type Document, MongoClient } from 'mongodb'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { codeOf, connect, range } from './testing.ts'

// Generous: two busy cores may be shared with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Awaited<ReturnType<typeof connect>>
beforeAll(async () => { server = await connect() })
afterAll(() => server.close())
const db = () => server.client.db('embedded')

it('reads no more than a page needs', async () => {
  const c = db().collection('pages')
  await c.createIndex({ tenant: 1, at: -1 })
  await c.insertMany(range(3000).map((i) => ({ tenant: i % 3, at: i })))
  const read = async (filter: Document) => ((await c.find(filter).sort({ at: -1 }).limit(50).explain('executionStats')) as { executionStats: unknown }).executionStats
  expect(await read({ tenant: 1 })).toMatchObject({ nReturned: 50, totalKeysExamined: 50, totalDocsExamined: 50 })
  expect(await read({ tenant: 1, at: { $lt: 1000 } })).toMatchObject({ nReturned: 50, totalKeysExamined: 50 })
  expect(await read({ tenant: { $in: [0, 2] } })).toMatchObject({ nReturned: 50, totalKeysExamined: 50 })
})

it('refuses what it does not do, with the right code', async () => {
  const c = db().collection('refusals')
  await c.insertOne({ a: 'x', x: 1 })
  const refusals: [number, () => Promise<unknown>][] = [
    [238, () => c.find({}, { collation: { locale: 'de' } }).toArray()], [67, () => c.createIndex({ a: 'text' })], [67, () => c.createIndex({ a: '2dsphere' })],
    [67, () => c.createIndex({ '$**': 1 })], [67, () => c.createIndex({ a: 'hashed' })], [197, () => c.createIndex({ a: 1 }, { collation: { locale: 'de' } })],
    [197, () => c.createIndex({ a: 1 }, { sparse: true })], [238, () => db().createCollection('v', { validator: {} })],
    [238, () => db().createCollection('v', { capped: true, size: 1000 })], [2, () => c.find({ $text: { $search: 'x' } }).toArray()],
    [59, () => db().command({ renameCollection: 'a', to: 'b' })], [59, () => db().command({ collMod: 'a' })],
    [59, () => db().command({ bulkWrite: 1, ops: [] })],
    [123, () => c.find({}, { readConcern: 'linearizable' }).toArray()], [2, () => c.insertOne({}, { writeConcern: { w: 2 } })],
    [238, () => c.updateOne({}, { $set: { 'a.$[x]': 1 } }, { arrayFilters: [{ x: 1 }] })], [18, () => new MongoClient(server.database.uri.replace('//', '//user:word@')).connect()],
  ]
  for (const [code, refused] of refusals) expect(await codeOf(refused()), String(refused)).toBe(code)
})

it('refuses a document that grows beyond 16 MiB and keeps the old one', async () => {
  const c = db().collection('large')
  await c.insertOne({ _id: 1 as never, a: 'x'.repeat(9_000_000) })
  expect(await codeOf(c.updateOne({}, { $set: { b: 'x'.repeat(9_000_000) } }))).toBe(10334)
  expect(await c.countDocuments({ b: { $exists: false } })).toBe(1)
})

it('does not answer when no answer is wanted', async () => {
  const c = db().collection('silent')
  for (const i of range(5)) await c.insertOne({ i }, { writeConcern: { w: 0 } })
  while ((await c.countDocuments()) < 5);
})
