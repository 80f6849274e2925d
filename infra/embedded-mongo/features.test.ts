// What the product relies on, through the driver: on the embedded server and, with MONGODB_TEST_URI, on another MongoDB.
import { Double, Int32, Long, ObjectId } from 'bson'
import type { Collection, Db, Document, MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { otherServer } from './testing/probes.fixture.ts'
import { codeOf, connect, range } from './testing/database.fixture.ts'

// Generous: two busy cores may be shared with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

interface Any extends Document { _id?: string | number | ObjectId | Double | number[] | { a: number; b: number } }
/** The names of all stages in a winning plan. */
const stagesOf = (plan: Document): string[] => [plan.stage as string, ...[plan.inputStage as Document | undefined, ...((plan.inputStages ?? []) as Document[])].flatMap((each) => (each ? stagesOf(each) : []))]

function features(database: () => Db, client: () => MongoClient, embedded: boolean) {
  let count = 0
  /** The embedded server answers as 7.0 and 8.0 do; another one may answer as it was found to. */
  const or = (code: number, elsewhere: number): unknown => (embedded ? code : expect.toBeOneOf([code, elsewhere]))
  const fresh = (): Collection<Any> => database().collection<Any>(`feature${++count}`)

  it('keeps ids of any type, and only once', async () => {
    const c = fresh()
    for (const _id of [new ObjectId(), 'text', 5, { a: 1, b: 2 }]) {
      await c.insertOne({ _id, x: 1 })
      expect(await c.findOne({ _id })).toEqual({ _id, x: 1 })
      expect(await codeOf(c.insertOne({ _id }))).toBe(11000)
    }
    expect(await codeOf(c.insertOne({ _id: new Double(5) }))).toBe(11000)
    expect(await codeOf(c.insertOne({ _id: [1] }))).toBe(53)
    expect(Object.keys((await c.findOne({ _id: (await c.insertOne({ z: 1 })).insertedId }))!)).toEqual(['_id', 'z'])
  })

  it('says what was duplicated', async () => {
    const c = fresh()
    await c.createIndex({ a: 1, b: -1 }, { unique: true })
    await c.insertOne({ a: 'x', b: 1 })
    await expect(c.insertOne({ a: 'x', b: 1 })).rejects.toMatchObject({
      code: 11000, keyPattern: { a: 1, b: -1 }, keyValue: { a: 'x', b: 1 },
      errorResponse: { errmsg: `E11000 duplicate key error collection: ${c.namespace} index: a_1_b_-1 dup key: { a: "x", b: 1 }` },
    })
  })

  it('stops at an error when ordered and goes on when not', async () => {
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }]
    const [ordered, unordered] = [fresh(), fresh()]
    expect(await codeOf(ordered.insertMany(documents))).toBe(11000)
    expect(await ordered.countDocuments()).toBe(1)
    expect(await codeOf(unordered.insertMany(documents, { ordered: false }))).toBe(11000)
    expect(await unordered.countDocuments()).toBe(2)
  })

  it('upserts in bulk, guarded by a version', async () => {
    const c = fresh()
    const upserts = (version: number) => range(2000).map((i) =>
      ({ updateOne: { filter: { _id: `k${i}`, version: { $lt: version } }, update: { $set: { version, i } }, upsert: true } }))
    expect((await c.bulkWrite(upserts(2), { ordered: false })).upsertedCount).toBe(2000)
    expect((await c.bulkWrite(upserts(3), { ordered: false })).modifiedCount).toBe(2000)
    const error = await c.bulkWrite(upserts(1), { ordered: false }).catch((each: unknown) => each) as { code: number; writeErrors: { code: number }[] }
    expect([error.code, error.writeErrors.length, new Set(error.writeErrors.map((each) => each.code))]).toEqual([11000, 2000, new Set([11000])])
    expect(await c.countDocuments({ version: 3 })).toBe(2000)
  })

  it('counts what concurrent writers do', async () => {
    const c = fresh()
    await c.insertOne({ _id: 'n', n: 0 })
    await Promise.all(range(200).map(() => c.updateOne({ _id: 'n' }, { $inc: { n: 1 } })))
    expect(await c.findOne({ _id: 'n' })).toEqual({ _id: 'n', n: 200 })
  })

  it('leases with a pipeline that compares and adds to the server\'s time', async () => {
    const c = fresh()
    await c.insertOne({ _id: 'lease', until: new Date(0), epoch: 0 })
    const take = (owner: string) => c.findOneAndUpdate(
      { _id: 'lease', $or: [{ $expr: { $lt: ['$until', '$$NOW'] } }, { owner }] },
      [{ $set: { owner, epoch: { $add: ['$epoch', 1] }, until: { $add: ['$$NOW', 30_000] } } }],
      { returnDocument: 'after' })
    const taken = await Promise.all(range(10).map((i) => take(`owner${i}`)))
    const [winner] = taken.filter((each) => each !== null)
    expect(taken.filter((each) => each !== null)).toHaveLength(1)
    expect(await take(winner!.owner as string)).toMatchObject({ owner: winner!.owner as string, epoch: 2 })
  })

  it('finds and changes one, in an order', async () => {
    const c = fresh()
    await c.insertMany(range(5).map((i) => ({ _id: i, x: 10 - i })))
    expect(await c.findOneAndUpdate({ x: { $lt: 10 } }, { $set: { y: 1 } }, { sort: { x: 1 } })).toEqual({ _id: 4, x: 6 })
    expect(await c.findOneAndUpdate({ _id: 4 }, { $unset: { y: '' } }, { returnDocument: 'after' })).toEqual({ _id: 4, x: 6 })
    expect(await c.findOneAndReplace({ _id: 9 }, { z: 1 }, { upsert: true, returnDocument: 'after' })).toEqual({ _id: 9, z: 1 })
    const raw = await c.findOneAndUpdate({ _id: 10 }, { $set: { a: 1 } }, { upsert: true, includeResultMetadata: true })
    expect(raw).toMatchObject({ value: null, lastErrorObject: { n: 1, updatedExisting: false, upserted: 10 } })
    expect(await c.findOneAndUpdate({ _id: 11 }, { $set: { a: 1 } })).toBeNull()
  })

  it('tells matched from modified', async () => {
    const c = fresh()
    await c.insertMany([{ _id: 1, a: 1 }, { _id: 2, a: new Double(1) }, { _id: 3 }])
    expect(await c.updateMany({}, { $set: { a: new Int32(1) } })).toMatchObject({ matchedCount: 3, modifiedCount: 2 })
    expect(await c.updateOne({ _id: 1 }, [{ $set: { a: '$a' } }])).toMatchObject({ matchedCount: 1, modifiedCount: 0 })
    expect(await c.deleteMany({ a: 1 })).toMatchObject({ deletedCount: 3 })
  })

  it('reads everything in batches', async () => {
    const c = fresh()
    await c.insertMany(range(3000).map((_id) => ({ _id, text: 'x'.repeat(20_000) })))
    const seen: unknown[] = []
    for await (const { _id } of c.find({}, { sort: { _id: 1 } })) seen.push(_id)
    expect(seen).toEqual(range(3000))
    expect(await c.find({}, { batchSize: 7, limit: 20, projection: { _id: 1 } }).toArray()).toHaveLength(20)
    expect(await c.aggregate([{ $project: { _id: 1 } }], { batchSize: 0 }).toArray()).toHaveLength(3000)
  })

  it('closes cursors', async () => {
    const c = fresh()
    await c.insertMany(range(300).map((_id) => ({ _id })))
    const open = async () => ((await database().command({ find: c.collectionName, batchSize: 2 })).cursor as { id: Long }).id
    const more = (id: Long | number) => database().command({ getMore: Long.fromValue(id), collection: c.collectionName })
    const killed = await open()
    await database().command({ killCursors: c.collectionName, cursors: [Long.fromValue(killed)] })
    expect(await codeOf(more(killed))).toBe(43)
    const orphan = await open()
    await c.drop()
    expect([0, 43, 175]).toContain(await codeOf(more(orphan)))
  })

  it('builds indexes, all or nothing', async () => {
    const c = fresh()
    await c.insertMany([{ a: 1 }, { a: 1 }])
    expect(await codeOf(c.createIndex({ a: 1 }, { unique: true }))).toBe(11000)
    expect((await c.indexes()).map((each) => each.name)).toEqual(['_id_'])
    await c.createIndexes([{ key: { a: 1 } }, { key: { b: 1, c: -1 }, name: 'own' }, { key: { at: 1 }, expireAfterSeconds: 60 }])
    await c.createIndex({ a: 1 })
    expect(await codeOf(c.createIndex({ a: 1 }, { name: 'other' }))).toBe(85)
    expect(await codeOf(c.createIndex({ at: 1 }, { expireAfterSeconds: 61 }))).toBe(85)
    expect(await codeOf(c.createIndex({ z: 1 }, { name: 'own' }))).toBe(86)
    expect(await codeOf(c.createIndex({ a: 1 }, { unique: true }))).toBe(86)
    expect((await c.indexes()).slice(1)).toMatchObject([{ key: { a: 1 } }, { key: { b: 1, c: -1 }, name: 'own' }, { key: { at: 1 }, expireAfterSeconds: 60 }])
    await c.dropIndex('own')
    // From 9.0 on an index that is not there counts as dropped.
    expect(await codeOf(c.dropIndex('own'))).toEqual(or(27, 0))
    expect(await codeOf(c.dropIndex('_id_'))).toBe(72)
    expect(await codeOf(c.createIndex({ a: 'bogus' as never }))).toBe(67)
    expect(await codeOf(database().command({ createIndexes: c.collectionName, indexes: [{ key: { y: 1 }, name: 'y', bogus: 1 }] }))).toBe(197)
    expect(await codeOf(c.createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 1 }))).toBe(67)
  })

  it('lists and drops collections', async () => {
    const c = fresh()
    expect(await codeOf(c.indexes())).toBe(26)
    await c.insertOne({})
    expect(await database().listCollections({ name: c.collectionName }, { nameOnly: true }).toArray()).toMatchObject([{ name: c.collectionName, type: 'collection' }])
    expect(await c.drop()).toBe(true)
    expect(await database().listCollections({ name: c.collectionName }).toArray()).toEqual([])
    expect(await fresh().find().toArray()).toEqual([])
    expect(await fresh().countDocuments()).toBe(0)
  })

  it('counts', async () => {
    const c = fresh()
    await c.insertMany(range(50).map((i) => ({ i, even: i % 2 === 0 })))
    expect([await c.countDocuments(), await c.countDocuments({ even: true, i: { $gte: 10 } })]).toEqual([50, 20])
    await c.createIndex({ even: 1, i: 1 })
    expect(await c.countDocuments({ even: true, i: { $gte: 10 } }, { skip: 5, limit: 100 })).toBe(15)
    expect(await c.distinct('even', { i: { $lt: 5 } })).toEqual([false, true])
  })

  it('uses an index for filter and order, or says that it cannot', async () => {
    const c = fresh()
    await c.createIndexes([{ key: { tenant: 1, at: -1, n: -1 } }, { key: { tenant: 1, tags: 1 } }, { key: { state: 1, at: 1 } }])
    await c.insertMany(range(200).map((i) => ({ tenant: i % 2, tags: [`t${i % 5}`, 'all'], at: i, n: -i, state: i % 10 ? 'done' : 'open' })))
    const plan = async (filter: Document, sort: Record<string, 1 | -1> = {}) => {
      const { queryPlanner } = await c.find(filter).sort(sort).explain('queryPlanner') as { queryPlanner: { winningPlan: Document } }
      // Other planners differ in the rest, as in merging several sorted scans of an index.
      const counts = (stage: string) => (embedded ? stage !== 'FETCH' : ['SORT', 'IXSCAN', 'COLLSCAN'].includes(stage))
      return stagesOf(queryPlanner.winningPlan).filter(counts).join(' ')
    }
    expect(await plan({ tenant: 1 }, { at: -1, n: -1 })).toBe('IXSCAN')
    expect(await plan({ tenant: 1 }, { at: 1, n: 1 })).toBe('IXSCAN')
    expect(await plan({ tenant: 1, at: { $lt: 50, $gte: 10 } }, { at: -1 })).toBe('IXSCAN')
    const sorting: unknown = embedded ? 'SORT IXSCAN' : expect.stringMatching(/^(SORT )?IXSCAN/)
    expect(await plan({ tenant: { $in: [0, 1] } }, { at: -1 })).toEqual(sorting)
    expect(await plan({ tenant: 1, tags: 'all' })).toBe('IXSCAN')
    expect(await plan({ tenant: 1 }, { tags: 1 })).toEqual(sorting)
    expect(await plan({ $and: [{ state: 'open' }, { $or: [{ n: 1 }, { n: 2 }] }] }, { at: 1 })).toBe('IXSCAN')
    expect(await plan({ at: 5 })).toBe('COLLSCAN')
    expect(await plan({ at: 5 }, { n: 1 })).toBe('SORT COLLSCAN')
    expect(await plan({ _id: 'x', at: 5 })).toBe('IXSCAN')
  })

  it('refuses what a single node refuses', async () => {
    const session = client().startSession()
    const transaction = { txnNumber: Long.ONE, autocommit: false, startTransaction: true, lsid: { id: session.id!.id } }
    // 50891 is what an embedded build of 9.0 says, which has no sessions.
    expect(await codeOf(database().command({ find: 'x', ...transaction }))).toEqual(or(20, 50891))
    await session.endSession()
    expect(await codeOf(fresh().watch().next())).toBe(40573)
    expect(await codeOf(database().command({ bogus: 1 }))).toBe(59)
  })
}

describe('embedded server', () => {
  let server: Awaited<ReturnType<typeof connect>>
  beforeAll(async () => { server = await connect() })
  afterAll(() => server.close())
  const db = () => server.client.db('features')
  features(db, () => server.client, true)
})

if (process.env.MONGODB_TEST_URI !== undefined) describe('the server at MONGODB_TEST_URI', () => {
  const other = otherServer('features')
  let db: Db
  beforeAll(async () => { db = await other.db() })
  afterAll(other.close)
  features(() => db, () => other.client, false)
})
