// A database that an earlier release wrote, brought to the shape of today.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { EJSON } from 'bson'
import type { Document, IndexDescriptionInfo } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestStore } from '../../bot/alerts/testDatabase.ts'
import { migrate } from './migrations.ts'

interface Dump {
  documents: Record<string, Document[]>
  indexes: Record<string, IndexDescriptionInfo[]>
}
const dump = EJSON.parse(gunzipSync(readFileSync('tests/fixtures/database-0.1.0.json.gz')).toString()) as Dump
let test: Awaited<ReturnType<typeof openTestStore>>
const contents = async () => {
  const found: Record<string, Document[]> = {}
  for (const name of Object.keys(dump.documents)) found[name] = await test.db.collection(name).find().sort({ _id: 1 }).toArray()
  return found
}
beforeAll(async () => {
  test = await openTestStore()
  for (const [name, documents] of Object.entries(dump.documents)) {
    await test.db.collection(name).deleteMany({})
    if (documents.length > 0) await test.db.collection(name).insertMany(documents)
  }
  await migrate(test.db)
})
afterAll(() => test.close())

it('nothing is lost, and every field that was there keeps its value', async () => {
  const after = await contents()
  for (const [name, documents] of Object.entries(dump.documents)) {
    const rows = new Map(after[name]!.map((row) => [JSON.stringify(row._id), row]))
    expect([name, rows.size]).toEqual([name, documents.length])
    for (const before of documents) expect(rows.get(JSON.stringify(before._id))).toMatchObject(before)
  }
})

it('containers are due for a whole reading, and no list is in doubt', async () => {
  const rows = await test.db.collection('bookmarks').find().toArray()
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).toMatchObject({ pages: 0, fullAt: null, doubtedAt: null, doubtedRound: null })
})

it('no unit knows of something that it could not read', async () => {
  expect(await test.db.collection('units').distinct('unread')).toEqual([])
})

it('the second time nothing changes', async () => {
  const before = await contents()
  await migrate(test.db)
  expect(await contents()).toEqual(before)
})
