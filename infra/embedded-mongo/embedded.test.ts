// What only the embedded server is asked: how much it reads, and what it refuses that a MongoDB would do.
import { rmSync } from 'node:fs'
import { deserialize, serialize } from 'bson'
import { type Document, MongoClient } from 'mongodb'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openServer } from './server.ts'
import { Store } from './store.ts'
import { codeOf, connect, range, temporaryDirectory } from './testing/database.fixture.ts'
import { decode } from './values.ts'

// Generous: two busy cores may be shared with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Awaited<ReturnType<typeof connect>>
beforeAll(async () => { server = await connect() })
afterAll(() => server.close())
const db = () => server.client.db('embedded')

it('reads no more than a page needs', async () => {
  const directory = temporaryDirectory()
  const own = openServer(directory, 60, 0)
  const ask = (command: Document) => own.answer({ command: decode(serialize(command)), database: 'd', silent: false })
  await ask({ createIndexes: 'c', indexes: [{ key: { tenant: 1, at: -1 } }, { key: { at: -1, _id: -1 } }] })
  await ask({ insert: 'c', documents: range(3000).map((i) => ({ _id: i, tenant: i % 3, at: i })) })
  const documents = vi.spyOn(Store.prototype, 'peek')
  const read = async (filter: Document, limit: number) => {
    documents.mockClear()
    const { cursor } = deserialize(await ask({ find: 'c', filter, sort: { at: -1 }, limit })) as { cursor: { firstBatch: unknown[] } }
    expect(cursor.firstBatch).toHaveLength(limit)
    return documents.mock.calls.length
  }
  expect(await read({ tenant: 1 }, 50)).toBe(50)
  expect(await read({ tenant: 1, at: { $lt: 1000 } }, 50)).toBe(50)
  expect(await read({ tenant: 1, at: { $gte: 1000, $lt: 1030 } }, 10)).toBe(10)
  expect(await read({}, 50)).toBe(50)
  documents.mockRestore()
  await own.close()
  rmSync(directory, { recursive: true })
})

it('refuses what it does not do, with the right code', async () => {
  const c = db().collection('refusals')
  await c.insertOne({ a: 'x', x: 1 })
  const refusals: [number, () => Promise<unknown>][] = [
    [238, () => c.find({}, { collation: { locale: 'de' } }).toArray()], [67, () => c.createIndex({ a: 'text' })], [67, () => c.createIndex({ a: '2dsphere' })],
    [67, () => c.createIndex({ '$**': 1 })], [67, () => c.createIndex({ a: 'hashed' })], [197, () => c.createIndex({ a: 1 }, { collation: { locale: 'de' } })],
    [197, () => c.createIndex({ a: 1 }, { sparse: true })], [2, () => c.find({ $text: { $search: 'x' } }).toArray()],
    [59, () => c.estimatedDocumentCount()], [59, () => db().createCollection('v')], [238, () => c.findOneAndDelete({})],
    [40415, () => c.findOneAndUpdate({}, { $set: { a: 1 } }, { projection: { a: 1 } })], [238, () => db().command({ dropIndexes: 'refusals', index: '*' })],
    [238, () => c.aggregate([]).explain()], [238, () => c.find({}).explain('executionStats')],
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
