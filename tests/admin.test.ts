// Administration: what disconnecting deletes, what the audit log finds, what a tenant's status says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditList } from '../api/model/audit.ts'
import type { Disconnection, Tenant, TenantList } from '../api/model/tenant.ts'
import { openHouse, type House } from './house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const tenants = async () => (await house.get<TenantList>('/tenants')).items
const named = async (name: string): Promise<Tenant> => (await tenants()).find((tenant) => tenant.name === name)!

it('a secret’s expiry is read from Entra', async () => {
  const { id } = await named('Contoso')
  await house.simulator('POST', `/tenants/${id}`, { secret: 'expiresIn', days: 10 })
  await house.synced()
  const days = (Date.parse((await named('Contoso')).secretExpiresAt!) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(9)
  expect(days).toBeLessThan(11)
})

describe('the audit log', () => {
  it('is found by action and by person', async () => {
    const [row] = (await house.communications('Contoso')).filter((one) => !one.private)
    await house.as('Admin', 'GET', `/messages/${row!.id}/body`)
    const opened = await house.get<AuditList>('/audit?action=message.open')
    expect(opened.items.length).toBe(1)
    expect(opened.items[0]).toMatchObject({ userId: house.personas.Admin.userId, userName: house.personas.Admin.name, target: row!.id })
    expect((await house.get<AuditList>(`/audit?userId=${house.personas.Member.userId}`)).items).toEqual([])
    expect((await house.as('Admin', 'GET', '/audit?action=nonsense')).status).toBe(400)
  })

  it('pages through everything once, newest first', async () => {
    for (let i = 0; i < 60; i++) await house.as('Admin', 'POST', `/tenants/${(await named('Contoso')).id}/sync`)
    const seen: string[] = []
    for (let after = ''; ; ) {
      const page = await house.get<AuditList>(`/audit?after=${after}`)
      seen.push(...page.items.map((row) => row.id))
      expect(page.items.map((row) => row.at)).toEqual(page.items.map((row) => row.at).sort().reverse())
      if (page.next === null) break
      after = page.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe(await house.db.collection('audit').countDocuments())
  })
})

describe('disconnecting a tenant', () => {
  it('of a customer deletes its accounts and says how many; posture says why nothing is known', async () => {
    const { id } = await named('Fabrikam')
    const known = await house.db.collection('accounts').countDocuments({ tenantId: id })
    const { status, body } = await house.as('Admin', 'DELETE', `/tenants/${id}`)
    expect(status).toBe(200)
    expect(body as Disconnection).toEqual({ deleted: { messages: 0, meetings: 0, accounts: known } })
    for (const { name } of await house.db.listCollections().toArray()) {
      if (['audit', 'findings', 'changes'].includes(name)) continue
      expect({ name, left: await house.db.collection(name).countDocuments({ tenantId: id }) }).toEqual({ name, left: 0 })
    }
    expect((await house.as('Admin', 'GET', `/tenants/${id}`)).status).toBe(404)
  })

  it('of the MSP’s own tenant deletes its mail and meetings', async () => {
    const { id } = await named('Proseware')
    const { body } = await house.as('Admin', 'DELETE', `/tenants/${id}`)
    expect((body as Disconnection).deleted.messages).toBeGreaterThan(0)
    expect((body as Disconnection).deleted.meetings).toBeGreaterThan(0)
    expect(await house.db.collection('messages').countDocuments()).toBe(0)
    expect(await house.db.collection('meetings').countDocuments()).toBe(0)
    expect(await house.db.collection('bookmarks').countDocuments({ unitId: { $regex: `^${id}` } })).toBe(0)
  })
})
