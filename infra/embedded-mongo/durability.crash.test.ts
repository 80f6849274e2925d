// kill -9 in the middle of four writers: whatever was acknowledged is there, and every index agrees with the documents.
import { rmSync } from 'node:fs'
import { type Collection, MongoClient } from 'mongodb'
import { expect, it, vi } from 'vitest'
import { startDatabase, temporaryDirectory } from './testing/database.fixture.ts'

// Generous: two busy cores may be shared with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const writers = 4
const rounds = 4

interface Entry { _id: string; writer: number; n: number; tag: string }

/** Writes until the connection breaks; notes what was acknowledged. */
async function write(collection: Collection<Entry>, writer: number, acknowledged: Map<string, number>, round: number): Promise<void> {
  for (let i = 0; ; i++) {
    const _id = `${round}-${writer}-${i}`
    try {
      await collection.insertOne({ _id, writer, n: 0, tag: `t${i % 5}` })
      acknowledged.set(_id, 0)
      const ids = Array.from({ length: 5 }, (_, k) => `${_id}-${k}`)
      await collection.bulkWrite(ids.map((each) => ({ updateOne: { filter: { _id: each }, update: { $set: { writer, n: 0, tag: 'bulk' } }, upsert: true } })))
      for (const each of ids) acknowledged.set(each, 0)
      await collection.updateOne({ _id }, { $inc: { n: 1 }, $set: { tag: 'u' } })
      acknowledged.set(_id, 1)
    } catch {
      return
    }
  }
}

it('loses nothing acknowledged when the process is killed', async () => {
  const directory = temporaryDirectory()
  const acknowledged = new Map<string, number>()
  for (let round = 0; round <= rounds; round++) {
    const database = await startDatabase(directory)
    const client = await new MongoClient(database.uri, { serverSelectionTimeoutMS: 2000 }).connect()
    const collection = client.db('durability').collection<Entry>('all')
    await collection.createIndexes([{ key: { writer: 1, n: 1 } }, { key: { tag: 1, _id: 1 }, unique: true }])
    const all = await collection.find().hint({ $natural: 1 }).toArray()
    const stored = new Map(all.map((each) => [each._id, each.n]))
    for (const [id, n] of acknowledged) expect(stored.get(id), id).toBeGreaterThanOrEqual(n)
    const ids = all.map((each) => each._id).sort()
    for (const hint of ['_id_', 'writer_1_n_1', 'tag_1__id_1'])
      expect((await collection.find({}, { hint, projection: { _id: 1 } }).toArray()).map((each) => each._id).sort()).toEqual(ids)
    expect(await collection.countDocuments({ tag: { $gte: '' } })).toBe(ids.length)
    if (round < rounds) {
      const before = acknowledged.size
      const running = Array.from({ length: writers }, (_, writer) => write(collection, writer, acknowledged, round))
      while (acknowledged.size < before + 300 + round * 37) await new Promise((resolve) => setTimeout(resolve, 5))
      await database.end('SIGKILL')
      await Promise.all(running)
    } else await database.end()
    await client.close()
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 300)
  rmSync(directory, { recursive: true, force: true })
})
