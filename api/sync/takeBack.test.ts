// What belongs to nobody that is connected goes; what belongs to no tenant at all stays.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { thoseOf } from '../database/collection.ts'
import { allCollections, openTestDatabase, type TestDatabase } from '../database/database.fixture.ts'
import type { Belongings } from '../database/readings.ts'
import { wishJob } from './job.ts'
import { jobs, streams } from '../subjects.ts'
import { removeOrphans } from './takeBack.ts'
import { Units } from './units.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('units of a tenant that is gone are removed, and neither those of one that is connected nor a customer that waits to be judged', async () => {
  const { db } = test
  const [judging] = jobs
  await db(Units).ensure(['gone', 'there'].map((tenantId) => ({ _id: `${tenantId}|accounts`, tenantId, stream: 'accounts' })), new Date())
  await wishJob(db, judging!, ['contoso'], new Date())
  const now = () => new Date()
  const tenants = { connected: () => Promise.resolve([{ _id: 'there', customerId: null, clientId: '', mailboxes: [] }]), open: () => Promise.resolve(null) }
  await removeOrphans({ db, streams, tenants, jobs, now, belongings: thoseOf<Belongings>(allCollections, 'tenant') })
  expect((await db(Units).all()).map(({ _id }) => _id).sort()).toEqual(['gone|accounts', 'judging|contoso', 'removing|gone', 'there|accounts'])
  const job = jobs.find(({ name }) => name === 'removing')!
  await job.run(db, 'gone', { now: now(), epoch: 1, keepLease: () => Promise.resolve() })
  expect((await db(Units).all()).map(({ _id }) => _id)).not.toContain('gone|accounts')
})
