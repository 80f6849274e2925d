// Deleting holds nobody up: each step is small, however much there is.
import { MongoClient, type Document } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from './database.fixture.ts'
import { deleteAll, deletePortion, portion, valuesOf } from './portions.ts'

let test: TestDatabase
let client: MongoClient
const commands: Document[] = []
const rows = 3 * portion + 7
beforeAll(async () => {
  test = await openTestDatabase()
  client = new MongoClient(test.uri, { monitorCommands: true })
  client.on('commandStarted', ({ command }) => commands.push(command))
  await things().createIndex({ owner: 1, part: 1 })
  await things().insertMany(Array.from({ length: rows }, (_, n) => ({ owner: ['a', 'b', 'c'][n % 3], part: n % 2 === 0 ? 'x' : 'y' })))
  commands.length = 0
})
afterAll(async () => {
  await client?.close()
  await test?.close()
})
const things = () => client.db(test.driver.databaseName).collection('things')

it('owners are found by as many steps as there are, however many rows', async () => {
  expect(await valuesOf(things(), 'owner')).toEqual(['a', 'b', 'c'])
  expect(await valuesOf(things(), 'part', { owner: 'b' })).toEqual(['x', 'y'])
  expect(commands.map(({ find }) => find as unknown)).toEqual(Array(4 + 3).fill('things'))
  const plan = JSON.stringify(await things().find({ owner: { $gt: 'a' } }).sort({ owner: 1 }).limit(1).explain('queryPlanner'))
  expect(plan).not.toMatch(/COLLSCAN|"SORT"/)
})

it('no deletion is of more than a portion, and nothing is left', async () => {
  commands.length = 0
  expect(await deleteAll(() => deletePortion(things(), { owner: { $in: ['a', 'b', 'c'] } }))).toBe(rows)
  const sizes = commands.flatMap(({ deletes }) => (deletes as { q: { _id: { $in: unknown[] } } }[] | undefined)?.map(({ q }) => q._id.$in.length) ?? [])
  expect(sizes).toEqual([portion, portion, portion, 7])
  expect(await things().countDocuments()).toBe(0)
})
