// Administration: what disconnecting deletes, what the audit log finds, what a tenant's status says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditList } from '../../api/access/auditModel.ts'
import type { Disconnection, Tenant, TenantList } from '../../api/connections/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const tenants = async () => (await house.get<TenantList>('/tenants')).items
const named = async (name: string): Promise<Tenant> => (await tenants()).find((tenant) => tenant.name === name)!

it('a secret’s expiry is read from Entra', async () => {
  const { id } = await named('Contoso')
  await house.simulator('POST', `/tenants/${id}`, { secret: 'expiresIn', days: 10 })
  await house.synced('organization')
  const days = (Date.parse((await named('Contoso')).secretExpiresAt!) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(9)
  expect(days).toBeLessThan(11)
})

it('where it cannot be read, the date that was entered counts, until another secret is entered', async () => {
  const { id } = await named('Contoso')
  const { clientSecret } = (await house.simulator<{ tenantId: string; clientSecret: string }[]>('GET', '/tenants')).find((tenant) => tenant.tenantId === id)!
  await house.simulator('POST', '/faults', { match: '/v1.0/applications', status: 403, code: 'Authorization_RequestDenied', message: 'x' })
  const change = async (patch: object) => {
    expect((await house.as('Admin', 'PATCH', `/tenants/${id}`, patch)).status).toBe(200)
    await house.synced('organization')
    return (await named('Contoso')).secretExpiresAt
  }
  expect(await change({ clientSecret, secretExpiresOn: '2031-05-01' })).toBe('2031-05-01T00:00:00.000Z')
  expect(await change({ mailboxes: [] })).toBe('2031-05-01T00:00:00.000Z')
  expect(await change({ clientSecret })).toBeNull()
  expect((await house.as('Admin', 'PATCH', `/tenants/${id}`, { secretExpiresOn: 'soon' })).status).toBe(400)
  await house.simulator('DELETE', '/faults')
  await house.synced('organization')
  expect((await named('Contoso')).secretExpiresAt).not.toBeNull()
})

describe('the audit log', () => {
  it('is found by action and by person', async () => {
    const [row] = (await house.mailWith('Contoso')).filter((one) => !one.private)
    await house.as('Admin', 'GET', `/messages/${row!.id}/body`)
    const opened = await house.get<AuditList>('/audit?action=message.open')
    expect(opened.items.length).toBe(1)
    expect(opened.items[0]).toMatchObject({ userId: house.personas.Admin.userId, userName: house.personas.Admin.name, target: row!.id })
    expect((await house.get<AuditList>(`/audit?userId=${house.personas.Member.userId}`)).items).toEqual([])
    const mine = (id: string) => house.get<AuditList>(`/audit?userId=${id}`).then(({ items }) => items.length)
    expect(await mine(house.personas.Admin.userId.toUpperCase())).toBe(await mine(house.personas.Admin.userId))
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
  it('resolves no finding, and connecting it again does not either: that nothing is known is no good news', async () => {
    const { id: customerId, tenants: [tenant] } = await house.customer('Fabrikam')
    const known = (await house.simulator<{ tenantId: string }[]>('GET', '/tenants')).find(({ tenantId }) => tenantId === tenant!.id)!
    const findings = () => house.db.collection('findings').find({ customerId }).sort({ _id: 1 }).toArray()
    const result = () => house.db.collection('results').findOne({ customerId })
    const before = [await findings(), await result()] as const
    expect(before[0].some(({ state }) => state === 'open')).toBe(true)
    expect((await house.as('Admin', 'DELETE', `/tenants/${tenant!.id}`)).status).toBe(200)
    expect([await findings(), await result()]).toEqual(before)
    // Roles are read first, the accounts much later.
    await house.simulator('POST', '/faults', { match: '/v1.0/users/delta', delayMs: 2_000, times: 1 })
    const { clientId, clientSecret } = known as unknown as Record<string, string>
    expect((await house.as('Admin', 'POST', '/tenants', { tenantId: tenant!.id, clientId, clientSecret, customerId })).status).toBe(201)
    await house.synced()
    expect(await findings()).toEqual(before[0])
    expect(await result()).toMatchObject({ state: 'open', failing: before[1]!.failing as number, of: before[1]!.of as number, changedAt: before[1]!.changedAt as Date })
  })

  it('Disconnecting a tenant deletes its credentials and what was read from it; audit rows and findings stay.', async () => {
    const { id } = await named('Fabrikam')
    await house.synced()
    const known = await house.db.collection('accounts').countDocuments({ tenantId: id })
    const findings = await house.db.collection('findings').countDocuments({ tenantId: id })
    const audited = await house.db.collection('audit').countDocuments({ target: id })
    expect(Math.min(findings, audited)).toBeGreaterThan(0)
    // A round is under way, and slow: what it has read must not stay behind.
    const ended = () => house.printed().split('\n').filter((line) => line.includes(`"tenant":"${id}","stream":"licences"`)).length
    const before = ended()
    await house.simulator('POST', '/faults', { match: '/subscribedSkus', delayMs: 1_500, times: 1 })
    await house.as('Admin', 'POST', `/tenants/${id}/sync`)
    const running = { tenantId: id, stream: 'licences', leaseOwner: { $ne: null } }
    await until('a round is under way', async () => (await house.db.collection('units').countDocuments(running)) === 1)
    const { status, body } = await house.as('Admin', 'DELETE', `/tenants/${id}`)
    expect(status).toBe(200)
    expect(body as Disconnection).toEqual({ deleted: { messages: 0, meetings: 0, accounts: known } })
    await until('it has ended', () => Promise.resolve(ended() === before + 1))
    for (const { name } of await house.db.listCollections().toArray()) {
      if (['audit', 'findings', 'changes'].includes(name)) continue
      await until(`nothing is left in ${name}`, async () => (await house.db.collection(name).countDocuments({ tenantId: id })) === 0)
    }
    expect((await house.as('Admin', 'GET', `/tenants/${id}`)).status).toBe(404)
    expect(await house.db.collection<{ _id: string }>('tenants').countDocuments({ _id: id })).toBe(0)
    expect(await house.db.collection('bookmarks').countDocuments({ unitId: { $regex: `^${id}` } })).toBe(0)
    expect(await house.db.collection('findings').countDocuments({ tenantId: id })).toBe(findings)
    expect(await house.db.collection('audit').countDocuments({ target: id })).toBe(audited + 2)
  })

  it('of the MSP’s own tenant deletes its mail and meetings', async () => {
    const { id } = await named('Proseware')
    const { body } = await house.as('Admin', 'DELETE', `/tenants/${id}`)
    expect((body as Disconnection).deleted.messages).toBeGreaterThan(0)
    expect((body as Disconnection).deleted.meetings).toBeGreaterThan(0)
    for (const name of ['messages', 'meetings']) await until(`there are no ${name}`, async () => (await house.db.collection(name).countDocuments()) === 0)
    expect(await house.db.collection('bookmarks').countDocuments({ unitId: { $regex: `^${id}` } })).toBe(0)
  })
})
