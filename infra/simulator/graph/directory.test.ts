import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { trial, type Item, type Page, type Reply, type Trial } from '../simulator.fixture.ts'
import { ROLE_TEMPLATES } from '../world/roles.ts'
import type { Tenant } from '../world/model.ts'

type Sku = Item & { consumedUnits: number; skuId: string; skuPartNumber: string; prepaidUnits: Record<string, number>; capabilityStatus: string }
type Application = Item & { passwordCredentials: { endDateTime: string }[] }
const REPORT = '/reports/authenticationMethods/userRegistrationDetails'
let t: Trial
beforeAll(async () => { t = await trial('small', undefined, 1) })
afterAll(() => t.close())
afterEach(() => expect(t.sim.violations).toEqual([]))

const customers = (): Tenant[] => t.sim.world.tenants.slice(1)
const contoso = (): Tenant => customers()[0] as Tenant
const bearers = new Map<string, Promise<string>>()
const bearerOf = (tenant: Tenant): Promise<string> => {
  const known = bearers.get(tenant.id) ?? t.token(tenant)
  bearers.set(tenant.id, known)
  return known
}
const all = async (tenant: Tenant, path: string): Promise<Item[]> => {
  const bearer = await bearerOf(tenant)
  const found: Item[] = []
  for (let link: string | undefined = path; link !== undefined;) {
    const { status, body }: Reply<Page> = await t.get(link, undefined, bearer)
    expect([status, body]).toEqual([200, body])
    found.push(...body.value)
    link = body['@odata.nextLink']
  }
  return found
}
const change = (tenant: Tenant, body: unknown) => {
  bearers.clear()
  return t.call('POST', `/simulator/tenants/${tenant.id}`, body)
}

describe('licences', () => {
  it('are counted as they are assigned: suspended here, overused there, unknown elsewhere', async () => {
    const parts: string[][] = []
    for (const tenant of customers()) {
      const skus = await all(tenant, '/subscribedSkus') as Sku[]
      // A reading may tell an account twice.
      const told = await all(tenant, '/users/delta?$select=id,assignedLicenses')
      const users = new Map(told.map((u) => [u.id, u.assignedLicenses as { skuId: string }[]]))
      const seats = [...users.values()].flatMap((licences) => licences.map((l) => l.skuId))
      for (const sku of skus) expect(seats.filter((s) => s === sku.skuId)).toHaveLength(sku.consumedUnits)
      expect(new Set(seats).size).toBeLessThanOrEqual(skus.length)
      parts.push(skus.filter((s) => s.capabilityStatus !== 'Enabled' || s.consumedUnits > (s.prepaidUnits.enabled ?? 0)).map((s) => s.skuPartNumber))
    }
    expect(parts).toEqual([['O365_BUSINESS_PREMIUM', 'EXCHANGESTANDARD'], ['SPE_E3'], []])
    expect((await all(customers()[2] as Tenant, '/subscribedSkus')).map((s) => s.skuPartNumber)).toContain('HOLOGRAM_SUITE_BETA')
  })

  it('show in the delta when they change', async () => {
    const user = [...contoso().users.values()].at(-1)
    const { body } = await t.get('/users/delta?$select=displayName,assignedLicenses', undefined, await bearerOf(contoso()))
    const act = (action: string, sku: string) => t.call('POST', '/simulator/accounts', { tenantId: contoso().id, action, userId: user?.id, sku })
    const told = async () => (await all(contoso(), body['@odata.deltaLink'] as string)).at(-1) as Item & { assignedLicenses: { skuId: string }[] }
    expect((await act('assignLicense', 'EXCHANGESTANDARD')).status).toBe(200)
    const exchange = { disabledPlans: [], skuId: '4b9405b0-7788-4568-add1-99614e613b69' }
    expect(await told()).toMatchObject({ id: user?.id, assignedLicenses: expect.arrayContaining([exchange]) as unknown })
    await act('removeLicense', 'EXCHANGESTANDARD')
    expect((await told()).assignedLicenses).not.toContainEqual(exchange)
    expect(await act('assignLicense', 'NOTHING')).toMatchObject({ status: 400 })
  })
})

describe('roles', () => {
  it('assignments agree with the members of roles, and tell more: scopes and roles of the tenant’s own', async () => {
    for (const tenant of customers()) {
      const definitions = await all(tenant, '/roleManagement/directory/roleDefinitions?$select=id,displayName,isBuiltIn,templateId')
      expect(definitions.filter((d) => d.isBuiltIn === false)).toHaveLength(1)
      const assigned = await all(tenant, '/roleManagement/directory/roleAssignments?$expand=principal&$top=5')
      expect(new Set(assigned.map((a) => a.id)).size).toBe(assigned.length)
      const builtIn = new Set(definitions.filter((d) => d.isBuiltIn).map((d) => d.id))
      const whole = assigned.filter((a) => a.directoryScopeId === '/' && builtIn.has(a.roleDefinitionId as string))
      const direct = whole.map((a) => `${a.roleDefinitionId as string} ${a.principalId as string}`)
      const members = tenant.roles.flatMap((role) => role.members.map((id) => `${role.templateId} ${id}`))
      expect(direct.sort()).toEqual(members.sort())
      const nameOf = (id: unknown): unknown => definitions.find((d) => d.id === id)?.displayName
      const holder = (a: Item): string =>
        [(a.principal as Item)['@odata.type'], nameOf(a.roleDefinitionId), (a.directoryScopeId as string).slice(0, 21)].join(' ')
      expect(assigned.map(holder)).toEqual(expect.arrayContaining([
        '#microsoft.graph.group Security Administrator /', '#microsoft.graph.servicePrincipal Directory Writers /',
        '#microsoft.graph.user Exchange Administrator /', '#microsoft.graph.user Helpdesk Administrator /administrativeUnits/',
        '#microsoft.graph.user Printer keeper /', '#microsoft.graph.user Teams Administrator /',
      ]))
      const guests = new Set([...tenant.users.values()].filter((u) => u.userType === 'Guest').map((u) => u.id))
      expect(assigned.some((a) => guests.has(a.principalId as string))).toBe(true)
    }
  })

  it('keeps the direct members that there were before', () => {
    const names = customers().map((tenant) => tenant.roles.map((r) => `${r.name} ${r.members.length}`))
    const before = ['Global Administrator 4', 'User Administrator 1', 'Exchange Administrator 1', 'Security Administrator 2']
    for (const roles of names) expect(roles.slice(0, 4)).toEqual(before)
  })

  it('expands the principal alone, and filters', async () => {
    const path = '/roleManagement/directory/roleAssignments'
    expect((await t.get(`${path}?$expand=directoryScope`, undefined, await t.token(contoso()))).status).toBe(501)
    const assigned = await all(contoso(), `${path}?$filter=roleDefinitionId eq '29232cdf-9323-42fd-ade2-1d097af3e4de'`)
    expect(assigned).toMatchObject([{ directoryScopeId: '/' }])
  })

  it('keeps eligibility for whoever may read it', async () => {
    const path = '/roleManagement/directory/roleEligibilityScheduleInstances'
    expect(await t.get(path, undefined, await t.token(contoso())))
      .toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } })
    const before = [...contoso().app.permissions]
    for (const permission of ['RoleManagement.Read.Directory', 'RoleEligibilitySchedule.Read.Directory']) {
      await change(contoso(), { permissions: [...before, permission] })
      const eligible = await all(contoso(), `${path}?$expand=principal`)
      const principal = { '@odata.type': '#microsoft.graph.user' }
      const roleDefinitionId = ROLE_TEMPLATES['Global Administrator']
      expect(eligible).toMatchObject([{ roleDefinitionId, directoryScopeId: '/', memberType: 'Direct', principal }])
      const direct = contoso().roles.find((r) => r.name === 'Global Administrator')?.members
      expect(direct).not.toContain(eligible[0]?.principalId)
    }
    await change(contoso(), { permissions: before })
  })

  it('a group that can hold roles has members', async () => {
    const group = [...contoso().groups.values()].find((g) => g.roleAssignable)
    expect(await all(contoso(), `/groups/${group?.id as string}/members?$select=id`)).toHaveLength(2)
  })
})

describe('credentials and ways to sign in', () => {
  it('tells when the secret ends', async () => {
    const { app } = contoso()
    const days = async (): Promise<number> => {
      const path = `/applications?$filter=appId eq '${app.clientId}'&$select=id,appId,passwordCredentials`
      const [one] = await all(contoso(), path) as Application[]
      expect(one?.passwordCredentials)
        .toMatchObject([{ hint: app.secret.slice(0, 3), keyId: app.secretId, displayName: 'Outpost', secretText: null }])
      return Math.round((Date.parse(one?.passwordCredentials[0]?.endDateTime as string) - t.sim.clock.now()) / 86_400_000)
    }
    expect(await days()).toBe(335)
    await change(contoso(), { secret: 'expiresIn', days: 7 })
    expect(await days()).toBe(7)
    await change(contoso(), { secret: 'expiresIn', days: -1 })
    expect(Number(((await t.token(contoso()).catch((e: unknown) => e)) as { errorNo?: unknown }).errorNo)).toBe(7000222)
    await change(contoso(), { secret: 'rotate' })
    expect(await days()).toBe(365)
    expect((await change(contoso(), { secret: 'expiresIn' })).status).toBe(400)
  })

  it('lists the methods of one account by kind; without the permission: 403', async () => {
    const tally = [...contoso().users.values()].find((u) => u.registration?.methods.includes('mobilePhone'))
    const path = `/users/${tally?.id as string}/authentication/methods`
    const methods = await all(contoso(), path)
    expect(methods.map((m) => m['@odata.type']))
      .toEqual(expect.arrayContaining(['#microsoft.graph.passwordAuthenticationMethod', '#microsoft.graph.phoneAuthenticationMethod']))
    const permissions = contoso().app.permissions
    await change(contoso(), { permissions: permissions.filter((p) => p !== 'UserAuthenticationMethod.Read.All') })
    expect(await t.get(path, undefined, await t.token(contoso())))
      .toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } })
    await change(contoso(), { permissions })
    for (const user of contoso().users.values()) await all(contoso(), `/users/${user.id}/authentication/methods`)
  })

  it('without Entra ID P1 there is no report, and no such plan', async () => {
    const plans = async (): Promise<string> => JSON.stringify(await all(contoso(), '/subscribedSkus'))
    expect(await plans()).toContain('AAD_PREMIUM')
    await change(contoso(), { premium: false })
    expect(await t.get('/reports/authenticationMethods/userRegistrationDetails', undefined, await t.token(contoso())))
      .toMatchObject({ status: 403, body: { error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant' } } })
    expect(await plans()).not.toContain('AAD_PREMIUM')
    await change(contoso(), { premium: true })
    expect((await t.get('/reports/authenticationMethods/userRegistrationDetails', undefined, await t.token(contoso()))).status).toBe(200)
  })
})

describe('accounts and groups', () => {
  it('shows what an account action changes', async () => {
    const contoso = t.sim.world.tenants[1]
    if (!contoso) throw new Error('no customer')
    const bearer = await t.token(contoso)
    const row = async (id: string) => (await t.get(REPORT, undefined, bearer)).body.value.find((one) => one.id === id)
    const act = async (action: string, userId?: string) =>
      (await t.call<{ userId: string }>('POST', '/simulator/accounts', { tenantId: contoso.id, action, userId })).body.userId
    const userId = await act('registerMfa')
    expect(await row(userId)).toMatchObject({ isMfaCapable: true, methodsRegistered: ['microsoftAuthenticatorPush'] })
    await act('removeMfa', userId)
    expect(await row(userId)).toMatchObject({ isMfaCapable: false })
    const link = (await t.get('/users/delta?$select=id', undefined, bearer)).body['@odata.deltaLink'] as string
    await act('delete', userId)
    expect((await all(contoso, link)).at(-1)).toEqual({ id: userId, '@removed': { reason: 'changed' } })
    expect(await row(userId)).toBeUndefined()
    // One account has no row: the report leaves out those that cannot sign in.
    expect((await t.get(REPORT, undefined, bearer)).body.value).toHaveLength(contoso.users.size - 1)
  })

  it('names the direct members of groups by kind, and who has a role in Outpost', async () => {
    const { msp } = t.sim.world
    const readers = [...msp.groups.values()].find((g) => g.name === 'Outpost readers')
    const members = (await t.get(`/groups/${readers?.id as string}/members?$select=id`)).body.value
    expect(members.map((m) => m['@odata.type']).sort()).toEqual(['#microsoft.graph.group', '#microsoft.graph.user'])
    const path = `/servicePrincipals(appId='${msp.app.clientId}')`
    expect((await t.get<{ appRoles: unknown[] }>(`${path}?$select=id,appRoles`)).body.appRoles).toHaveLength(3)
    const assigned = (await t.get(`${path}/appRoleAssignedTo`)).body.value
    expect(assigned.map((a) => a.principalType)).toEqual(['User', 'User', 'Group'])
  })
})
