// docs/permissions.md, sentence by sentence and cell by cell: what it keeps of accounts, of talks and of itself. A title is what the page says.
import { createDecipheriv } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressesOf } from '../house/truth.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { every } from './kept.fixture.ts'
import { ask, docs, everythingStored, fieldsOf, house, plant, roles, tenantNamed, truth, type Doc } from './planted.fixture.ts'

beforeAll(plant)
afterAll(() => house?.close())

describe('What it keeps', () => {
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
      '_id', 'accountId', 'addresses', 'displayName', 'domains', 'enabled', 'guest', 'licences', 'reading', 'tenantId', 'userPrincipalName',
    ])
    const stored = await everythingStored()
    const jobs = new Set(truth.tenants.flatMap(({ users }) => users.flatMap(({ jobTitle }) => jobTitle ?? [])))
    expect(jobs.size).toBeGreaterThan(4)
    for (const job of jobs) expect(stored).not.toContain(`"${job}"`)
  })

  it('a directory role, kept: who holds it, an application by name; through which group; active or eligible; its scope', async () => {
    const rows = await docs('roleMembers')
    expect(fieldsOf(rows)).toEqual([
      '_id', 'assignment', 'memberId', 'memberKind', 'memberName', 'reading', 'roleName', 'roleTemplateId', 'scope', 'tenantId', 'viaGroup',
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

  it('the security defaults of a tenant, kept: whether they are on', async () => {
    const rows = await docs('securityDefaults')
    const told = new Map(truth.tenants.map(({ tenantId, securityDefaults }) => [tenantId, securityDefaults]))
    expect(rows.length).toBeGreaterThan(1)
    for (const { tenantId, enabled } of rows) expect([tenantId, enabled]).toEqual([tenantId, told.get(String(tenantId))])
  })

  it('the security defaults of a tenant, not kept: everything else', async () => {
    expect(fieldsOf(await docs('securityDefaults'))).toEqual(['_id', 'enabled', 'readAt', 'tenantId'])
  })

  it('MFA of an account, kept: capable, registered, types of methods', async () => {
    const rows = await docs('registrations', { source: 'report' })
    expect(fieldsOf(rows)).toEqual(['_id', 'accountId', 'capable', 'methods', 'readAt', 'reading', 'registered', 'source', 'tenantId'])
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

  it('a talk with the bot, kept: customer (id), topic, which time it asked about, and when, for ten minutes; where the chat is, and whose', async () => {
    const { tenantId, userId } = house.personas.Viewer
    const { id } = await house.customer('Contoso')
    expect(await ask('Viewer', 'mfa Contoso')).toContain('MFA at Contoso')
    const _id = `${tenantId}|${userId}`
    expect(await docs('talks')).toEqual([{ _id, customerId: id, topic: 'mfa', range: null, at: expect.any(Date) as Date }])
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
      '_id', 'channelName', 'checkedAt', 'conversationId', 'deadAt', 'deadReason', 'installedAt', 'memberNews', 'namedAt', 'outsiders', 'removedAt', 'revision', 'role', 'roleAt', 'scope', 'serviceUrl',
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

  it('The rest is what administrators enter, names of tenants, domains and accounts with a finding, ids, numbers, times and states.', async () => {
    const held = ['messages', 'meetings', 'accounts', 'roleMembers', 'eligibleMembers', 'registrations', 'talks', 'audit']
    const rest = [
      'activities', 'appRoleHolders', 'bookmarks', 'cards', 'changes', 'customers', 'findings', 'folders', 'installations', 'licences', 'marks',
      'postures', 'results', 'schema', 'securityDefaults', 'tenants', 'units',
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
})
