// The directory of a tenant when Microsoft's answers are not as they should be: nothing is lost, and what is unknown is said.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant } from '../../api/connections/model.ts'
import type { Licences } from '../../api/licences/model.ts'
import type { AccountList, AccountRow, Posture } from '../../api/posture/model.ts'
import { graphError, type GraphAnswer } from '../house/graphProxy.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
let customerId: string
let tenantId: string
const undo: (() => void)[] = []
const change = (hook: (answer: GraphAnswer) => void) => undo.push(house.graph().change(hook))
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', graph: 'proxied' })
  const tenant = (await house.get<{ items: Tenant[] }>('/tenants')).items.find(({ kind }) => kind === 'customer')!
  customerId = tenant.customerId!
  tenantId = tenant.id
})
afterEach(() => {
  for (const end of undo.splice(0)) end()
})
afterAll(() => house?.close())

const posture = () => house.get<Posture>(`/customers/${customerId}/posture`)
const accounts = async () => (await house.get<AccountList>(`/customers/${customerId}/accounts?limit=100`)).items.toSorted((a, b) => a.id.localeCompare(b.id))
const account = async (id: string) => (await accounts()).find((row) => row.id === id)
const stream = async (name: string) => (await house.get<Tenant>(`/tenants/${tenantId}`)).streams.find((one) => one.stream === name)!
const act = (action: string, more: object) => house.simulator<{ userId: string }>('POST', '/accounts', { tenantId, action, ...more })

/** Changes what a delta says of one account, which is then told again. */
async function told(id: string, item: (whole: Record<string, unknown>) => unknown): Promise<void> {
  change((answer) => {
    if (!answer.path.includes('/users/delta') || !Array.isArray(answer.body.value)) return
    answer.body.value = (answer.body.value as { id: string }[]).map((one) => (one.id === id ? item(one as unknown as Record<string, unknown>) : one))
  })
  await act('enable', { userId: id })
  await house.synced('accounts')
}

describe('a page of the registration report that fails as long as it is large', () => {
  const isReport = ({ path }: GraphAnswer) => path.includes('/userRegistrationDetails')
  const fails = (answer: GraphAnswer) => Object.assign(answer, { status: 500, body: graphError('InternalServerError') })

  it('is read in smaller ones, whole', async () => {
    const before = await accounts()
    await house.db.collection('registrations').deleteMany({ tenantId })
    change((answer) => {
      if (isReport(answer) && ((answer.body.value as unknown[] | undefined)?.length ?? 0) > 3) fails(answer)
    })
    await house.synced('mfa')
    expect(await accounts()).toEqual(before)
    expect(await stream('mfa')).toMatchObject({ lastError: null, unread: [] })
  })

  it('and holds a row that cannot be read at all: that account is named as unknown, everybody else is known', async () => {
    const before = await accounts()
    const broken = before.find(({ mfa }) => mfa.capable !== 'unknown')!
    change((answer) => {
      const rows = answer.body.value as { id: string }[] | undefined
      if (isReport(answer) && (rows?.some(({ id }) => id === broken.id) ?? answer.path.endsWith(broken.id))) fails(answer)
    })
    const { id } = await act('enable', { userId: broken.id }).then(() => ({ id: `${tenantId}|mfa` }))
    await house.as('Admin', 'POST', `/tenants/${tenantId}/sync`)
    await until('the report to be read around it', async () => (await stream('mfa')).unread.length > 0, 60)
    await until('the round to end', async () => (await house.db.collection<{ _id: string; leaseOwner: string | null }>('units').findOne({ _id: id }))?.leaseOwner === null)
    const after = await accounts()
    expect(after.filter((row) => row.id !== broken.id)).toEqual(before.filter((row) => row.id !== broken.id))
    expect(after.find((row) => row.id === broken.id)!.mfa).toMatchObject({ capable: 'unknown', reason: expect.stringContaining('fails to answer about this account alone') as string })
    expect(await stream('mfa')).toMatchObject({ lastError: { code: 'partlyRead' }, unread: [{ what: 'account', id: broken.id }] })
    for (const end of undo.splice(0)) end()
    await house.synced('mfa')
    expect(await accounts()).toEqual(before)
  }, 90_000)
})

describe('an account', () => {
  const pick = async () => (await accounts()).find((row) => row.privileged === false)!
  /** Everything that is shown of it but what must differ. */
  const licences = async (id: string) => (await house.db.collection<{ accountId: string; licences: string[]; addresses: string[] }>('accounts').findOne({ accountId: id }))!

  it('whose change names one property keeps the others: it stays disabled, and licensed', async () => {
    const { id, displayName } = await pick()
    const before = await licences(id)
    expect(before.licences.length).toBeGreaterThan(0)
    await act('disable', { userId: id })
    await house.synced('accounts')
    expect(await account(id)).toBeUndefined()
    await told(id, () => ({ id, displayName: `${displayName} (renamed)` }))
    expect(await account(id)).toBeUndefined()
    expect(await licences(id)).toMatchObject({ displayName: `${displayName} (renamed)`, enabled: false, licences: before.licences, addresses: before.addresses })
    for (const end of undo.splice(0)) end()
    await act('enable', { userId: id })
    await house.synced('accounts')
    expect(await account(id)).toMatchObject({ displayName })
  })

  it.each<[string, object]>([
    ['has no UPN and no addresses', { userPrincipalName: null, mail: null, proxyAddresses: null }],
    ['has addresses that are none', { proxyAddresses: [null, 7, 'smtp:'], mail: 5 }],
    ['has licences that are none', { assignedLicenses: [null, {}], displayName: null }],
  ])('that %s does not stop the others', async (_, odd) => {
    const { id } = await pick()
    const created = await act('create', { displayName: 'Comes along' })
    await told(id, (whole) => ({ ...whole, ...odd }))
    expect((await stream('accounts')).lastError).toBeNull()
    expect(await account(created.userId)).toMatchObject({ displayName: 'Comes along' })
    for (const end of undo.splice(0)) end()
    await act('delete', { userId: created.userId })
    await act('enable', { userId: id })
    await house.synced('accounts')
    expect(await account(id)).toBeDefined()
  })

  it('in a page beside something that is none is read', async () => {
    const { id } = await pick()
    change((answer) => {
      if (answer.path.includes('/users/delta') && Array.isArray(answer.body.value)) answer.body.value = [null, {}, ...(answer.body.value as object[])]
    })
    await act('disable', { userId: id })
    await house.synced('accounts')
    expect(await account(id)).toBeUndefined()
    await act('enable', { userId: id })
    await house.synced('accounts')
    expect((await stream('accounts')).lastError).toBeNull()
  })
})

describe('an account of which Microsoft fails to answer', () => {
  it('is named, everybody else is read, and it is read as soon as it can be', async () => {
    const before = await accounts()
    const { id } = before.find((row) => row.tenantId === tenantId)!
    change((answer) => {
      if (answer.path.includes('/users/delta') && Array.isArray(answer.body.value)) for (const item of answer.body.value as Record<string, unknown>[]) if (item.id === id) delete item.userType
      if (answer.path.includes(`/users/${id}?`)) Object.assign(answer, { status: 500, body: graphError('InternalServerError') })
    })
    await house.db.collection('accounts').deleteMany({ tenantId })
    await house.db.collection('bookmarks').deleteMany({ unitId: `${tenantId}|accounts` })
    await house.as('Admin', 'POST', `/tenants/${tenantId}/sync`)
    await until('the others', async () => (await stream('accounts')).unread.length > 0, 60)
    expect(await stream('accounts')).toMatchObject({ lastError: { code: 'partlyRead' }, unread: [{ what: 'account', id }] })
    expect((await accounts()).map((row) => row.id)).toEqual(before.flatMap((row) => (row.id === id ? [] : [row.id])))
    await house.synced('accounts')
    expect(await stream('accounts')).toMatchObject({ unread: [{ what: 'account', id }] })
    for (const end of undo.splice(0)) end()
    await house.synced('accounts')
    expect(await accounts()).toEqual(before)
    expect((await stream('accounts')).lastError).toBeNull()
  }, 90_000)
})

describe('an account is an object, and its address is a name for it', () => {
  const findings = async () => (await posture()).findings
  const failing = async (): Promise<AccountRow> => (await accounts()).find((row) => row.privileged === true && row.mfa.capable === 'no')!

  it('a new name and address: finding and role follow it', async () => {
    const before = await failing()
    const finding = (await findings()).find(({ accountId }) => accountId === before.id)!
    await told(before.id, (whole) => ({ ...whole, displayName: 'Renamed Robin', userPrincipalName: 'renamed@contoso.com', mail: null, proxyAddresses: [] }))
    expect(await failing()).toMatchObject({ id: before.id, displayName: 'Renamed Robin', userPrincipalName: 'renamed@contoso.com', privileged: true })
    expect(await findings()).toContainEqual({ ...finding, accountName: 'Renamed Robin' })
    for (const end of undo.splice(0)) end()
    await act('enable', { userId: before.id })
    await house.synced('accounts', 'mfa', 'roles')
    expect(await failing()).toEqual(before)
  })

  it('deleted and made again with the same address: another object, with neither the role nor the finding of the first', async () => {
    const before = await failing()
    await act('delete', { userId: before.id })
    const { userId } = await act('create', { userPrincipalName: before.userPrincipalName, displayName: before.displayName })
    await house.synced('accounts', 'mfa', 'roles')
    expect(userId).not.toBe(before.id)
    expect(await account(before.id)).toBeUndefined()
    expect(await account(userId)).toMatchObject({ userPrincipalName: before.userPrincipalName, privileged: false })
    expect((await findings()).filter(({ accountId, state }) => accountId === before.id && state === 'open')).toEqual([])
    expect((await findings()).filter(({ accountId }) => accountId === userId)).toEqual([])
    await act('addAdministrator', { userId })
    await house.synced('accounts', 'mfa', 'roles')
    expect(await findings()).toContainEqual(expect.objectContaining({ accountId: userId, state: 'open' }))
  })
})

describe('an answer that says less than is known', () => {
  const changeItems = (path: RegExp, edit: (item: Record<string, unknown>) => void) =>
    change((answer) => {
      if (path.test(answer.path) && answer.status < 300 && Array.isArray(answer.body.value)) for (const item of answer.body.value as Record<string, unknown>[]) edit(item)
    })

  it('of an organisation without its name keeps the name', async () => {
    const before = (await house.get<Tenant>(`/tenants/${tenantId}`)).name
    changeItems(/\/organization/, (item) => delete item.displayName)
    await house.synced('organization')
    expect((await house.get<Tenant>(`/tenants/${tenantId}`)).name).toBe(before)
  })

  const licences = async () => (await house.get<Licences>(`/customers/${customerId}/licences`)).items

  it.each(['prepaidUnits', 'consumedUnits', 'skuPartNumber'])('of licences without %s keeps what is known, never 0', async (field) => {
    const before = await licences()
    changeItems(/\/subscribedSkus/, (item) => delete item[field])
    await house.synced('licences')
    expect(await licences()).toEqual(before)
    await house.db.collection('licences').deleteMany({ tenantId })
    await house.synced('licences')
    if (field === 'skuPartNumber') expect((await licences()).length).toBe(before.length)
    else {
      expect(await licences()).toEqual([])
      const { lastError, unread } = await stream('licences')
      expect(lastError?.code).toBe('partlyRead')
      expect(new Set(unread.map(({ id }) => id))).toEqual(new Set(before.map(({ skuId }) => skuId)))
    }
    for (const end of undo.splice(0)) end()
    await house.synced('licences')
    expect(await licences()).toEqual(before)
  })
})

describe('null and nonsense in a list', () => {
  it.each<[string, RegExp, (body: Record<string, unknown>) => unknown]>([
    ['roles', /roleAssignments/, ({ value }) => value],
    ['roles', /roleDefinitions/, ({ value }) => value],
    ['licences', /subscribedSkus/, ({ value }) => value],
    ['mfa', /userRegistrationDetails/, ({ value }) => value],
    ['organization', /\/organization/, ({ value }) => value],
    ['organization', /\/organization/, ({ value }) => (value as { verifiedDomains: unknown }[])[0]!.verifiedDomains],
    ['organization', /\/applications/, ({ value }) => (value as { passwordCredentials: unknown }[])[0]?.passwordCredentials],
    ['appRoles', /servicePrincipals/, ({ appRoles }) => appRoles],
    ['appRoles', /appRoleAssignedTo/, ({ value }) => value],
    ['appRoles', /\/members/, ({ value }) => value],
  ])('stops nothing (%s, %s)', async (name, path, pick) => {
    change((answer) => {
      const list = path.test(answer.path) && answer.status < 300 ? pick(answer.body) : null
      if (Array.isArray(list)) list.unshift(null, 'nonsense', 7)
    })
    await house.synced(name)
    for (const tenant of (await house.get<{ items: Tenant[] }>('/tenants')).items) {
      for (const one of tenant.streams.filter((each) => each.stream === name)) expect(one.lastError).toBeNull()
    }
  })
})

describe('methods of an account, where the tenant has no report', () => {
  const privileged = async () => (await posture()).privilegedAccounts.filter(({ kind, enabled }) => enabled && kind !== 'servicePrincipal').map(({ mfa }) => mfa!.capable)

  it.each<[string, object]>([
    ['no list', {}],
    ['an error with status 200', { error: { code: 'InternalServerError' } }],
    ['a list without even the password, which every account has', { value: [] }],
    ['a method without its type', { value: [{ id: 'x' }] }],
    ['null in the place of a method', { value: [null] }],
  ])('%s says neither yes nor no', async (_, body) => {
    await house.db.collection('registrations').deleteMany({ tenantId })
    change((answer) => {
      if (answer.path.includes('/userRegistrationDetails')) Object.assign(answer, { status: 403, body: graphError('Authentication_RequestFromNonPremiumTenantOrB2CTenant') })
      if (answer.path.includes('/subscribedSkus')) for (const sku of answer.body.value as Record<string, unknown>[]) sku.servicePlans = [null]
      if (answer.path.includes('/authentication/methods')) Object.assign(answer, { status: 200, body })
    })
    await house.as('Admin', 'POST', `/tenants/${tenantId}/sync`)
    await until('the round to fail', async () => (await stream('mfa')).lastError !== null)
    expect(new Set(await privileged())).toEqual(new Set(['unknown']))
  })
})
