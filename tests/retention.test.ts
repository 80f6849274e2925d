// Mail goes after 14 days, by the database's clock, whatever the product does.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHouse, until, type House } from './house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', database: ['--ttl-seconds', '1'] })
})
afterAll(() => house.close())

it('stays for 14 days, goes after them', async () => {
  const messages = house.db.collection('messages')
  expect(await messages.countDocuments()).toBeGreaterThan(0)
  const dayOf = (days: number) => ['--ttl-seconds', '1', '--clock-offset-seconds', String(days * 86_400)]
  const newest = (await messages.find().sort({ receivedAt: -1 }).limit(1).toArray())[0]!.receivedAt as Date
  const age = (Date.now() - newest.getTime()) / 86_400_000
  await house.stopProduct()
  await house.killDatabase(dayOf(13.9 - age))
  await until('only the newest are left', async () => (await messages.countDocuments({ receivedAt: { $lt: new Date(newest.getTime() - 86_400_000) } })) === 0)
  expect(await messages.countDocuments({ receivedAt: newest })).toBeGreaterThan(0)
  await house.killDatabase(dayOf(14.1 - age))
  await until('nothing is left', async () => (await messages.countDocuments()) === 0)
})
