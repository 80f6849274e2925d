// What is due is what can be had: work that another copy of the process is at must not hide the work that waits.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase } from '../database/database.fixture.ts'
import { Units } from './units.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const due = async (limit: number) => (await test.db(Units).dueOf('t', limit)).map(({ _id }) => _id)

it('a second worker gets the units that the first has not taken', async () => {
  const units = test.db(Units)
  const made = Array.from({ length: 6 }, (_, n) => ({ _id: `t|mail|${n}`, tenantId: 't', stream: 'mail' }))
  await units.ensure(made, new Date())
  const first = await due(3)
  expect(first).toHaveLength(3)
  for (const id of first) expect(await units.claim(id, 'first', 30)).not.toBeNull()
  const second = await due(3)
  expect([...first, ...second].sort()).toEqual(made.map(({ _id }) => _id))
})

it('a lease that has run out does not hide its unit, and a unit that is not due is left out, by the clock of the database', async () => {
  const units = test.db(Units)
  await test.driver.collection('units').updateMany({}, { $set: { leaseUntil: new Date(Date.now() + 60_000) } })
  await test.driver.collection<{ _id: string }>('units').updateOne({ _id: 't|mail|1' }, { $set: { leaseUntil: new Date(Date.now() - 1_000) } })
  expect(await due(6)).toEqual(['t|mail|1'])
  await test.driver.collection<{ _id: string }>('units').updateOne({ _id: 't|mail|1' }, { $set: { dueAt: new Date(Date.now() + 60_000) } })
  expect(await due(6)).toEqual([])
  expect(await units.dueTakers()).toEqual([])
})

it('a heartbeat that comes late does not take a unit again that was given back', async () => {
  const units = test.db(Units)
  const all = test.driver.collection<{ _id: string }>('units')
  await all.updateMany({}, { $set: { dueAt: new Date(0), leaseUntil: new Date(0) } })
  const unit = (await units.claim('t|mail|2', 'me', 30))!
  expect(await units.renew(unit._id, unit.epoch, 30)).toBe(true)
  await units.finish(unit, 0, {})
  expect(await units.renew(unit._id, unit.epoch, 30)).toBe(false)
  expect(await due(6)).toContain(unit._id)
})

it('a wish does not shorten the time for which Microsoft asks to wait, whether it comes before or during the round', async () => {
  const units = test.db(Units)
  const all = test.driver.collection<{ _id: string }>('units')
  await all.updateMany({}, { $set: { dueAt: new Date(0), leaseUntil: new Date(0) } })
  const waits = { attempts: 1, lastError: { code: 'throttled', message: '', at: new Date() } }
  const unit = (await units.claim('t|mail|1', 'me', 30))!
  await units.wish('t')
  await units.finish(unit, 600, waits)
  expect(await due(6)).not.toContain('t|mail|1')
  await units.wish('t')
  expect(await due(6)).not.toContain('t|mail|1')
  await all.updateOne({ _id: 't|mail|1' }, { $set: { lastError: { code: 'serviceUnavailable', message: '', at: new Date() } } })
  await units.wish('t')
  expect(await due(6)).toContain('t|mail|1')
})

it('tenants with something due are told, and jobs as one of none', async () => {
  const units = test.db(Units)
  await units.ensure([{ _id: 'judging|c', tenantId: null, stream: 'judging', own: { of: 'c' } }, { _id: 'u|mfa', tenantId: 'u', stream: 'mfa' }], new Date())
  await units.claim('u|mfa', 'me', 30)
  expect((await units.dueTakers()).map(String).sort()).toEqual(['null', 't'])
  expect((await units.dueOf(null, 5)).map(({ _id }) => _id)).toEqual(['judging|c'])
})
