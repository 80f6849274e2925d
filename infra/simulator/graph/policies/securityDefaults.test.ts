import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { trial, type Item, type Reply, type Trial } from '../../simulator.fixture.ts'
import type { Tenant } from '../../world/model.ts'

const PATH = '/policies/identitySecurityDefaultsEnforcementPolicy'
let t: Trial
beforeAll(async () => { t = await trial() })
afterAll(() => t.close())
afterEach(() => expect(t.sim.violations).toEqual([]))

const tenantNamed = (name: string): Tenant => t.sim.world.tenants.find((one) => one.name === name)!
const read = async (name: string, options = ''): Promise<Reply<Item>> => t.get<Item>(`${PATH}${options}`, undefined, await t.token(tenantNamed(name)))
const change = (name: string, body: object) => t.call('POST', `/simulator/tenants/${tenantNamed(name).id}`, body)

describe('security defaults', () => {
  it('are on at one customer, off at another, and kept for whoever may read policies', async () => {
    const on = await read('Fabrikam')
    expect(on).toMatchObject({ status: 200, body: { id: '00000000-0000-0000-0000-000000000005', displayName: 'Security Defaults', isEnabled: true } })
    expect((await read('Tailspin Toys', '?$select=isEnabled')).body).toMatchObject({ isEnabled: false })
    for (const name of ['Contoso', 'Proseware'])
      expect(await read(name)).toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } })
  })

  it('are turned on and off', async () => {
    const before = tenantNamed('Tailspin Toys').securityDefaults
    expect((await change('Tailspin Toys', { securityDefaults: !before })).status).toBe(200)
    expect((await read('Tailspin Toys')).body).toMatchObject({ isEnabled: !before })
    const truth = (await t.call<{ tenants: { name: string; securityDefaults: boolean }[] }>('GET', '/simulator/truth')).body
    expect(truth.tenants.find(({ name }) => name === 'Tailspin Toys')?.securityDefaults).toBe(!before)
    await change('Tailspin Toys', { securityDefaults: before })
  })

  it('are not opened by a permission that needs another beside it', async () => {
    await change('Contoso', { permissions: ['Policy.ReadWrite.SecurityDefaults'] })
    expect((await read('Contoso')).status).toBe(403)
    await change('Contoso', { permissions: ['Policy.ReadWrite.SecurityDefaults', 'Policy.Read.All'] })
    expect((await read('Contoso')).status).toBe(200)
  })

  it('are one of several policies: what is not known of them or of the others is a 501', async () => {
    for (const path of [`${PATH}?$select=deletedDateTime`, '/policies/authorizationPolicy'])
      expect((await t.get(path, undefined, await t.token(tenantNamed('Fabrikam')))).status).toBe(501)
  })
})
