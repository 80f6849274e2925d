// docs/permissions.md, sentence by sentence and cell by cell: what it asks Microsoft for. A title is what the page says.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Feature, Tenant, TenantList } from '../../api/connections/model.ts'
import { featureRows } from '../../api/connections/permissions.ts'
import type { Posture } from '../../api/posture/model.ts'
import { streams } from '../../api/subjects.ts'
import { notGranted } from '../house/house.fixture.ts'
import { contoso, count, docs, failing, house, own, plant, requests, tenantNamed, truth, unlisted } from './planted.fixture.ts'

const pim = 'RoleManagement.Read.Directory'
const pimGroups = 'PrivilegedEligibilitySchedule.Read.AzureADGroup'
const five = ['Directory.Read.All', 'Mail.Read', 'Calendars.Read', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
const policies = 'Policy.Read.All'
const eight = [...five, pim, pimGroups, policies]

const { paths } = JSON.parse(readFileSync(new URL('../../infra/simulator/graph/graph-openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, { get?: { 'x-app-permissions'?: { any: string[] } } }>
}
/** Paths with an id of nothing in particular, and permissions of which any is enough. */
const templates = Object.entries(paths).map(([template, { get }]) => [template.replaceAll('()', '').replaceAll(/\{[^}]+\}/g, '1'), get?.['x-app-permissions']?.any ?? []] as const)

beforeAll(plant)
afterAll(() => house?.close())

describe('What it asks Microsoft for', () => {
  interface Asked {
    status: number
    features: Feature[]
    code: string | undefined
    message: string
    problems: string[]
  }
  const consent = (name: string, permissions: string[]) => house.simulator('POST', `/tenants/${tenantNamed(name).tenantId}`, { permissions })
  const usual = (name: string) => consent(name, five)
  /** What Test says of a tenant whose administrator has consented to these. */
  const test = async (name: string, permissions: string[]): Promise<Asked> => {
    const { tenantId } = tenantNamed(name)
    const known = (await house.simulator<{ tenantId: string; clientId: string; clientSecret: string }[]>('GET', '/tenants')).find((one) => one.tenantId === tenantId)!
    await consent(name, permissions)
    const customerId = tenantId === own ? null : (await house.customer(name)).id
    const form = { tenantId, clientId: known.clientId, clientSecret: known.clientSecret, customerId, mailboxes: customerId === null ? [house.personas.Admin.upn] : [] }
    const { status, body } = await house.as('Admin', 'POST', '/tenants/test', form)
    const { features = [], message, error } = body as { features?: Feature[]; message?: string; error?: { code: string; message: string; problems?: { message: string }[] } }
    return { status, features, code: error?.code, message: error?.message ?? message ?? '', problems: (error?.problems ?? []).map((one) => one.message) }
  }
  const tenant = async (name: string): Promise<Tenant> => (await house.get<TenantList>('/tenants')).items.find(({ id }) => id === tenantNamed(name).tenantId)!

  it('Outpost reads with eight application permissions of Microsoft Graph.', async () => {
    expect((await test('Proseware', eight)).features.map(({ permission, granted }) => [permission, granted])).toEqual(eight.map((name) => [name, true]))
    for (const { tenantId } of truth.tenants) expect(await failing(tenantId)).toEqual([])
  })

  it('Outpost asks for none that nothing it reads needs.', async () => {
    // By Microsoft's description there is a request of a stream that takes each of them.
    const rows = featureRows(streams)
    expect(rows.map(({ permission }) => permission)).toEqual(eight)
    for (const { permission, paths: own } of rows) {
      const takes = templates.some(([template, any]) => own.some((pattern) => pattern.test(template)) && any.includes(permission))
      expect([permission, takes]).toEqual([permission, true])
    }
    for (const name of eight) expect(name).toMatch(/\.Read(\.All|\.Directory|\.AzureADGroup)?$/)
    // What is not a GET has been refused since the start, in a batch too, and every stream has succeeded.
    for (const { tenantId } of truth.tenants) expect(await failing(tenantId)).toEqual([])
  })

  it('Test names each of them, whether it is granted, and what it costs to go without.', async () => {
    const { status, features } = await test('Contoso', ['Directory.Read.All', 'UserAuthenticationMethod.Read.All'])
    expect(status).toBe(200)
    expect(features.map(({ permission, granted, required }) => ({ permission, granted, required }))).toEqual([
      { permission: 'Directory.Read.All', granted: true, required: true },
      { permission: 'AuditLog.Read.All', granted: false, required: false },
      { permission: 'UserAuthenticationMethod.Read.All', granted: true, required: false },
      { permission: pim, granted: false, required: false },
      { permission: pimGroups, granted: false, required: false },
      { permission: policies, granted: false, required: false },
    ])
    for (const { without, read } of features) expect(Math.min(without.length, read.length)).toBeGreaterThan(10)
    // What is refused names all that is missing, too.
    expect((await test('Proseware', ['Mail.Read'])).problems.map((problem) => problem.split(':')[0])).toEqual(eight.filter((name) => name !== 'Mail.Read'))
  })

  it('A tenant can be connected when everything that is required there is granted.', async () => {
    expect((await test('Proseware', ['Directory.Read.All', 'Mail.Read', 'Calendars.Read'])).message).toBe('Connected to Proseware — 1 mailbox configured')
    expect((await test('Contoso', ['Directory.Read.All'])).message).toBe('Connected to Contoso — 0 mailboxes configured')
    expect(await test('Contoso', [])).toMatchObject({ status: 403, code: 'consentMissing', message: expect.stringMatching(/^Admin consent is missing for Directory\.Read\.All\. Add it/) as string })
    expect((await test('Proseware', [])).message).toMatch(/^Admin consent is missing for Directory\.Read\.All, Mail\.Read, Calendars\.Read\. Add them/)
  })

  it('What is optional and missing stays unknown and is named; it is no error.', async () => {
    await usual('Proseware')
    await consent('Contoso', ['Directory.Read.All'])
    await house.db.collection('registrations').deleteMany({ tenantId: tenantNamed('Contoso').tenantId })
    await house.synced()
    const { status, streams } = await tenant('Contoso')
    expect(status).toBe('connected')
    expect(streams.filter(({ lastError }) => lastError !== null)).toEqual([])
    expect(streams.find(({ stream }) => stream === 'mfa')!.notGranted?.message).toBe('Optional, and not granted: AuditLog.Read.All. Without it, it stays unknown who can do multi-factor authentication.')
    expect(streams.find(({ stream }) => stream === 'eligibility')!.notGranted?.message).toContain(pim)
    const posture = await house.get<Posture>(`${await contoso()}/posture`)
    // Not of its guests in the own tenant, whose report is read.
    expect(posture.mfa.capable).toBe(0)
    expect(posture.mfa.unknown).toBe(await count('accounts', { tenantId: tenantNamed('Contoso').tenantId, enabled: true, guest: false }))
    expect(posture.freshness.map(({ stream, lastError, notGranted }) => ({ stream, lastError, named: notGranted?.message.includes('AuditLog.Read.All') === true }))).toEqual([
      { stream: 'accounts', lastError: null, named: false }, { stream: 'mfa', lastError: null, named: true }, { stream: 'roles', lastError: null, named: false },
    ])
  })

  it('A permission that is granted later works at the next Sync now.', async () => {
    await consent('Contoso', eight)
    await consent('Proseware', ['Directory.Read.All'])
    await house.synced()
    expect(await failing(own)).toEqual(['calendar', 'mail'])
    expect((await tenant('Contoso')).streams.filter(({ notGranted }) => notGranted !== undefined)).toEqual([])
    for (const { name } of truth.tenants) await usual(name)
    await house.synced()
    for (const { tenantId } of truth.tenants) expect(await failing(tenantId)).toEqual([])
    expect((await tenant('Proseware')).status).toBe('connected')
  })

  it('Mail.Read covers every mailbox of a tenant, but Outpost reads those on its list and no other.', async () => {
    const { upn, userId } = house.personas.none
    expect(tenantNamed('Proseware').mailboxes.find((box) => box.upn === unlisted)!.messages).toHaveLength(1)
    expect(await failing(own)).toEqual([])
    const paths = (await requests()).map(({ path }) => decodeURIComponent(path))
    expect(paths.filter((path) => path.includes(house.personas.Viewer.userId)).length).toBeGreaterThan(3)
    expect(paths.filter((path) => path.includes(upn) || path.includes(userId))).toEqual([])
    expect(await count('messages', { mailboxId: userId })).toBe(0)
  })

  describe('one permission after the other is taken away, and the streams that need it stop', () => {
    const stopped: Record<string, string[]> = {}
    /** Streams that do not read, and say for which permission. */
    const stoppedFor = async (name: string, permission: string) => {
      const named = ({ lastError, notGranted }: Tenant['streams'][number]) => `${lastError?.message ?? ''}${notGranted?.message ?? ''}`
      // Exchange does not say which permission it misses.
      const streams = (await tenant(name)).streams.filter((one) => !notGranted.includes(one.stream) && named(one) !== '')
      for (const one of streams) expect(named(one)).toMatch(new RegExp(`${permission}|Microsoft denied access`))
      return [...new Set(streams.map(({ stream }) => stream))].sort()
    }
    const without = async (round: Record<string, string | null>) => {
      for (const [name, gone] of Object.entries(round)) await consent(name, five.filter((one) => one !== gone))
      await house.synced()
      for (const [name, gone] of Object.entries(round)) if (gone !== null) stopped[gone] = await stoppedFor(name, gone)
    }
    const secretEndsIn = async () => (Date.parse((await tenant('Proseware')).secretExpiresAt!) - Date.now()) / 86_400_000
    const methodsOf = (name: string) => docs('registrations', { tenantId: tenantNamed(name).tenantId, source: 'methods' })
    beforeAll(async () => {
      await house.simulator('POST', `/tenants/${tenantNamed('Fabrikam').tenantId}`, { premium: false })
      await without({ 'Proseware': 'Mail.Read', 'Contoso': 'AuditLog.Read.All', 'Fabrikam': 'UserAuthenticationMethod.Read.All' })
      stopped['methods without it'] = (await methodsOf('Fabrikam')).map(({ _id }) => _id)
      await without({ 'Proseware': 'Calendars.Read', 'Contoso': null, 'Fabrikam': null })
      stopped['methods with it'] = (await methodsOf('Fabrikam')).map(({ _id }) => _id)
      await house.simulator('POST', `/tenants/${tenantNamed('Fabrikam').tenantId}`, { premium: true })
      await house.simulator('POST', `/tenants/${own}`, { secret: 'expiresIn', days: 10 })
      await without({ Proseware: 'Directory.Read.All' })
      if ((await secretEndsIn()) > 11) stopped['Directory.Read.All']!.push('expiry of the secret')
      await without({ Proseware: null })
      expect(Math.round(await secretEndsIn())).toBe(10)
    })

    it.each([
      [
        'Directory.Read.All, read with it: organisation, domains, accounts with their addresses, directory roles and their members, licences, '
          + 'the expiry of Outpost’s own secret, who holds a role in Outpost',
        'Directory.Read.All', ['accounts', 'appRoles', 'licences', 'organization', 'roles', 'expiry of the secret'],
      ],
      ['Mail.Read, read with it: mail of the listed mailboxes', 'Mail.Read', ['mail']],
      ['Calendars.Read, read with it: meetings of the listed mailboxes', 'Calendars.Read', ['calendar']],
      ['AuditLog.Read.All, read with it: MFA registration details', 'AuditLog.Read.All', ['mfa']],
    ])('%s', (_, gone, streams) => {
      expect(stopped[gone]).toEqual(streams)
    })

    it('UserAuthenticationMethod.Read.All, read with it: method types of privileged accounts where the registration report is not available', () => {
      expect(stopped['UserAuthenticationMethod.Read.All']).toEqual(['mfa'])
      expect(stopped['methods without it']).toEqual([])
      const { tenantId, users } = tenantNamed('Fabrikam')
      expect(stopped['methods with it']!.length).toBeGreaterThan(3)
      for (const id of stopped['methods with it']!) expect(users.map((user) => `${tenantId}|${user.id}`)).toContain(id)
      expect(stopped['methods with it']!.length).toBeLessThan(users.length / 2)
    })

    it.each([
      ['RoleManagement.Read.Directory, read with it: roles that can be activated through PIM', [...five, pimGroups], pim],
      ['PrivilegedEligibilitySchedule.Read.AzureADGroup, read with it: who can become a member of a group with a role (PIM for Groups)', [...five, pim], pimGroups],
    ])('%s', async (_, less, missing) => {
      const eligibility = async (name: string) => (await tenant(name)).streams.find(({ stream }) => stream === 'eligibility')!
      await consent('Contoso', eight)
      await consent('Fabrikam', less)
      await house.synced()
      expect(await eligibility('Contoso')).toMatchObject({ lastError: null, items: expect.any(Number) as number })
      expect((await eligibility('Contoso')).notGranted).toBeUndefined()
      expect((await eligibility('Fabrikam')).notGranted?.message).toContain(missing)
    })
  })

  describe('security defaults', () => {
    const shown = async (name: string) => (await house.get<Posture>(`/customers/${(await house.customer(name)).id}/posture`)).securityDefaults
    afterAll(async () => {
      for (const { name } of truth.tenants) await usual(name)
      await house.synced()
    })

    it('Policy.Read.All, read with it: whether security defaults are switched on', async () => {
      await consent('Contoso', eight)
      await consent('Fabrikam', eight.filter((name) => name !== policies))
      await house.synced('securityDefaults')
      expect(await shown('Contoso')).toEqual([{ tenantId: tenantNamed('Contoso').tenantId, tenantName: 'Contoso', enabled: false, reason: null }])
      // What was read before may have changed since.
      expect(await shown('Fabrikam')).toMatchObject([{ enabled: null, reason: expect.stringContaining(policies) as string }])
      await house.simulator('POST', `/tenants/${tenantNamed('Contoso').tenantId}`, { securityDefaults: true })
      await house.synced('securityDefaults')
      expect(await shown('Contoso')).toMatchObject([{ enabled: true }])
    })
  })

  describe('what Test says of each where it is missing', () => {
    const missing = (name: string, permission: string) => test(name, eight.filter((one) => one !== permission))
    afterAll(async () => {
      for (const { name } of truth.tenants) await usual(name)
      await house.synced()
    })

    it.each([
      ['Directory.Read.All, your own tenant: required', 'Proseware', 'Directory.Read.All'],
      ['Directory.Read.All, a customer’s tenant: required', 'Contoso', 'Directory.Read.All'],
      ['Mail.Read, your own tenant: required', 'Proseware', 'Mail.Read'],
      ['Calendars.Read, your own tenant: required', 'Proseware', 'Calendars.Read'],
    ])('%s', async (_, name, permission) => {
      expect(await missing(name, permission)).toMatchObject({ code: 'consentMissing', message: expect.stringContaining(`missing for ${permission}. `) as string })
    })

    it.each([
      ['AuditLog.Read.All, your own tenant: optional', 'Proseware', 'AuditLog.Read.All'],
      ['AuditLog.Read.All, a customer’s tenant: optional', 'Contoso', 'AuditLog.Read.All'],
      ['UserAuthenticationMethod.Read.All, your own tenant: optional', 'Proseware', 'UserAuthenticationMethod.Read.All'],
      ['UserAuthenticationMethod.Read.All, a customer’s tenant: optional', 'Contoso', 'UserAuthenticationMethod.Read.All'],
      ['RoleManagement.Read.Directory, your own tenant: optional', 'Proseware', pim],
      ['PrivilegedEligibilitySchedule.Read.AzureADGroup, your own tenant: optional', 'Proseware', pimGroups],
      ['Policy.Read.All, your own tenant: optional', 'Proseware', policies],
      ['Policy.Read.All, a customer’s tenant: optional', 'Contoso', policies],
      ['PrivilegedEligibilitySchedule.Read.AzureADGroup, a customer’s tenant: optional', 'Contoso', pimGroups],
      ['RoleManagement.Read.Directory, a customer’s tenant: optional', 'Contoso', pim],
    ])('%s', async (_, name, permission) => {
      const { status, features } = await missing(name, permission)
      expect(status).toBe(200)
      expect(features.filter(({ granted }) => !granted)).toMatchObject([{ permission, required: false }])
    })

    it.each([
      ['Mail.Read, a customer’s tenant: not asked for', 'Mail.Read'],
      ['Calendars.Read, a customer’s tenant: not asked for', 'Calendars.Read'],
    ])('%s', async (_, permission) => {
      const { status, features } = await missing('Contoso', permission)
      expect({ status, names: features.map((one) => one.permission) }).toEqual({ status: 200, names: eight.filter((one) => one !== 'Mail.Read' && one !== 'Calendars.Read') })
    })

    it.each([
      ['Directory.Read.All, without it: nothing of the tenant can be read', 'Directory.Read.All'],
      ['Mail.Read, without it: there is no mail', 'Mail.Read'],
      ['Calendars.Read, without it: there are no meetings', 'Calendars.Read'],
      ['AuditLog.Read.All, without it: it stays unknown who can do multi-factor authentication', 'AuditLog.Read.All'],
      [
        'UserAuthenticationMethod.Read.All, without it: in a tenant without Entra ID P1 it stays unknown which privileged accounts can do multi-factor authentication',
        'UserAuthenticationMethod.Read.All',
      ],
      ['RoleManagement.Read.Directory, without it: roles that can be activated through PIM stay unknown', pim],
      [
        'PrivilegedEligibilitySchedule.Read.AzureADGroup, without it: who can become a member of a group with a role (PIM for Groups) stays unknown', pimGroups,
      ],
      ['Policy.Read.All, without it: it stays unknown whether security defaults are switched on', policies],
    ])('%s', async (title, permission) => {
      const { features, problems } = await missing('Proseware', permission)
      const cost = title.split(', without it: ')[1]!
      expect([...features.filter((one) => !one.granted).map(({ without }) => without), ...problems.map((problem) => problem.split(': without it, ')[1])]).toEqual(
        problems.length > 0 ? [`${cost}.`] : [cost],
      )
    })
  })
})
