// A mailbox can be listed by two of its addresses.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase } from '../database/database.fixture.ts'
import { Units } from '../sync/units.ts'
import { MailboxUnits } from './rows.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('a mailbox that is listed by two addresses is read by both, and by one when the other is taken off', async () => {
  const [units, mailboxes] = [test.db(Units), test.db(MailboxUnits)]
  const made = ['old@proseware.com', 'new@proseware.com'].map((mailbox) => ({ _id: `u|mail|${mailbox}`, tenantId: 'u', stream: 'mail', own: { mailbox } }))
  await units.ensure(made, new Date())
  await test.driver.collection('units').updateMany({ tenantId: 'u' }, { $set: { facts: { userId: 'one' } } })
  expect(await mailboxes.isReadByOthers(made[0]!, 'one')).toBe(true)
  expect(await mailboxes.isReadByOthers(made[0]!, 'another')).toBe(false)
  await units.remove([made[1]!._id])
  expect(await mailboxes.isReadByOthers(made[0]!, 'one')).toBe(false)
})
