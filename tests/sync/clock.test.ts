// The clock of the machine that runs Outpost is wrong: a setup error that otherwise looks like a broken sign-in.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { running, wrongClock } from '../house/wrongClock.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
})
afterAll(() => house?.close())

describe.each([
  ['120 minutes ahead of', 7_200],
  ['120 minutes behind', -7_200],
  ['7 minutes ahead of', 420],
])('a clock that is %s Microsoft’s', (words, seconds) => {
  it('is said to who signs in and by the streams, deletes nothing, and heals when it is set', async () => {
    const rows = await house.db.collection('messages').countDocuments()
    await house.as('Admin', 'GET', '/me')
    await house.stopProduct()
    await house.startProduct(running(wrongClock(seconds)))
    await house.db.collection('units').updateMany({}, { $set: { dueAt: new Date(0) } })
    // Judging asks Microsoft nothing.
    const units = () => house.db.collection('units').find({ tenantId: { $ne: null } }).toArray()
    await until('every stream says it', async () => (await units()).every((unit) => (unit.lastError as { code: string } | null)?.code === 'clockWrong'))
    expect((await units())[0]!.lastError).toMatchObject({ message: expect.stringContaining(`is ${words} Microsoft’s. Let it set its time`) as string })
    const me = await house.as('Admin', 'GET', '/me')
    if (Math.abs(seconds) > 3_600) expect(me).toMatchObject({ status: 503, body: { error: { code: 'clockWrong', message: expect.stringContaining(`${words} Microsoft’s`) as string } } })
    else expect(me.status).toBe(200)
    expect(await house.db.collection('messages').countDocuments()).toBe(rows)
    await house.stopProduct()
    await house.startProduct()
    expect((await house.synced()).items.flatMap((tenant: TenantList['items'][number]) => tenant.streams).filter((unit) => unit.lastError?.code === 'clockWrong')).toEqual([])
    expect(await house.db.collection('messages').countDocuments()).toBe(rows)
  })
})

it('a clock that is two minutes wrong is good enough', async () => {
  await house.stopProduct()
  await house.startProduct(running(wrongClock(120)))
  expect((await house.as('Admin', 'GET', '/me')).status).toBe(200)
  expect((await house.synced()).items.every((tenant) => tenant.status === 'connected')).toBe(true)
})
