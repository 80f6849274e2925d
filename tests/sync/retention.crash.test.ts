// Mail and meetings go by the database's clock, whatever the product does.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

/** The clock of a database of somebody else's is not set. */
const embedded = process.env.MONGODB_TEST_URI === undefined

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', alone: true, database: ['--ttl-seconds', '1'] })
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  await house.simulator('POST', '/meetings', { mailbox: house.personas.Admin.upn, subject: 'ends soon', start: new Date().toISOString(), end: soon })
  await house.synced()
})
afterAll(() => house?.close())

it.runIf(embedded)('Mail goes after 14 days, a meeting 7 days after its end, by an index of the database.', async () => {
  const [messages, meetings] = [house.db.collection('messages'), house.db.collection('meetings')]
  expect(await messages.indexes()).toContainEqual(expect.objectContaining({ key: { receivedAt: 1 }, expireAfterSeconds: 14 * 86_400 }))
  expect(await meetings.indexes()).toContainEqual(expect.objectContaining({ key: { end: 1 }, expireAfterSeconds: 7 * 86_400 }))
  const daysSince = (at: unknown) => (Date.now() - (at as Date).getTime()) / 86_400_000
  const newest = (await messages.find().sort({ receivedAt: -1 }).limit(1).toArray())[0]!.receivedAt as Date
  const { end } = (await meetings.findOne({ subject: 'ends soon' }))!
  const ended = { end: { $lt: new Date((end as Date).getTime() - 86_400_000) } }
  const older = { receivedAt: { $lt: new Date(newest.getTime() - 86_400_000) } }
  expect(Math.min(await meetings.countDocuments(ended), await messages.countDocuments(older))).toBeGreaterThan(0)
  await house.stopProduct()
  const goOnTo = (days: number) => house.killDatabase(['--ttl-seconds', '1', '--clock-offset-seconds', String(days * 86_400)])
  await goOnTo(6.9 - daysSince(end))
  await until('meetings that ended a day before it are gone', async () => (await meetings.countDocuments(ended)) === 0)
  expect(await meetings.countDocuments({ subject: 'ends soon' })).toBe(1)
  await goOnTo(7.1 - daysSince(end))
  await until('it is gone', async () => (await meetings.countDocuments({ subject: 'ends soon' })) === 0)
  await goOnTo(13.9 - daysSince(newest))
  await until('mail of the day before it is gone', async () => (await messages.countDocuments(older)) === 0)
  expect(await messages.countDocuments({ receivedAt: newest })).toBeGreaterThan(0)
  await goOnTo(14.1 - daysSince(newest))
  await until('no mail is left', async () => (await messages.countDocuments()) === 0)
})
