// A worker that starts makes the units that are missing, and none that somebody is just taking away.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../database/database.fixture.ts'
import { streams } from '../subjects.ts'
import { ensureUnits } from './ensureUnits.ts'
import type { Connected } from './round.ts'
import { unitsOf } from './stream.ts'
import { Units } from './units.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.driver.collection('units').deleteMany({})
})

const own: Connected = { _id: 'own', customerId: null, clientId: '', mailboxes: ['a@proseware.com', 'b@proseware.com'] }
const theirs: Connected = { _id: 'theirs', customerId: 'contoso', clientId: '', mailboxes: [] }
const now = () => new Date()
const idsOf = (...tenants: Connected[]) => tenants.flatMap((tenant) => unitsOf(streams, tenant, 'own').map(({ _id }) => _id)).sort()
const present = async () => (await test.db(Units).all()).map(({ _id }) => _id).sort()

/** @param answers which tenants are connected, each time somebody asks; the last of them from then on */
function ensuredWith(...answers: Connected[][]): Promise<void> {
  let asked = 0
  const tenants = { connected: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)]!), open: () => Promise.resolve(null) }
  return ensureUnits({ db: test.db, streams, tenants, homeTenantId: 'own', now })
}

it('what is there stays as it is, whoever else is at it, and what is missing is due', async () => {
  const db = test.db
  const mail = 'own|mail|a@proseware.com'
  await db(Units).ensure(unitsOf(streams, own, 'own').filter(({ _id }) => _id === mail), now())
  const before = await db(Units).claim(mail, 'somebody', 30)
  await Promise.all([1, 2, 3].map(() => ensuredWith([own, theirs])))
  expect(await present()).toEqual(idsOf(own, theirs))
  expect(await db(Units).get(mail)).toEqual(before)
  const due = await Promise.all((await db(Units).dueTakers()).map((tenantId) => db(Units).dueOf(tenantId, 100)))
  expect(due.flat().map(({ _id }) => _id).sort()).toEqual(idsOf(own, theirs).filter((id) => id !== mail))
  expect(await db(Units).get('own|calendar|b@proseware.com')).toMatchObject({ mailbox: 'b@proseware.com', facts: null })
})

it('a tenant that is disconnected and a mailbox that is taken off the list meanwhile get no units', async () => {
  await ensuredWith([own, theirs], [{ ...own, mailboxes: ['a@proseware.com'] }])
  expect(await present()).toEqual(idsOf({ ...own, mailboxes: ['a@proseware.com'] }))
})
