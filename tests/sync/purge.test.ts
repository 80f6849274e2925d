// What an administrator purges while a page is being written does not come back with it. The purge is put exactly between the
// question for the filter and the write, where no timing would find it; everything else is the real thing.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../api/access/model.ts'
import { Meetings } from '../../api/calendar/rows.ts'
import { calendarStream } from '../../api/calendar/stream.ts'
import { databaseIn, type Database } from '../../api/database/collection.ts'
import { Messages } from '../../api/mail/rows.ts'
import { mailStream } from '../../api/mail/stream.ts'
import { Bookmarks } from '../../api/sync/bookmarks.ts'
import { openParts } from '../../api/sync/parts.ts'
import type { Round } from '../../api/sync/round.ts'
import { Units } from '../../api/sync/units.ts'
import { Tenants } from '../../api/tenants/rows.ts'
import { boundIn, contextIn } from '../house/context.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
let db: Database
let admin: Actor
beforeAll(async () => {
  house = await openHouse()
  await house.stopProduct()
  db = databaseIn(house.db)
  admin = await boundIn(contextIn(house, db)).query.actorOfToken(house.environment().OUTPOST_TENANT_ID!, house.personas.Admin.userId, ['Admin'])
})
afterAll(() => house?.close())

it.each([mailStream, calendarStream])('$name', async (stream) => {
  const now = () => new Date()
  const on = contextIn(house, db)
  const { actions } = boundIn(on)
  const stored = house.db.collection(stream === mailStream ? 'messages' : 'meetings')
  const [{ customerId } = { customerId: '' }] = await stored.find<{ customerId: string }>({}).limit(1).toArray()
  expect(await stored.countDocuments({ customerId })).toBeGreaterThan(0)

  const [own] = await db(Tenants).own()
  const units = await db(Units).ofStreams([own!._id], [stream.name])
  let purged = false
  const purge = async () => {
    if (purged) return
    purged = true
    await actions.updateCustomer(admin, customerId, { archived: true })
    await on.jobs.find(({ name }) => name === 'purging')!.run(db, customerId, { now: now(), epoch: 1, keepLease: () => Promise.resolve() })
    expect(await stored.countDocuments({ customerId })).toBe(0)
  }
  const rows = new Map<unknown, object>([
    [Messages, { ...db(Messages), writePage: async (...given: Parameters<Messages['writePage']>) => purge().then(() => db(Messages).writePage(...given)) }],
    [Meetings, { ...db(Meetings), writePage: async (...given: Parameters<Meetings['writePage']>) => purge().then(() => db(Meetings).writePage(...given)) }],
  ])
  const slow = ((of: Parameters<Database>[0]) => rows.get(of) ?? db(of)) as Database
  for (const waiting of units) {
    await db(Bookmarks).remove(waiting._id)
    await house.db.collection<{ _id: string }>('units').updateOne({ _id: waiting._id }, { $set: { dueAt: new Date(0) } })
    const unit = (await db(Units).claim(waiting._id, 'test', 60))!
    const opened = (await on.tenants.open(own!._id))!
    const round: Round = { ...opened, db: slow, ownClientId: '', unit: { ...unit, tenantId: own!._id }, now, keepLease: () => Promise.resolve(), lane: null, parts: openParts(0) }
    await stream.read(round)
  }
  expect(purged).toBe(true)
  expect(await stored.countDocuments({ customerId })).toBe(0)
  await actions.updateCustomer(admin, customerId, { archived: false })
})
