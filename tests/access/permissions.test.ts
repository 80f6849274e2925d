// docs/permissions.md, sentence by sentence and cell by cell, on a world with a mailbox that is not listed and with items planted to
// tempt: canaries in bodies, in strangers' addresses and in what is private. A title is what the page says.
import { createDecipheriv } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditActionSchema, type AuditList } from '../../api/access/auditModel.ts'
import type { ChannelList } from '../../api/channels/model.ts'
import type { Licences } from '../../api/licences/model.ts'
import type { Meetings } from '../../api/calendar/model.ts'
import type { MessageRow } from '../../api/mail/model.ts'
import type { Posture } from '../../api/posture/model.ts'
import type { Feature, Tenant, TenantList } from '../../api/connections/model.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'
import {
  addressesOf, everyoneIn, isPrivate, normal, truthOf, type Truth, type TruthMeeting, type TruthMessage, type TruthTenant,
} from '../house/truth.fixture.ts'

type Doc = Record<string, unknown> & { _id: string }
interface Request {
  path: string
  query: Record<string, string>
}
const pim = 'RoleManagement.Read.Directory'
const pimGroups = 'PrivilegedEligibilitySchedule.Read.AzureADGroup'
const five = ['Directory.Read.All', 'Mail.Read', 'Calendars.Read', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
const seven = [...five, pim, pimGroups]
const roles = ['Admin', 'Member', 'Viewer'] as const
const kim = { name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }
const stranger = { name: 'canarystranger', address: 'canarystranger@evil.example' }
let house: House
let truth: Truth
let own: string
let unlisted: string

beforeAll(async () => {
  house = await openHouse()
  const { Admin, Member, Viewer, none } = house.personas
  own = Admin.tenantId
  unlisted = none.upn
  const mailboxes = [Admin.upn, Member.upn, Viewer.upn]
  await house.simulator('POST', `/tenants/${own}`, { mailboxes: [...mailboxes, unlisted] })
  // Refused by Microsoft it shows as an error, whoever asks and however: alone or in a batch.
  await refuse(`/users/(${none.userId}|${none.upn})/(mailFolders|messages|calendar|events)`)
  await refuse('^(?!GET )\\w+ /v1.0/(?!\\$batch\\b)')
  const mail = (change: object) => house.simulator<{ id: string }>('POST', '/mail', { mailbox: Admin.upn, from: kim, to: [Admin.upn], ...change })
  const at = (hours: number) => new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString()
  const meet = (change: object) => {
    const usual = { mailbox: Admin.upn, organizer: kim, attendees: [Admin.upn], start: at(30), end: at(31) }
    return house.simulator<{ iCalUId: string }>('POST', '/meetings', { ...usual, ...change })
  }
  await mail({
    from: stranger, to: [kim, Admin.upn, 'canaryother@evil.example'], subject: 'a long one', body: `${'x '.repeat(300)} canarybody`,
    attachments: [{ name: 'canaryname.pdf', content: 'canarycontent' }],
  })
  await mail({ from: stranger, to: [Admin.upn], subject: 'canarysubject', body: 'canarybody' })
  await mail({ from: { ...kim, name: 'canaryprivate' }, to: mailboxes, subject: 'canarysubject', body: 'canarybody', sensitivity: 'confidential' })
  await mail({ mailbox: unlisted, to: [unlisted], subject: 'canarysubject in a mailbox that is not listed' })
  await mail({ subject: 'between Kim and the administrator' })
  for (const persona of [Member, Viewer]) {
    const others = mailboxes.filter((upn) => upn !== persona.upn && upn !== Admin.upn)
    await mail({ mailbox: persona.upn, to: ['everybody@contoso.com'], subject: 'to a group' })
    const sent = { mailbox: persona.upn, folder: 'sentitems', from: persona.upn, to: [kim, ...others] }
    await mail({ ...sent, bcc: [Admin.upn], subject: `blind copy of ${persona.role}` })
  }
  await meet({ subject: 'with details', body: 'canarybody', location: 'canaryplace', online: true, attendees: [Admin.upn, stranger] })
  await meet({ subject: 'canarysubject', organizer: stranger })
  await meet({
    mailbox: undefined, mailboxes, attendees: mailboxes, subject: 'canarysubject', sensitivity: 'private', location: 'canaryplace',
    recurrence: { pattern: 'daily', count: 2 },
  })
  const { iCalUId } = await meet({ subject: 'canarysubject', sensitivity: 'confidential', start: at(33), end: at(34) })
  await house.simulator('PATCH', `/meetings/${iCalUId}`, { cancel: true })
  await meet({ mailbox: Member.upn, subject: 'with a group', attendees: ['everybody@contoso.com'] })
  for (const place of places) leaving.set(place, (await mail({ subject: `on its way: ${place}` })).id)
  await house.synced()
  truth = await truthOf(house)
})
afterAll(() => house.close())

/** Where mail goes to leave Outpost; null: deleted for good. */
const places = ['drafts', 'junkemail', 'deleteditems', 'outbox', null]
const leaving = new Map<string | null, string>()
const refuse = (match: string) => house.simulator('POST', '/faults', { match, status: 403, code: 'ErrorAccessDenied', message: 'refused' })
const docs = (collection: string, filter = {}) => house.db.collection<Doc>(collection).find(filter).toArray()
const fieldsOf = (list: object[]) => [...new Set(list.flatMap((one) => Object.keys(one)))].sort()
const requests = () => house.simulator<Request[]>('GET', '/requests')
const tenantNamed = (name: string): TruthTenant => truth.tenants.find((tenant) => tenant.name === name)!
const messagesOf = (name = 'Contoso', role: RoleName = 'Admin') => house.communications(name, role)
const contoso = async () => `/customers/${(await house.customer('Contoso')).id}`
const meetingsOf = async (role: RoleName = 'Admin') => (await house.get<Meetings>(`${await contoso()}/meetings`, role)).items
const idOf = (subject: string, rows: { id: string; subject: string | null }[]) => rows.find((row) => row.subject === subject)!.id
const count = (collection: string, filter: object) => house.db.collection(collection).countDocuments(filter)

async function everythingStored(except: string[] = []): Promise<string> {
  const names = (await house.db.listCollections().toArray()).map(({ name }) => name).filter((name) => !except.includes(name))
  return (await Promise.all(names.map(async (name) => JSON.stringify(await docs(name))))).join('\n')
}

async function failing(tenantId: string): Promise<string[]> {
  const { items } = await house.get<TenantList>('/tenants')
  const streams = items.find(({ id }) => id === tenantId)!.streams.filter(({ stream, lastError }) => lastError !== null && stream !== 'eligibility')
  return [...new Set(streams.map(({ stream }) => stream))].sort()
}

async function ask(role: RoleName, text: string): Promise<string> {
  const { activities } = await house.simulator<{ activities: object[] }>('POST', '/chat', { from: house.personas[role].upn, text, where: 'personal' })
  return JSON.stringify(activities)
}

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

  it('Outpost reads with seven application permissions of Microsoft Graph.', async () => {
    expect((await test('Proseware', seven)).features.map(({ permission, granted }) => [permission, granted])).toEqual(seven.map((name) => [name, true]))
    for (const { tenantId } of truth.tenants) expect(await failing(tenantId)).toEqual([])
  })

  it('Outpost never asks for a permission to write.', async () => {
    for (const name of seven) expect(name).toMatch(/\.Read(\.All|\.Directory|\.AzureADGroup)?$/)
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
    ])
    for (const { without, read } of features) expect(Math.min(without.length, read.length)).toBeGreaterThan(10)
    // What is refused names all that is missing, too.
    expect((await test('Proseware', ['Mail.Read'])).problems.map((problem) => problem.split(':')[0])).toEqual(seven.filter((name) => name !== 'Mail.Read'))
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
    await consent('Contoso', seven)
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
      const streams = (await tenant(name)).streams.filter((one) => one.stream !== 'eligibility' && named(one) !== '')
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
      await house.simulator('POST', `/tenants/${own}`, { secret: 'expiresIn', days: 10 })
      await without({ Proseware: 'Directory.Read.All' })
      if ((await secretEndsIn()) > 11) stopped['Directory.Read.All']!.push('expiry of the secret')
      await house.simulator('POST', `/tenants/${tenantNamed('Fabrikam').tenantId}`, { premium: true })
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
      await consent('Contoso', seven)
      await consent('Fabrikam', less)
      await house.synced()
      expect(await eligibility('Contoso')).toMatchObject({ lastError: null, items: expect.any(Number) as number })
      expect((await eligibility('Contoso')).notGranted).toBeUndefined()
      expect((await eligibility('Fabrikam')).notGranted?.message).toContain(missing)
    })
  })

  describe('what Test says of each where it is missing', () => {
    const missing = (name: string, permission: string) => test(name, seven.filter((one) => one !== permission))
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
      expect({ status, names: features.map((one) => one.permission) }).toEqual({ status: 200, names: seven.filter((one) => one !== 'Mail.Read' && one !== 'Calendars.Read') })
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
    ])('%s', async (title, permission) => {
      const { features, problems } = await missing('Proseware', permission)
      const cost = title.split(', without it: ')[1]!
      expect([...features.filter((one) => !one.granted).map(({ without }) => without), ...problems.map((problem) => problem.split(': without it, ')[1])]).toEqual(
        problems.length > 0 ? [`${cost}.`] : [cost],
      )
    })
  })
})

describe('What it keeps', () => {
  const ids = ['_id', 'audience', 'customerId', 'domains', 'mailboxId', 'round', 'tenantId']
  const messageIds = [...ids, 'folderId', 'mailKey', 'messageId']
  const meetingIds = [...ids, 'eventId', 'meetingKey']
  const box = (mailboxId: unknown) => {
    const { users, mailboxes } = tenantNamed('Proseware')
    return mailboxes.find(({ upn }) => upn === users.find(({ id }) => id === mailboxId)!.userPrincipalName)!
  }
  /** Stored rows with what they were made from. */
  const messages = async (hidden: boolean): Promise<[Doc, TruthMessage][]> =>
    (await docs('messages', { private: hidden })).map((doc) => [doc, box(doc.mailboxId).messages.find(({ id }) => id === doc.messageId)!])
  const meetings = async (hidden: boolean): Promise<[Doc, TruthMeeting][]> =>
    (await docs('meetings', { private: hidden })).map((doc) => [doc, box(doc.mailboxId).meetings.find(({ id }) => id === doc.eventId)!])
  const touches = (item: TruthMessage | TruthMeeting) => everyoneIn(item).some((address) => truth.sideOf(address) === 'customer')
  const every = () => tenantNamed('Proseware').mailboxes.flatMap((one) => [...one.messages, ...one.meetings])
  const known = (addresses: (string | null)[]) => addresses.filter((address) => truth.sideOf(address) !== null).map(normal)
  const addressesIn = (parties: unknown) => (parties as { address: string }[]).map(({ address }) => address)
  /** As the page says it of a sender or an organiser. */
  const shown = (address: string | null) => {
    const [one, side] = [normal(address), truth.sideOf(address)]
    if (one === null) return null
    return side === null ? { domain: one.split('@')[1], side: 'outside' } : { address: one, side }
  }
  const canariesOf = (items: (TruthMessage | TruthMeeting)[], kind = /./) =>
    items.flatMap(({ canaries }) => canaries).filter((canary) => kind.test(canary))
  const expectNone = async (canaries: string[], atLeast: number) => {
    const stored = await everythingStored()
    expect(canaries.length).toBeGreaterThan(atLeast)
    expect(canaries.filter((canary) => stored.includes(canary))).toEqual([])
    expect(stored).not.toContain('canary')
  }

  it('a message with a customer, kept: subject, a preview of at most 140 characters, times, direction, whether it has attachments', async () => {
    const rows = await messages(false)
    expect(rows.length).toBeGreaterThan(100)
    expect(fieldsOf(rows.map(([doc]) => doc))).toEqual([
      ...messageIds, 'bcc', 'blindOthers', 'cc', 'direction', 'from', 'hasAttachments', 'modifiedAt', 'others', 'preview', 'private', 'receivedAt', 'sender', 'subject', 'to',
    ].sort())
    for (const [doc, mail] of rows) {
      const { hasAttachments, subject } = mail
      const folder = box(doc.mailboxId).folders.find(({ id }) => id === mail.folderId)!
      const sent = mail.from === null ? folder.wellKnown === 'sentitems' : truth.sideOf(mail.from) === 'msp'
      expect(doc).toMatchObject({ subject, hasAttachments, receivedAt: new Date(mail.receivedDateTime), direction: sent ? 'out' : 'in' })
      expect([...(doc.preview as string)].length).toBeLessThanOrEqual(140)
    }
    const [long] = rows.find(([doc]) => doc.subject === 'a long one')!
    expect(long).toMatchObject({ hasAttachments: true, preview: `${'x '.repeat(300).slice(0, 139)}…` })
  })

  it('a message with a customer, not kept: body, headers, attachments', async () => {
    await expectNone(canariesOf((await messages(false)).map(([, mail]) => mail), /^(bd|at)/), 100)
    const selected = (await requests()).map(({ query }) => query.$select ?? '')
    expect(selected.filter((fields) => fields.includes('bodyPreview')).length).toBeGreaterThan(3)
    expect(selected.filter((fields) => /body\b|uniqueBody|headers/i.test(fields))).toEqual([])
    expect((await requests()).filter(({ path }) => path.includes('/attachments'))).toEqual([])
  })

  it('its sender and recipients, kept: name and address of people at customers and at the MSP', async () => {
    for (const [doc, mail] of await messages(false)) {
      for (const list of ['to', 'cc', 'bcc'] as const) expect(addressesIn(doc[list])).toEqual(known(mail[list]))
      if (doc.from === null) expect(shown(mail.from)).toBeNull()
      else expect(doc.from).toMatchObject(shown(mail.from)!)
    }
    const [row] = await docs('messages', { subject: 'a long one' })
    expect(row!.to).toEqual([{ ...kim, side: 'customer' }, { name: null, address: house.personas.Admin.upn, side: 'msp' }])
  })

  it('its sender and recipients, not kept: of other recipients all but their number, of an outside sender all but the domain', async () => {
    const rows = await messages(false)
    const outside = (addresses: (string | null)[]) => addresses.filter((address) => truth.sideOf(address) === null)
    for (const [doc, { to, cc, bcc }] of rows) expect([doc.others, doc.blindOthers]).toEqual([outside([...to, ...cc]).length, outside(bcc).length])
    expect(rows.find(([doc]) => doc.subject === 'a long one')![0]).toMatchObject({ others: 1, from: { domain: 'evil.example', side: 'outside' } })
    await expectNone(canariesOf(rows.map(([, mail]) => mail), /^(st|x5)/i), 50)
  })

  it('a private or confidential message, kept: its times', async () => {
    const rows = await messages(true)
    expect(new Set(rows.map(([, mail]) => mail.sensitivity))).toEqual(new Set(['private', 'confidential']))
    for (const [doc, mail] of rows) expect(doc.receivedAt).toEqual(new Date(mail.receivedDateTime))
  })

  it('a private or confidential message, not kept: everything else', async () => {
    const rows = await messages(true)
    for (const [{ receivedAt, modifiedAt, ...doc }] of rows) {
      expect({ receivedAt, modifiedAt }).toEqual({ receivedAt: expect.any(Date) as Date, modifiedAt: expect.any(Date) as Date })
      expect(Object.fromEntries(Object.entries(doc).filter(([field]) => !messageIds.includes(field)))).toEqual({
        private: true, direction: null, subject: null, preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, blindOthers: 0, hasAttachments: false,
      })
    }
    await expectNone(canariesOf(rows.map(([, mail]) => mail)), 20)
  })

  it('any other message, kept: nothing', async () => {
    const others = every().filter((item): item is TruthMessage => 'to' in item && !touches(item))
    await expectNone(canariesOf(others), 200)
    const stored = await everythingStored()
    expect(others.filter(({ id }) => stored.includes(id))).toEqual([])
  })

  it('a meeting with a customer, kept: subject, times, whether it is cancelled, online or one of a series', async () => {
    const rows = await meetings(false)
    expect(rows.length).toBeGreaterThan(30)
    expect(fieldsOf(rows.map(([doc]) => doc))).toEqual([
      ...meetingIds, 'allDay', 'attendees', 'cancelled', 'end', 'online', 'organizer', 'others', 'private', 'series', 'start', 'subject',
    ].sort())
    for (const [doc, meeting] of rows) {
      const { subject, isAllDay, isCancelled, start, end, type } = meeting
      const series = type === 'occurrence' || type === 'exception'
      expect(doc).toMatchObject({ subject, allDay: isAllDay, cancelled: isCancelled, start: new Date(start), end: new Date(end), series })
    }
    expect(rows.find(([doc]) => doc.subject === 'with details')![0].online).toBe(true)
  })

  it('a meeting with a customer, not kept: text, place, link', async () => {
    await expectNone(canariesOf((await meetings(false)).map(([, meeting]) => meeting), /^bd/), 30)
    const selected = (await requests()).filter(({ path }) => path.endsWith('/calendarView')).map(({ query }) => query.$select ?? '')
    expect(selected.length).toBeGreaterThan(2)
    for (const fields of selected) expect(fields).not.toMatch(/body|location|joinUrl|onlineMeeting\b|onlineMeetingUrl/)
    expect(JSON.stringify(await docs('meetings'))).not.toContain('https:')
  })

  it('its organiser and attendees, kept: name and address of people at customers and at the MSP', async () => {
    for (const [doc, meeting] of await meetings(false)) {
      expect(addressesIn(doc.attendees)).toEqual(known(meeting.attendees))
      if (doc.organizer === null) expect(shown(meeting.organizer)).toBeNull()
      else expect(doc.organizer).toMatchObject(shown(meeting.organizer)!)
    }
    expect((await docs('meetings', { subject: 'with details' }))[0]!.organizer).toEqual({ ...kim, side: 'customer' })
  })

  it('its organiser and attendees, not kept: of other attendees all but their number, of an outside organiser all but the domain', async () => {
    const rows = await meetings(false)
    for (const [doc, { attendees }] of rows) expect(doc.others).toBe(attendees.filter((address) => truth.sideOf(address) === null).length)
    expect(rows.some(([doc]) => JSON.stringify(doc.organizer).includes('"outside"'))).toBe(true)
    await expectNone(canariesOf(rows.map(([, meeting]) => meeting), /^(st|x5)/i), 20)
  })

  it('a private or confidential meeting, kept: its times, unless it is cancelled', async () => {
    const rows = await meetings(true)
    expect(new Set(rows.map(([, meeting]) => meeting.sensitivity))).toEqual(new Set(['private', 'confidential']))
    for (const [doc, { start, end, isAllDay }] of rows) expect(doc).toMatchObject({ start: new Date(start), end: new Date(end), allDay: isAllDay })
    const off = every().filter((item) => 'organizer' in item && isPrivate(item) && item.isCancelled)
    expect(off).toHaveLength(1)
    expect(await count('meetings', { eventId: off[0]!.id })).toBe(0)
  })

  it('a private or confidential meeting, not kept: everything else', async () => {
    const rows = await meetings(true)
    expect(rows.some(([, { type }]) => type === 'occurrence')).toBe(true)
    for (const [{ start, end, allDay, ...doc }] of rows) {
      expect([start, end, allDay]).toEqual([expect.any(Date), expect.any(Date), expect.any(Boolean)])
      expect(Object.fromEntries(Object.entries(doc).filter(([field]) => !meetingIds.includes(field)))).toEqual({
        private: true, subject: null, organizer: null, attendees: [], others: 0, cancelled: false, series: false, online: false,
      })
    }
    // Of those that are not stored at all, nothing either.
    await expectNone(canariesOf(every().filter((item) => 'organizer' in item && isPrivate(item))), 20)
  })

  it('any other meeting, kept: nothing', async () => {
    const others = every().filter((item): item is TruthMeeting => 'organizer' in item && !touches(item))
    await expectNone(canariesOf(others), 30)
    const stored = await everythingStored()
    expect(others.filter(({ id }) => stored.includes(id))).toEqual([])
  })

  it('an account, kept: name, addresses, enabled, guest, licences', async () => {
    const rows = await docs('accounts')
    const users = truth.tenants.flatMap((tenant) => tenant.users.map((user) => ({ ...user, _id: `${tenant.tenantId}|${user.id}` })))
    expect(rows.length).toBe(users.length)
    for (const user of users) {
      expect(rows.find(({ _id }) => _id === user._id)).toMatchObject({
        displayName: user.displayName, userPrincipalName: user.userPrincipalName, addresses: addressesOf(user), enabled: user.accountEnabled,
        guest: user.userType === 'Guest', licences: user.assignedLicenses,
      })
    }
  })

  it('an account, not kept: everything else', async () => {
    expect(fieldsOf(await docs('accounts'))).toEqual([
      '_id', 'accountId', 'addresses', 'displayName', 'domains', 'enabled', 'guest', 'licences', 'round', 'tenantId', 'userPrincipalName',
    ])
    const stored = await everythingStored()
    const jobs = new Set(truth.tenants.flatMap(({ users }) => users.flatMap(({ jobTitle }) => jobTitle ?? [])))
    expect(jobs.size).toBeGreaterThan(4)
    for (const job of jobs) expect(stored).not.toContain(`"${job}"`)
  })

  it('a directory role, kept: who holds it, an application by name; through which group; active or eligible; its scope', async () => {
    const rows = await docs('roleMembers')
    expect(fieldsOf(rows)).toEqual([
      '_id', 'assignment', 'memberId', 'memberKind', 'memberName', 'roleName', 'roleTemplateId', 'round', 'scope', 'tenantId', 'viaGroup',
    ])
    for (const { tenantId, roleAssignments } of truth.tenants) {
      const held = rows.filter((row) => row.tenantId === tenantId)
      const direct = held.filter((row) => row.viaGroup === null).map((row) => [row.roleTemplateId, row.memberId, row.scope].join(' '))
      const groups = new Set(held.flatMap(({ _id, viaGroup }) => (viaGroup === null ? [] : [_id.split('|')[3]])))
      const expected = roleAssignments.filter(({ eligible, principalId }) => !eligible && !groups.has(principalId))
      const scopeOf = (place: string) => (place === '/' ? 'tenant' : 'limited')
      expect(direct.sort()).toEqual(expected.map((one) => `${one.roleDefinitionId} ${one.principalId} ${scopeOf(one.directoryScopeId)}`).sort())
    }
    expect(new Set(rows.map((row) => row.viaGroup))).toEqual(new Set([null, 'Security team']))
    const named = rows.filter((row) => row.memberName !== null)
    expect(new Set(named.map((row) => `${String(row.memberKind)} ${String(row.memberName)}`))).toEqual(new Set(['servicePrincipal Alarm Collector', 'servicePrincipal HR Connector']))
    expect(new Set(rows.map((row) => row.assignment))).toEqual(new Set(['active']))
  })

  it('MFA of an account, kept: capable, registered, types of methods', async () => {
    const rows = await docs('registrations', { source: 'report' })
    expect(fieldsOf(rows)).toEqual(['_id', 'accountId', 'capable', 'methods', 'readAt', 'registered', 'round', 'source', 'tenantId'])
    const reported = truth.tenants.flatMap(({ registrations }) => registrations)
    expect(rows.length).toBe(reported.length)
    for (const { id, methodsRegistered, isMfaRegistered, isMfaCapable } of reported) {
      const row = rows.find(({ accountId }) => accountId === id)
      expect(row).toMatchObject({ methods: methodsRegistered, registered: isMfaRegistered, capable: isMfaCapable })
    }
  })

  it('MFA of an account, not kept: devices, numbers, secrets', async () => {
    const { tenantId, users } = tenantNamed('Fabrikam')
    await house.simulator('POST', `/tenants/${tenantId}`, { premium: false })
    await house.db.collection('registrations').deleteMany({ tenantId })
    await house.synced()
    const rows = await docs('registrations', { tenantId, source: 'methods' })
    const types = new Set(rows.flatMap((row) => row.methods as string[]))
    for (const type of ['password', 'phone', 'microsoftAuthenticator']) expect(types).toContain(type)
    for (const type of types) expect(type).toMatch(/^[a-zA-Z0-9]+$/)
    const stored = await everythingStored()
    expect(stored).not.toMatch(/\+49|Phone of|Security key|@private\.example/)
    expect(stored).toContain(users[0]!.displayName)
    await house.simulator('POST', `/tenants/${tenantId}`, { premium: true })
  })

  it('a talk with the bot, kept: customer (id), topic and time, for ten minutes; where the chat is, and whose', async () => {
    const { tenantId, userId } = house.personas.Viewer
    const { id } = await house.customer('Contoso')
    expect(await ask('Viewer', 'mfa Contoso')).toContain('MFA at Contoso')
    const _id = `${tenantId}|${userId}`
    expect(await docs('talks')).toEqual([{ _id, customerId: id, topic: 'mfa', at: expect.any(Date) as Date }])
    const [chat, ...more] = await docs('installations', { scope: 'personal' })
    expect(more).toEqual([])
    expect(fieldsOf([chat!])).toEqual([
      '_id', 'conversationId', 'deadAt', 'installedAt', 'removedAt', 'scope', 'serviceUrl', 'teamId', 'tenantId', 'userId', 'welcomedAt',
    ])
    expect(chat).toMatchObject({ userId, tenantId, teamId: null, serviceUrl: `${house.origin}/` })
    expect(await ask('Viewer', 'and licences?')).toContain('Contoso, from your last question')
    expect(await house.db.collection('talks').indexes()).toContainEqual(expect.objectContaining({ key: { at: 1 }, expireAfterSeconds: 600 }))
    await house.db.collection<Doc>('talks').updateOne({ _id }, { $set: { at: new Date(Date.now() - 601_000) } })
    expect(await ask('Viewer', 'and licences?')).toContain('Which customer?')
  })

  it('a talk with the bot, not kept: what was written', async () => {
    await ask('Admin', 'last email from canarycustomer')
    await ask('Admin', 'canaryquestion')
    await ask('Admin', 'emails about canaryword with Contoso')
    expect(await everythingStored()).not.toContain('canary')
  })

  it('a channel, kept: what it is for, what it and its team are called, whether outsiders read there', async () => {
    await house.channelFor('alerts')
    await until('its names are known', async () => (await docs('installations', { scope: 'channel' }))[0]?.namedAt)
    const [channel, ...more] = await docs('installations', { scope: 'channel' })
    expect(more).toEqual([])
    expect(fieldsOf([channel!])).toEqual([
      '_id', 'channelName', 'checkedAt', 'conversationId', 'deadAt', 'deadReason', 'installedAt', 'memberNews', 'namedAt', 'outsiders', 'removedAt', 'role', 'roleAt', 'scope', 'serviceUrl',
      'teamId', 'teamName', 'tenantId', 'userId', 'welcomedAt',
    ])
    expect(channel).toMatchObject({ role: { kind: 'alerts' }, outsiders: 'none', teamName: 'Proseware', channelName: 'Customer security', userId: null })
  })

  it('a channel, not kept: who its members are', async () => {
    await house.simulator('POST', '/channel', { action: 'addGuest', name: 'Canary Guest' })
    await until('the guest is noticed', async () => (await docs('installations', { scope: 'channel' }))[0]?.outsiders === 'some')
    await house.simulator('POST', '/channel', { action: 'removeGuest', name: 'Canary Guest' })
    await until('the guest is gone', async () => (await docs('installations', { scope: 'channel' }))[0]?.outsiders === 'none')
    expect(await everythingStored()).not.toContain('Canary Guest')
    expect(house.printed()).not.toContain('Canary')
    await house.channelFor('nothing')
  })

  it('a client secret, kept: encrypted with AES-256-GCM, the tenant’s id as additional data, the key outside the database', async () => {
    const key = house.environment().OUTPOST_MASTER_KEY!
    const open = (doc: Doc, tenantId: string) => {
      const { nonce, data, tag } = doc.secret as Record<'nonce' | 'data' | 'tag', string>
      const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), Buffer.from(nonce, 'base64')).setAAD(Buffer.from(tenantId))
      return Buffer.concat([decipher.setAuthTag(Buffer.from(tag, 'base64')).update(Buffer.from(data, 'base64')), decipher.final()]).toString()
    }
    for (const { tenantId, clientSecret } of await house.simulator<{ tenantId: string; clientSecret: string }[]>('GET', '/tenants')) {
      const [doc] = await docs('tenants', { _id: tenantId })
      expect(open(doc!, tenantId)).toBe(clientSecret)
      expect(() => open(doc!, 'another tenant')).toThrow()
    }
    expect(await everythingStored()).not.toContain(key)
  })

  it('a client secret, not kept: in readable form, in the database, an answer or the log', async () => {
    const answers = JSON.stringify([await house.get('/tenants'), await house.get('/audit'), await house.get('/audit.csv')])
    const texts = [await everythingStored(), house.printed(), answers]
    for (const { clientSecret } of await house.simulator<{ clientSecret: string }[]>('GET', '/tenants')) {
      for (const text of texts) for (const form of [clientSecret, Buffer.from(clientSecret).toString('base64')]) expect(text).not.toContain(form)
    }
    expect(answers.replaceAll('secretExpiresAt', '')).not.toMatch(/secret/i)
  })

  it('With each message and meeting go ids, the customer’s domains that take part, and who at the MSP may see it.', async () => {
    const rows = [...(await messages(false)), ...(await messages(true)), ...(await meetings(false)), ...(await meetings(true))]
    const customers = new Map((await docs('customers')).map((doc) => [doc._id, doc.domains as string[]]))
    for (const [doc, item] of rows) {
      const people = everyoneIn(item)
      const ours = people.filter((address) => truth.sideOf(address) === 'msp').map(normal)
      expect((doc.audience as string[]).toSorted()).toEqual([...new Set([...ours, doc.mailboxId])].sort())
      const at = (domain: string) => people.some((one) => new RegExp(`[@.]${domain}$`).test(normal(one) ?? ''))
      const domains = customers.get(String(doc.customerId))!.filter(at)
      expect(doc.domains).toEqual(domains)
      expect(domains).not.toEqual([])
    }
  })

  it('The rest is what administrators enter, names of tenants, domains and accounts with a finding, ids, numbers, times and states.', async () => {
    const held = ['messages', 'meetings', 'accounts', 'roleMembers', 'eligibleMembers', 'registrations', 'talks', 'audit']
    const rest = [
      'activities', 'appRoleHolders', 'assessments', 'bookmarks', 'cards', 'changes', 'customers', 'findings', 'folders', 'installations', 'licences',
      'postures', 'tenants', 'units',
    ]
    expect((await house.db.listCollections().toArray()).map(({ name }) => name).sort()).toEqual([...held, ...rest].sort())
    const findings = await docs('findings')
    const nameOf = new Map(truth.tenants.flatMap(({ users }) => users.map(({ id, displayName }) => [id, displayName])))
    expect(findings.length).toBeGreaterThan(1)
    for (const finding of findings) expect(finding.accountName).toBe(nameOf.get(String(finding.accountId)))
    const listed = roles.map((role) => house.personas[role].upn)
    const text = listed.reduce((stored, upn) => stored.replaceAll(upn, ''), await everythingStored([...held, 'findings']))
    const addresses = truth.tenants.flatMap(({ users }) => users.flatMap((user) => [user.userPrincipalName, ...addressesOf(user)]))
    const subjects = every().map(({ subject }) => subject)
    const tempting = [...nameOf.values(), ...addresses, ...subjects].filter((word) => word.length > 6 && !listed.includes(word))
    expect(tempting.length).toBeGreaterThan(300)
    expect(tempting.filter((word) => text.includes(word))).toEqual([])
  })

  it('Opening a message or a meeting is audited, then fetched, and nothing of it is kept.', async () => {
    const opened = [
      ['message.open', `/messages/${idOf('a long one', await messagesOf())}/body`, /\/messages\/(?!delta)/, 'canarybody'],
      ['meeting.open', `/meetings/${idOf('with details', await meetingsOf())}`, /\/events\//, 'canaryplace'],
    ] as const
    for (const [action, path, fetched, text] of opened) {
      expect(JSON.stringify(await house.get(path))).toContain(text)
      const [newest] = (await house.get<AuditList>('/audit')).items
      expect(newest).toMatchObject({ action, userId: house.personas.Admin.userId, target: path.split('/')[2] })
      // A unique index that every further row breaks stands for an audit log that cannot be written.
      await house.db.collection('audit').createIndex({ tenantId: 1 }, { name: 'broken', unique: true, partialFilterExpression: { action } })
      await house.simulator('DELETE', '/requests')
      expect((await house.as('Admin', 'GET', path)).status).toBe(500)
      expect((await requests()).filter((one) => fetched.test(one.path))).toEqual([])
      await house.db.collection('audit').dropIndex('broken')
      await house.get(path)
      expect((await requests()).filter((one) => fetched.test(one.path)).length).toBeGreaterThan(0)
    }
    expect(await everythingStored()).not.toContain('canary')
  })

  it('What is private or confidential shows its time and “private”, and does not open.', async () => {
    for (const role of roles) {
      const mail = (await messagesOf('Contoso', role)).filter((row) => row.private)
      const agenda = (await meetingsOf(role)).filter((row) => row.private)
      expect(Math.min(mail.length, agenda.length)).toBeGreaterThan(0)
      for (const { id, at, ...row } of mail) {
        expect(at).toMatch(/^\d{4}-/)
        expect(row).toEqual({
          private: true, direction: null, subject: null, preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, hasAttachments: false,
        } satisfies Omit<MessageRow, 'id' | 'at'>)
        expect(await house.as(role, 'GET', `/messages/${id}/body`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
      }
      for (const { id, start, end, allDay, ...row } of agenda) {
        expect([start, end, allDay]).toEqual([expect.stringMatching(/^\d{4}-/), expect.stringMatching(/^\d{4}-/), expect.any(Boolean)])
        expect(row).toEqual({
          private: true, subject: null, organizer: null, attendees: [], others: 0, cancelled: false, series: false, online: false,
        } satisfies Omit<Meetings['items'][number], 'id' | 'start' | 'end' | 'allDay'>)
        expect(await house.as(role, 'GET', `/meetings/${id}`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
      }
    }
    await house.simulator('POST', '/mail', { mailbox: house.personas.Admin.upn, from: kim, subject: 'canarysubject', sensitivity: 'private' })
    await house.synced()
    for (const question of ['last email with Contoso', 'last email from Contoso', 'emails with Contoso', 'meetings with Contoso']) {
      const answer = await ask('Admin', question)
      expect(answer).toMatch(/ · private"/i)
      expect(answer).not.toContain('canary')
    }
  })

  it('What is deleted in the mailbox, or moved to Drafts, Junk Email, Deleted Items or Outbox, goes with the next round.', async () => {
    const here = async () => (await messagesOf()).flatMap(({ subject }) => (subject?.startsWith('on its way') ? [subject] : []))
    expect((await here()).length).toBe(places.length)
    for (const [folder, id] of leaving) {
      if (folder === null) await house.simulator('DELETE', `/mail/${encodeURIComponent(id)}`)
      else await house.simulator('POST', `/mail/${encodeURIComponent(id)}/move`, { folder })
    }
    await house.synced()
    expect(await here()).toEqual([])
    expect(await count('messages', { messageId: { $in: [...leaving.values()] } })).toBe(0)
  })

  it('Mail in those four folders is never read.', async () => {
    const mailboxes = (await truthOf(house)).tenants.flatMap((tenant) => tenant.mailboxes)
    const folders = mailboxes.filter(({ upn }) => upn !== unlisted).flatMap((one) => one.folders)
    const four = folders.filter(({ under }) => places.includes(under) && under !== null).map(({ id }) => id)
    expect(four.length).toBeGreaterThan(3 * 4)
    await house.simulator('DELETE', '/requests')
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    await house.synced()
    const read = (await requests()).flatMap(({ path }) => /mailFolders[/(]'?([^/')]+)'?\)?\/messages/i.exec(decodeURIComponent(path))?.[1] ?? [])
    expect(new Set(read)).toEqual(new Set(folders.map(({ id }) => id).filter((id) => !four.includes(id))))
  })

  it('Removing a domain or archiving a customer deletes its mail and meetings at once.', async () => {
    const fabrikam = await house.customer('Fabrikam')
    const tailspin = await house.customer('Tailspin Toys')
    const gone = { customerId: fabrikam.id, domains: 'fabrikam.com' }
    for (const collection of ['messages', 'meetings']) {
      expect(await count(collection, gone)).toBeGreaterThan(0)
      expect(await count(collection, { customerId: tailspin.id })).toBeGreaterThan(0)
    }
    // Rounds that began before are under way, and slow: what they read by the old domains must not come back with them.
    await house.simulator('POST', '/faults', { match: '/(messages/delta|calendarView)', delayMs: 700, times: 24 })
    await house.as('Admin', 'PATCH', `/customers/${fabrikam.id}`, { domains: [...fabrikam.domains, 'wingtip.example'] })
    const running = { stream: { $in: ['mail', 'calendar'] }, leaseOwner: { $ne: null } }
    await until('rounds are under way', async () => (await count('units', running)) === 6)
    await house.as('Admin', 'PATCH', `/customers/${fabrikam.id}`, { domains: fabrikam.domains.filter((domain) => domain !== 'fabrikam.com') })
    await house.as('Admin', 'PATCH', `/customers/${tailspin.id}`, { archived: true })
    const archived = { customerId: tailspin.id }
    const left = async () => [
      await count('messages', gone), await count('meetings', gone), await count('messages', archived), await count('meetings', archived),
    ]
    expect(await left()).toEqual([0, 0, 0, 0])
    let most = 0
    for (const end = Date.now() + 2_500; Date.now() < end; ) most = Math.max(most, ...(await left()))
    expect(most).toBe(0)
    expect(await count('messages', { customerId: (await house.customer('Contoso')).id })).toBeGreaterThan(0)
  })

  describe('after every action that is audited', () => {
    let rows: Doc[]
    beforeAll(async () => {
      await house.simulator('DELETE', '/faults')
      const admin = (method: string, path: string, body?: object) => house.as('Admin', method, path, body)
      const { mailboxes } = (await house.get<TenantList>('/tenants')).items.find(({ id }) => id === own)!
      await admin('PATCH', `/tenants/${own}`, { mailboxes: [...mailboxes, unlisted] })
      await house.synced()
      await admin('PATCH', `/tenants/${own}`, { mailboxes })
      const { id } = await house.customer('Fabrikam')
      await admin('PATCH', `/customers/${id}`, { name: 'Fabrikam', aliases: ['Canary'], domains: ['fabrikam.com', 'wingtip.example'] })
      await admin('GET', '/security.csv')
      await admin('GET', '/audit.csv')
      await house.channelFor({ customer: 'Fabrikam' })
      await admin('DELETE', `/tenants/${tenantNamed('Tailspin Toys').tenantId}`)
      rows = await docs('audit')
      expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(auditActionSchema.options))
    })

    it('an audit row, kept: who (id), when, what, which id or domain, which fields, how many, what a channel is for', () => {
      expect(fieldsOf(rows)).toEqual(['_id', 'action', 'at', 'customerId', 'detail', 'target', 'tenantId', 'userId'])
      for (const { at, userId, target, detail } of rows) {
        expect(at).toBeInstanceOf(Date)
        expect(userId).toBe(house.personas.Admin.userId)
        expect(target).toMatch(/^([\w-]{24,36}|([a-z0-9-]+\.)+[a-z0-9-]+|security|audit)$/)
        expect(detail ?? '').toMatch(/^(|\d+ mailboxes|nothing|customer|alerts|(name|aliases|archived|domains|mailboxes|([a-z0-9-]+\.)+[a-z0-9-]+)( (?!$)|$))+$/)
      }
    })

    it('an audit row, not kept: names, subjects, addresses', async () => {
      const text = JSON.stringify(rows)
      const names = [...truth.tenants.flatMap(({ name, users }) => [name, ...users.map(({ displayName }) => displayName)]), 'Canary']
      const subjects = every().map(({ subject }) => subject)
      expect([...names, ...subjects].filter((word) => word.trim().length > 3 && text.includes(word))).toEqual([])
      expect(text).not.toContain('@')
      expect((await house.get<AuditList>('/audit')).items[0]!.userName).toBe(house.personas.Admin.name)
    })
  })

  it('The log holds ids, codes, numbers and times.', async () => {
    await house.as('Admin', 'GET', '/customers/canary')
    await house.as('none', 'GET', '/customers')
    const lines = house.printed().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>)
    const events = new Set(lines.map(({ event }) => event))
    for (const event of ['sync.done', 'sync.failed', 'http', 'http.failed', 'bot.answered']) expect(events).toContain(event)
    for (const value of lines.flatMap((line) => Object.values(line))) {
      if (typeof value === 'string') expect(value).toMatch(/^[\w.:|/()-]{1,200}$/)
      else expect(['number', 'boolean']).toContain(typeof value)
    }
    const names = truth.tenants.flatMap(({ users }) => users.map(({ displayName }) => displayName))
    expect([...names, 'canary'].filter((word) => house.printed().includes(word))).toEqual([])
  })
})

describe('Who sees it', () => {
  const day = 86_400_000
  // What the actions above have set off has come to rest.
  beforeAll(async () => {
    await house.synced()
  })
  const status = async (role: RoleName, method: string, path: string, body?: object) => (await house.as(role, method, path, body)).status
  /** Which mails or meetings of Contoso somebody should see: all, or where an own address takes part, and in the own mailbox. */
  const visible = async (role: RoleName, collection: 'messages' | 'meetings') => {
    const { userId } = house.personas[role]
    const { users, mailboxes } = (await truthOf(house)).tenants.find(({ tenantId }) => tenantId === own)!
    const mine = addressesOf(users.find(({ id }) => id === userId)!)
    const items = mailboxes.flatMap<TruthMessage | TruthMeeting>((one) => one[collection])
    const takesPart = new Set(items.filter((item) => everyoneIn(item).some((address) => mine.includes(normal(address) ?? ''))).map(({ id }) => id))
    const stored = await docs(collection, { customerId: (await house.customer('Contoso')).id })
    const seen = stored.filter((doc) => role === 'Admin' || doc.mailboxId === userId || takesPart.has(String(doc.messageId ?? doc.eventId)))
    // Whole days of meetings are kept, and those that lie within 7 days back and 14 ahead are shown.
    const [from, to] = [new Date(Date.now() - 7 * day), new Date(Date.now() + 14 * day)]
    const within = seen.filter((doc) => collection === 'messages' || ((doc.end as Date) > from && (doc.start as Date) < to))
    return new Set(within.map((doc) => String(doc.mailKey ?? doc.meetingKey)))
  }
  /** What somebody is shown of Contoso, with what makes the copies of one mail or meeting one. */
  const shown = async (role: RoleName, collection: 'messages' | 'meetings') => {
    const keys = new Map((await docs(collection)).map((doc) => [doc._id, String(doc.mailKey ?? doc.meetingKey)]))
    const rows: { id: string; private: boolean }[] = collection === 'messages' ? await messagesOf('Contoso', role) : await meetingsOf(role)
    return rows.map((row) => ({ ...row, key: keys.get(row.id)! }))
  }

  it('Roles are app roles of Outpost’s own Entra app, assigned to people or groups.', async () => {
    // The viewer has the role through a group; a member of a group in that group has none.
    for (const role of roles) {
      expect(await house.get('/me', role)).toMatchObject({ role: role.toLowerCase(), userId: house.personas[role].userId })
      expect(await ask(role, 'mfa Contoso')).toContain('MFA at Contoso')
    }
    expect((await docs('appRoleHolders')).map(({ userId, role }) => `${String(userId)} ${String(role)}`).sort()).toEqual(
      roles.map((role) => `${house.personas[role].userId} ${role.toLowerCase()}`).sort(),
    )
  })

  it.each([
    ['customers, their posture and licences, admin: yes', 'Admin'],
    ['customers, their posture and licences, member: yes', 'Member'],
    ['customers, their posture and licences, viewer: yes', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    const { items } = await house.get<{ items: { id: string; name: string }[] }>('/customers', role)
    expect(items.map(({ name }) => name)).toEqual(['Contoso', 'Fabrikam'])
    const base = await contoso()
    const posture = await house.get<Posture>(`${base}/posture`, role)
    const licences = await house.get<Licences>(`${base}/licences`, role)
    expect(Math.min(posture.mfa.of, licences.items.length)).toBeGreaterThan(2)
    for (const path of [`${base}/posture`, `${base}/licences`, `${base}/accounts`, '/security']) {
      expect(await house.get(path, role)).toEqual(await house.get(path, 'Admin'))
    }
  })

  it.each([
    ['mail and meetings of a customer, admin: all', 'Admin'],
    ['mail and meetings of a customer, member: where an own address takes part, and in the own mailbox', 'Member'],
    ['mail and meetings of a customer, viewer: where an own address takes part, and in the own mailbox', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    for (const collection of ['messages', 'meetings'] as const) {
      const expected = await visible(role, collection)
      const found = (await shown(role, collection)).map(({ key }) => key)
      expect(found.length).toBeGreaterThan(3)
      expect(found.toSorted()).toEqual([...expected].sort())
      if (role !== 'Admin') expect(found.length).toBeLessThan((await visible('Admin', collection)).size)
    }
    expect((await messagesOf('Contoso', role)).filter(({ subject }) => subject === 'to a group')).toHaveLength(role === 'Admin' ? 2 : 1)
  })

  it.each([
    ['open a message or a meeting, admin: all, audited', 'Admin'],
    ['open a message or a meeting, member: those that they see, audited', 'Member'],
    ['open a message or a meeting, viewer: those that they see, audited', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    for (const collection of ['messages', 'meetings'] as const) {
      const path = (id: string) => (collection === 'messages' ? `/messages/${id}/body` : `/meetings/${id}`)
      const mine = await shown(role, collection)
      const others = (await shown('Admin', collection)).filter((row) => !row.private && !mine.some(({ key }) => key === row.key)).slice(0, 3)
      const before = await count('audit', {})
      for (const { id } of mine.filter((row) => !row.private).slice(0, 3)) {
        expect(await status(role, 'GET', path(id))).toBe(200)
        expect((await docs('audit')).at(-1)).toMatchObject({ target: id, userId: house.personas[role].userId })
      }
      expect(await count('audit', {})).toBe(before + 3)
      expect(others.length).toBe(role === 'Admin' ? 0 : 3)
      for (const { id } of others) expect(await status(role, 'GET', path(id))).toBe(404)
      expect(await count('audit', {})).toBe(before + 3)
    }
  })

  it.each([
    ['blind-copy recipients, admin: all', 'Admin'],
    ['blind-copy recipients, member: of copies in the own mailbox', 'Member'],
    ['blind-copy recipients, viewer: of copies in the own mailbox', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    for (const owner of ['Member', 'Viewer'] as const) {
      const row = (await messagesOf('Contoso', role)).find(({ subject }) => subject === `blind copy of ${owner}`)!
      const { bcc } = await house.get<{ bcc: { address: string }[] }>(`/messages/${row.id}/body`, role)
      const expected = role === 'Admin' || role === owner ? [house.personas.Admin.upn] : []
      for (const list of [row.bcc, bcc]) expect(list.map(({ address }) => address)).toEqual(expected)
    }
  })

  it('Who may not see blind-copy recipients does not learn how many there are.', async () => {
    const { Admin, Member, Viewer } = house.personas
    const strangers = ['a@blind.example', 'b@blind.example', { name: 'A group' }]
    await house.simulator('POST', '/mail', { mailbox: Member.upn, from: kim, to: [Admin.upn, Member.upn, Viewer.upn, 'c@open.example'], bcc: strangers, subject: 'blind strangers' })
    await house.synced()
    const numbers = async (role: 'Admin' | 'Member' | 'Viewer') => (await messagesOf('Contoso', role)).find(({ subject }) => subject === 'blind strangers')!.others
    expect([await numbers('Admin'), await numbers('Member'), await numbers('Viewer')]).toEqual([4, 4, 1])
  })

  it.each([
    ['sync now, admin: yes', 'Admin', 202],
    ['sync now, member: yes', 'Member', 202],
    ['sync now, viewer: no', 'Viewer', 403],
  ] as const)('%s', async (_, role, expected) => {
    const wishes = async () => (await docs('units', { stream: 'organization', tenantId: own }))[0]!.wishes as number
    const before = await wishes()
    expect(await status(role, 'POST', `/tenants/${own}/sync`)).toBe(expected)
    expect(await wishes()).toBe(before + (expected === 202 ? 1 : 0))
  })

  it.each([
    ['connect tenants, change customers, read the audit log, admin: yes', 'Admin', true],
    ['connect tenants, change customers, read the audit log, member: no', 'Member', false],
    ['connect tenants, change customers, read the audit log, viewer: no', 'Viewer', false],
  ] as const)('%s', async (_, role, may) => {
    const name = `Adventure Works ${role}`
    const answers = [
      await status(role, 'GET', '/audit'), await status(role, 'GET', '/audit.csv'), await status(role, 'GET', '/tenants'),
      await status(role, 'POST', '/customers', { name }), await status(role, 'PATCH', await contoso(), { aliases: ['Contoso Ltd', role] }),
      await status(role, 'POST', '/tenants', {}), await status(role, 'PATCH', `/tenants/${own}`, { mailboxes: '' }),
      await status(role, 'DELETE', '/tenants/00000000-0000-4000-8000-000000000000'),
    ]
    expect(answers).toEqual(may ? [200, 200, 200, 201, 200, 400, 400, 404] : answers.map(() => 403))
    expect(await count('customers', { name })).toBe(may ? 1 : 0)
    expect((await house.customer('Contoso')).aliases.includes(role)).toBe(may)
  })

  it.each([
    ['say what a channel is for, admin: yes, audited', 'Admin', true],
    ['say what a channel is for, member: no', 'Member', false],
    ['say what a channel is for, viewer: no', 'Viewer', false],
  ] as const)('%s', async (_, role, may) => {
    await house.channelFor('nothing')
    const { items: [channel] } = await house.get<ChannelList>('/channels')
    const before = await count('audit', { action: 'channel.role' })
    const customerId = (await house.customer('Contoso')).id
    expect(await status(role, 'PATCH', `/channels/${channel!.id}`, { role: { kind: 'customer', customerId } })).toBe(may ? 200 : 403)
    expect(await status(role, 'GET', '/channels')).toBe(may ? 200 : 403)
    expect((await docs('installations', { scope: 'channel' }))[0]!.role).toEqual(may ? { kind: 'customer', customerId } : null)
    expect(await count('audit', { action: 'channel.role' })).toBe(before + (may ? 1 : 0))
    if (may) expect((await docs('audit')).at(-1)).toMatchObject({ target: channel!.id, customerId, userId: house.personas.Admin.userId, detail: 'customer' })
    const { activities } = await house.simulator<{ activities: object[] }>('POST', '/chat', { from: house.personas[role].upn, text: 'yes, this channel is for nothing', where: 'channel' })
    expect(JSON.stringify(activities)).toContain(may ? 'This channel is for nothing yet' : 'Only an administrator')
  })

  it('Without a role a person sees nothing but the bot’s help.', async () => {
    const description = (await (await fetch(`${house.origin}/api/v1/openapi.json`)).json()) as { paths: Record<string, { get?: object }> }
    const paths = Object.entries(description.paths).flatMap(([path, { get }]) => (get === undefined ? [] : [path.replace('{id}', 'any')]))
    expect(paths.length).toBeGreaterThan(10)
    for (const path of paths) expect(await house.as('none', 'GET', path)).toMatchObject({ status: 403, body: { error: { code: 'noRole' } } })
    for (const question of ['mfa Contoso', 'last email from Contoso', 'meetings today', 'posture', 'sync status', 'canary']) {
      const answer = await ask('none', question)
      expect(answer).toContain('You have no role in Outpost')
      expect(answer).not.toContain('Contoso')
    }
    expect(await ask('none', 'help')).toContain('What I can do')
  })
})
