// A guarded upsert swallows "the stored version is newer" and nothing else: least of all a lost connection, which the driver
// reports as a bulk error without write errors.
import { createServer, type Server } from 'node:net'
import { MongoBulkWriteError, MongoClient } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase } from './database.fixture.ts'
import { ignoreOlder } from './guarded.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

it('a newer stored version is no error, and stays', async () => {
  const items = database.driver.collection<{ _id: string; v: number }>('guarded')
  const write = (v: number) =>
    ignoreOlder(() => items.bulkWrite([{ replaceOne: { filter: { _id: 'a', v: { $lte: v } }, replacement: { v }, upsert: true } }], { ordered: false }))
  for (const v of [1, 3, 2]) await write(v)
  expect(await items.findOne({ _id: 'a' })).toEqual({ _id: 'a', v: 3 })
})

it('a connection that breaks in the middle of a bulk write is an error', async () => {
  const error = new MongoBulkWriteError({ message: 'connection closed', writeErrors: [] } as never, { getWriteConcernError: () => undefined } as never)
  await expect(ignoreOlder(() => Promise.reject(error))).rejects.toMatchObject({ code: 'databaseUnavailable', cause: error })
})

it('a server that takes the connection and closes it is an error', async () => {
  const server: Server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?serverSelectionTimeoutMS=300`)
  const write = () => ignoreOlder(() => client.db('x').collection('y').bulkWrite([{ insertOne: { document: { a: 1 } } }], { ordered: false }))
  await expect(write()).rejects.toThrow()
  await client.close()
  server.close()
})
