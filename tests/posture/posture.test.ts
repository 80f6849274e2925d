// Posture: numbers that equal the world's own, and unknown said as unknown.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant } from '../../api/connections/model.ts'
import type { AccountList, AccountRow, MfaAnswer, Posture } from '../../api/posture/model.ts'
import type { Security } from '../../api/security/model.ts'
import { graphError } from '../house/graphProxy.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

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
  house = await openHouse({ graph: 'proxied' })
})
afterAll(() => house?.close())

const id = async (name: string) => (await house.customer(name)).id
const posture = async (name: string) => house.get<Posture>(`/customers/${await id(name)}/posture`, 'Viewer')
/** Grants these beside the six. */
async function grant(...permissions: string[]): Promise<void> {
  const six = ['Mail.Read', 'Calendars.Read', 'User.Read.All', 'Directory.Read.All', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
  const tenants = await house.simulator<{ tenantId: string; kind: string }[]>('GET', '/tenants')
  for (const { tenantId } of tenants) await house.simulator('POST', `/tenants/${tenantId}`, { permissions: [...six, ...permissions] })
  // Tokens that were issued before do not hold them yet.
  await house.stopProduct()
  await house.startProduct()
  await house.synced('roles', 'eligibility')
}
/** Every page of a customer's accounts with one answer, or of all of them. */
const accounts = async (name: string, mfa: MfaAnswer['capable'] | null, limit = 100) => {
  const path = `/customers/${await id(name)}/accounts?limit=${limit}${mfa === null ? '' : `&mfa=${mfa}`}`
  const rows: AccountRow[] = []
  for (let after = ''; ; ) {
    const page = await house.get<AccountList>(`${path}&after=${encodeURIComponent(after)}`, 'Viewer')
    expect(page.items.length).toBeLessThanOrEqual(limit)
    rows.push(...page.items)
    if (page.next === null) {
      expect(rows).toHaveLength(page.of)
      return rows
    }
    after = page.next
  }
}

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

describe('the accounts behind the coverage', () => {
  it.each(['Contoso', 'Fabrikam', 'Tailspin Toys'])('of %s are as many as it says, with the answers of the world', async (name) => {
    const { mfa } = await posture(name)
    const [no, unknown, yes] = [await accounts(name, 'no'), await accounts(name, 'unknown'), await accounts(name, 'yes')]
    expect([no.length, unknown.length, yes.length]).toEqual([mfa.notCapable, mfa.unknown, mfa.capable])
    expect(await accounts(name, null)).toEqual([...no, ...unknown, ...yes])
    const { tenants } = await house.simulator<Truth>('GET', '/truth')
    const truth = (row: AccountRow) =>
      tenants.find(({ tenantId }) => tenantId === row.tenantId)?.registrations.find((registration) => registration.id === row.id)?.isMfaCapable
    expect(no.filter((row) => truth(row) !== false)).toEqual([])
    expect(yes.filter((row) => truth(row) !== true)).toEqual([])
    expect(unknown.filter((row) => truth(row) !== undefined)).toEqual([])
    for (const { mfa: answer } of unknown) expect(answer.reason).not.toBe('')
  })

  it('come page by page in the same order, nobody twice, nobody left out: privileged first within each answer, then by name', async () => {
    const all = await accounts('Contoso', null)
    expect(await accounts('Contoso', null, 7)).toEqual(all)
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length)
    const order = { no: 0, unknown: 1, yes: 2 }
    const byAnswer = (a: AccountRow, b: AccountRow) => order[a.mfa.capable] - order[b.mfa.capable]
    const privilegedFirst = (a: AccountRow, b: AccountRow) => Number(b.privileged) - Number(a.privileged)
    const sorted = all.toSorted((a, b) => byAnswer(a, b) || privilegedFirst(a, b) || a.displayName.localeCompare(b.displayName))
    expect(all.map((row) => row.displayName)).toEqual(sorted.map((row) => row.displayName))
  })

  it('are marked as the list of privileged accounts has them', async () => {
    const { privilegedAccounts } = await posture('Contoso')
    const members = privilegedAccounts.filter((account) => account.enabled && account.kind === 'member')
    const privileged = members.filter((account) => account.roles.some((role) => role.label === 'privileged'))
    expect(privileged.length).toBeGreaterThan(0)
    const marked = (await accounts('Contoso', null)).filter((row) => row.privileged !== false)
    expect(marked.map((row) => row.id).sort()).toEqual(privileged.map((account) => account.id).sort())
    for (const row of marked) expect(row).toMatchObject({ privileged: true, mfa: privileged.find((account) => account.id === row.id)!.mfa })
  })

  it('of a customer without any are none, not an error; what is no answer, no size and no place in the list is refused', async () => {
    const { body } = await house.as('Admin', 'POST', '/customers', { name: 'Litware', domains: ['litware.example'] })
    const { id: litware } = body as { id: string }
    expect(await house.get<AccountList>(`/customers/${litware}/accounts`)).toEqual({ items: [], of: 0, next: null })
    await house.as('Admin', 'PATCH', `/customers/${litware}`, { archived: true })
    const path = `/customers/${await id('Contoso')}/accounts`
    for (const search of ['mfa=maybe', 'limit=0', 'limit=101', 'after=nobody']) {
      expect(await house.as('Viewer', 'GET', `${path}?${search}`)).toMatchObject({ status: 400, body: { error: { code: 'invalidInput' } } })
    }
    const { next } = await house.get<AccountList>(`${path}?mfa=yes&limit=1`)
    const moved = await house.as('Viewer', 'GET', `${path}?mfa=no&after=${encodeURIComponent(next!)}`)
    expect(moved).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('The list has changed') as string } } })
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
    for (const account of privilegedAccounts) expect(account.displayName).not.toBe('')
  })

  it('Without RoleManagement.Read.Directory, roles that can be activated through PIM are unknown, and the permission is named.', async () => {
    const { privilegedAccounts, ...known } = await posture('Contoso')
    expect(known).toMatchObject({ eligibility: 'unknown', eligibilityReason: expect.stringContaining('RoleManagement.Read.Directory') as string })
    expect(privilegedAccounts.flatMap((account) => account.roles).some((role) => role.assignment === 'eligible')).toBe(false)
  })

  it('With RoleManagement.Read.Directory they are shown.', async () => {
    await grant('RoleManagement.Read.Directory')
    const after = await posture('Contoso')
    expect(after.privilegedAccounts.flatMap((account) => account.roles).some((role) => role.assignment === 'eligible')).toBe(true)
  })

  it('Without PrivilegedEligibilitySchedule.Read.AzureADGroup, who can become a member of a group that holds a role stays unknown, and the permission is named.', async () => {
    const before = await posture('Contoso')
    expect(before).toMatchObject({ eligibility: 'unknown', eligibilityReason: expect.stringContaining('PrivilegedEligibilitySchedule.Read.AzureADGroup') as string })
    const joining = ({ privilegedAccounts }: Posture) => privilegedAccounts.filter((account) => account.roles.some((role) => role.assignment === 'eligible' && role.via !== null))
    expect(joining(before)).toEqual([])
    await grant('RoleManagement.Read.Directory', 'PrivilegedEligibilitySchedule.Read.AzureADGroup')
    const after = await posture('Contoso')
    expect(after).toMatchObject({ eligibility: 'known', eligibilityReason: null })
    expect(joining(after).map((account) => account.roles.map(({ name, via }) => [name, via]))).toEqual([[['Security Administrator', 'Security team']]])
  })

  it('an application that holds its role through a group is among them, although Microsoft does not list it as a member', async () => {
    const { privilegedAccounts } = await posture('Contoso')
    const app = privilegedAccounts.find((account) => account.displayName === 'Alarm Collector')
    expect(app).toMatchObject({ kind: 'servicePrincipal', mfa: null, roles: [{ name: 'Security Administrator', via: 'Security team', assignment: 'active' }] })
  })

  it('one that was deleted stops nothing: roles are read all the same, and it is shown as unknown', async () => {
    const before = (await posture('Contoso')).privilegedAccounts
    const nobody = '00000000-0000-4000-8000-00000000dead'
    const end = house.graph().change((answer) => {
      if (!answer.path.includes('/roleManagement/directory/roleAssignments')) return
      if (answer.path.includes('$expand=principal')) Object.assign(answer, { status: 404, body: graphError('Request_ResourceNotFound') })
      else (answer.body.value as object[]).push({ id: 'x', principalId: nobody, roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10', directoryScopeId: '/' })
    })
    await house.synced('roles')
    const after = await posture('Contoso')
    expect(after.privilegedAccounts.find(({ id }) => id === nobody)).toMatchObject({ kind: 'unknown', roles: [{ name: 'Global Administrator' }], mfa: { capable: 'unknown' } })
    expect(after.privilegedAccounts.filter(({ id }) => id !== nobody)).toEqual(before)
    expect(after.freshness.find(({ stream }) => stream === 'roles')).toMatchObject({ lastError: null })
    end()
    await house.synced('roles')
    expect((await posture('Contoso')).privilegedAccounts).toEqual(before)
  })
})

describe('a tenant without Entra ID P1', () => {
  it('has no report: privileged accounts are asked one by one, at Microsoft’s pace and after their roles; the others are unknown, and the reason is said', async () => {
    const { id: tenantId } = (await house.customer('Contoso')).tenants[0]!
    // Seven are enough to need a second go.
    const direct = (await posture('Contoso')).privilegedAccounts.filter(({ kind, roles }) => kind === 'member' && roles.length === 1 && roles[0]!.via === null && roles[0]!.scope === 'tenant')
    for (const { id: userId } of direct.slice(0, 4)) await house.simulator('POST', '/accounts', { tenantId, action: 'removeAdministrator', userId })
    await house.synced('roles')
    const before = await posture('Contoso')
    // Five in ten seconds; whoever asks for more is told to wait, and that counts as well.
    const times: number[] = []
    let refused = 0
    const end = house.graph().change((answer) => {
      if (!answer.path.includes('/authentication/methods')) return
      times.push(performance.now())
      if (times.filter((at) => performance.now() - at < 10_000).length <= 5) return
      refused++
      Object.assign(answer, { status: 429, headers: { 'retry-after': '10' }, body: graphError('TooManyRequests') })
    })
    // Nobody knows yet who is privileged: the roles come a moment later.
    await house.simulator('POST', '/faults', { match: '/roleManagement/directory/roleAssignments', delayMs: 1_500 })
    await house.db.collection('roleMembers').deleteMany({ tenantId })
    await house.db.collection('units').updateOne({ tenantId, stream: 'roles' }, { $set: { lastSuccessAt: null } })
    await house.db.collection('registrations').deleteMany({ tenantId })
    await house.simulator('POST', `/tenants/${tenantId}`, { premium: false })
    await house.as('Admin', 'POST', `/tenants/${tenantId}/sync`)
    const after = await until('the stream says why', async () => {
      const now = await posture('Contoso')
      return now.freshness.find((one) => one.stream === 'mfa')?.lastError?.message.includes('P1 or P2') && now.privilegedMfa.capable > 0 ? now : null
    }, 60)
    end()
    await house.simulator('DELETE', '/faults')
    expect(times.length).toBeGreaterThan(5)
    expect(refused).toBe(0)
    // The lists across customers have it as well.
    const counted = async () => JSON.stringify((await house.get<Security>('/security')).items.find(({ name }) => name === 'Contoso')!.privilegedMfa)
    await until('the customer is judged', async () => (await counted()) === JSON.stringify(after.privilegedMfa))
    expect(after.privilegedMfa).toMatchObject({ of: before.privilegedMfa.of, unknown: 0 })
    expect(after.mfa.unknown).toBeGreaterThan(before.mfa.unknown)
    expect(after.mfa.of).toBe(before.mfa.of)
    const asked = await house.db.collection('registrations').find({ tenantId, source: 'methods' }).toArray()
    expect(asked.length).toBeGreaterThan(3)
    for (const { accountId } of asked) expect(after.privilegedAccounts.map((account) => account.id)).toContain(accountId)
    const unknown = (await accounts('Contoso', 'unknown')).filter((row) => row.tenantId === tenantId)
    expect(unknown.length).toBeGreaterThan(0)
    for (const row of unknown) expect(row.mfa).toMatchObject({ reason: expect.stringContaining('P1 or P2') as string, methods: [] })
    // Nothing to wait for and nothing to mend: it never had a report.
    await house.db.collection('units').updateOne({ tenantId, stream: 'mfa' }, { $set: { lastSuccessAt: null } })
    expect((await house.get<Tenant>(`/tenants/${tenantId}`)).status).toBe('connected')
  })
})
