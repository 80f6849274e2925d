// A database that takes a request and never answers: no caller waits for ever, and nothing has to be restarted.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Accounts } from '../accounts/rows.ts'
import { openTestDatabase } from './database.fixture.ts'

/** A database of somebody else's is not stopped or killed. */
const embedded = process.env.MONGODB_TEST_URI === undefined

let test: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it.runIf(embedded)('a large write into a database that stands still ends with a clear error, and the next one succeeds', async () => {
  // More than a socket takes: the driver is still writing when nobody reads any more.
  const docs = Array.from({ length: 20 }, (_, n) => ({ _id: String(n), tenantId: 't', reading: 1, displayName: 'x'.repeat(200_000) }))
  const write = () => test.db(Accounts).write(docs as never)
  process.kill(test.pid!, 'SIGSTOP')
  await expect(write()).rejects.toMatchObject({ code: 'databaseUnavailable' })
  process.kill(test.pid!, 'SIGCONT')
  await write()
  expect(await test.db(Accounts).ofTenant('t')).toHaveLength(20)
})
