// A database that takes a request and never answers: no caller waits for ever, and nothing has to be restarted.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestStore } from '../../bot/alerts/testDatabase.ts'

/** A database of somebody else's is not stopped or killed. */
const embedded = process.env.MONGODB_TEST_URI === undefined

let test: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  test = await openTestStore()
})
afterAll(() => test.close())

it.runIf(embedded)('a large write into a database that stands still ends with a clear error, and the next one succeeds', async () => {
  // More than a socket takes: the driver is still writing when nobody reads any more.
  const docs = Array.from({ length: 20 }, (_, n) => ({ _id: String(n), tenantId: 't', round: 1, displayName: 'x'.repeat(200_000) }))
  const write = () => test.store.accounts.write(docs as never)
  test.process!.kill('SIGSTOP')
  await expect(write()).rejects.toMatchObject({ code: 'databaseUnavailable' })
  test.process!.kill('SIGCONT')
  await write()
  expect(await test.store.accounts.ofTenant('t')).toHaveLength(20)
})
