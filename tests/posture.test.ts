// Posture, licences and security across customers: numbers that equal the world's own, and unknown said as unknown.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Licences } from '../api/model/licence.ts'
import type { Posture } from '../api/model/posture.ts'
import type { Security } from '../api/model/security.ts'
import { openHouse, until, type House } from './house.fixture.ts'

interface Truth {
  tenants: {
    tenantId: string
    name: string
    users: { id: string; userType?: string; accountEnabled?: boolean }[]
    registrations: { id: string; isMfaCapable: boolean }[]
  }[]
}
let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const id = async (name: string) => (await house.customer(name)).id
const posture = async (name: string) => house.get<Posture>(`/customers/${await id(name)}/posture`, 'Viewer')

describe('MFA coverage', () => {
  it.each(['Contoso', 'Fabrikam', 'Tailspin Toys'])('of %s equals the world’s own count of its enabled members', async (name) => {
    const truth = (await house.simulator<Truth>('GET', '/truth')).tenants.find((tenant) => tenant.name === name)!
    const members = truth.users.filter((user) => user.accountEnabled !== false && user.userType !== 'Guest')
    const rows = new Map(truth.registrations.map((row) => [row.id, row.isMfaCapable]))
    const { mfa, outside } = await posture(name)
    // accounts of the MSP's tenant at the customer's domains belong to it too
    const elsewhere = mfa.of - members.length
    expect(elsewhere).toBeGreaterThanOrEqual(0)
    expect(mfa.capable).toBeGreaterThanOrEqual(members.filter((user) => rows.get(user.id) === true).length)
    expect(mfa.capable).toBeLessThanOrEqual(members.filter((user) => rows.get(user.id) === true).length + elsewhere)
    expect(mfa.capable + mfa.notCapable + mfa.unknown).toBe(mfa.of)
    expect(mfa.unknown).toBeGreaterThanOrEqual(members.filter((user) => !rows.has(user.id)).length)
    expect(outside.guests + outside.disabled).toBeGreaterThan(0)
  })
})

describe('privileged accounts', () => {
  it('are found directly, through a group, on a part of the tenant; guests and service principals among them', async () => {
    const { privilegedAccounts } = await posture('Contoso')
    const roles = privilegedAccounts.flatMap((account) => account.roles)
    expect(roles.some((role) => role.via !== null)).toBe(true)
    expect(roles.some((role) => role.scope === 'limited')).toBe(true)
    expect(roles.some((role) => role.label === 'highImpact')).toBe(true)
    expect(new Set(privilegedAccounts.map((account) => account.kind))).toEqual(new Set(['member', 'guest', 'servicePrincipal']))
    for (const account of privilegedAccounts) expect(account.mfa === null).toBe(account.kind === 'servicePrincipal')
  })

  it('without the permission for PIM what is eligible is unknown, with the permission named; with it, it is known', async () => {
    const before = await posture('Contoso')
    expect(before).toMatchObject({ eligibility: 'unknown', eligibilityReason: expect.stringContaining('RoleManagement.Read.Directory') as string })
    const six = ['Mail.Read', 'Calendars.Read', 'User.Read.All', 'Directory.Read.All', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
    const tenants = await house.simulator<{ tenantId: string; kind: string }[]>('GET', '/tenants')
    for (const { tenantId } of tenants) await house.simulator('POST', `/tenants/${tenantId}`, { permissions: [...six, 'RoleManagement.Read.Directory'] })
    // Tokens that were issued before do not hold it yet.
    await house.stopProduct()
    await house.startProduct()
    await house.synced()
    const after = await posture('Contoso')
    expect(after).toMatchObject({ eligibility: 'known', eligibilityReason: null })
    expect(after.privilegedAccounts.flatMap((account) => account.roles).some((role) => role.assignment === 'eligible')).toBe(true)
  })
})

describe('licences', () => {
  it.each(['Contoso', 'Fabrikam', 'Tailspin Toys'])('of %s: seats add up, and holders are counted as Microsoft counts them', async (name) => {
    const { items, accounts } = await house.get<Licences>(`/customers/${await id(name)}/licences`, 'Viewer')
    expect(items.length).toBeGreaterThan(2)
    for (const sku of items) {
      expect(sku.free).toBe(sku.bought - sku.used)
      expect(accounts.filter((account) => account.licences.includes(sku.name)).length).toBe(sku.used)
    }
  })

  it('are named, or shown by part number; suspended, overused and unknown ones are said as such', async () => {
    const all = (await Promise.all(['Contoso', 'Fabrikam', 'Tailspin Toys'].map(async (name) => house.get<Licences>(`/customers/${await id(name)}/licences`)))).flatMap(({ items }) => items)
    expect(all).toContainEqual(expect.objectContaining({ partNumber: 'SPE_E3', name: 'Microsoft 365 E3' }))
    expect(all.some((sku) => sku.name === sku.partNumber)).toBe(true)
    expect(new Set(all.map((sku) => sku.state)).size).toBeGreaterThan(1)
  })
})

describe('security across customers', () => {
  it('has a row a customer, worst first, and leaves nobody out in silence', async () => {
    await house.as('Admin', 'POST', '/customers', { name: '=cmd|x', domains: ['wingtip.example'] })
    const { items, signals } = await house.get<Security>('/security', 'Viewer')
    expect(items.map((row) => row.name).sort()).toEqual(['=cmd|x', 'Contoso', 'Fabrikam', 'Tailspin Toys'])
    const known = items.filter((row) => row.mfa !== null)
    for (const signal of signals) {
      expect(signal.customers + signal.leftOut.length).toBe(signal.of)
      const inside = known.filter((row) => row[signal.signal]!.of > 0)
      const mean = inside.reduce((sum, row) => sum + row[signal.signal]!.capable / row[signal.signal]!.of, 0) / inside.length
      expect(signal.average).toBeCloseTo(mean, 10)
      expect(signal.leftOut.map(({ name }) => name)).toContain('=cmd|x')
    }
    for (const row of known) {
      const { mfa, privilegedMfa } = await posture(row.name)
      expect({ mfa: row.mfa, privilegedMfa: row.privilegedMfa }).toEqual({ mfa, privilegedMfa })
    }
  })

  it('leaves as CSV in which no cell is a formula', async () => {
    const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Viewer.upn}/token`)
    const response = await fetch(`${house.origin}/api/v1/security.csv`, { headers: { Authorization: `Bearer ${token}` } })
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines).toHaveLength(5)
    for (const line of lines) for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=+\-@\t]/)
  })
})

describe('a tenant without Entra ID P1', () => {
  it('has no report: privileged accounts are asked one by one, the others are unknown, and the reason is said', async () => {
    const before = await posture('Contoso')
    const { id: tenantId } = (await house.customer('Contoso')).tenants[0]!
    await house.db.collection('registrations').deleteMany({ tenantId })
    await house.simulator('POST', `/tenants/${tenantId}`, { premium: false })
    await house.as('Admin', 'POST', `/tenants/${tenantId}/sync`)
    const after = await until('the stream says why', async () => {
      const now = await posture('Contoso')
      return now.freshness.find((one) => one.stream === 'mfa')?.lastError?.message.includes('P1 or P2') && now.privilegedMfa.capable > 0 ? now : null
    })
    expect(after.privilegedMfa).toMatchObject({ of: before.privilegedMfa.of, unknown: 0 })
    expect(after.mfa.unknown).toBeGreaterThan(before.mfa.unknown)
    expect(after.mfa.of).toBe(before.mfa.of)
    const paths = (await house.simulator<{ path: string }[]>('GET', '/requests')).filter(({ path }) => path.includes('/authentication/methods'))
    expect(paths.every(({ path }) => after.privilegedAccounts.some((account) => path.includes(account.id)))).toBe(true)
  })
})
