// A tenant whose Graph takes requests and answers none: it waits alone.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import type { UnitDoc } from '../../api/sync/units.ts'
import { notGranted, openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ graph: 'proxied' })
})
afterAll(() => house?.close())

it('others are read while it hangs, and it takes no more than its share of the places', async () => {
  const tenants = (await house.get<TenantList>('/tenants')).items
  const hanging = tenants.find(({ kind }) => kind === 'customer')!.id
  const others = tenants.map(({ id }) => id).filter((id) => id !== hanging)
  expect(others.length).toBeGreaterThan(1)
  let release = () => undefined as void
  const released = new Promise<void>((resolve) => (release = resolve))
  let most = 0
  let open = 0
  const end = house.graph().change(async ({ sent }) => {
    if (decodeJwt(sent.authorization!.replace(/^Bearer /, '')).tid !== hanging) return
    most = Math.max(most, ++open)
    await released
    open -= 1
  })
  try {
    const units = house.db.collection<UnitDoc>('units')
    const before = new Date()
    await house.as('Admin', 'POST', `/tenants/${hanging}/sync`)
    // It has all that it can get.
    await until('it hangs', () => Promise.resolve(open >= 4))
    for (const id of others) await house.as('Admin', 'POST', `/tenants/${id}/sync`)
    await until('every stream of the others has been read', async () =>
      (await units.countDocuments({ tenantId: { $in: others }, stream: { $nin: notGranted }, $or: [{ lastSuccessAt: null }, { lastSuccessAt: { $lt: before } }] })) === 0, 40)
    expect(open).toBeGreaterThan(0)
    expect(await units.countDocuments({ tenantId: hanging, leaseOwner: { $ne: null } })).toBeLessThanOrEqual(4)
    expect(most).toBeLessThanOrEqual(4)
  } finally {
    end()
    release()
  }
  await house.synced()
})
