import { BatchRequestContent, type BatchRequestStep } from '@microsoft/microsoft-graph-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { trial, type Item, type Trial } from '../simulator.fixture.ts'

const MAILBOX = 'robin.rivet@proseware.com'
const IMMUTABLE = 'IdType="ImmutableId"'
const PREFER = `odata.maxpagesize=25, ${IMMUTABLE}`
const REPORT = '/reports/authenticationMethods/userRegistrationDetails'
const INBOX = `/users/${MAILBOX}/mailFolders/inbox/messages/delta?$select=subject,receivedDateTime`
let t: Trial

beforeAll(async () => { t = await trial() })
afterAll(() => t.close())
beforeEach(async () => {
  await t.call('DELETE', '/simulator/faults')
  await t.call('DELETE', '/simulator/violations')
  await t.call('DELETE', '/simulator/requests')
})
const violations = (): unknown[] => t.sim.violations
const idsOf = (items: Item[]): string[] => [...new Set(items.filter((i) => !i['@removed']).map((i) => i.id))]
const inboxTruth = (): string[] => {
  const mailbox = [...t.sim.world.msp.mailboxes.values()][0]?.()
  const inbox = [...(mailbox?.folders.values() ?? [])].find((f) => f.wellKnown === 'inbox')
  return [...(mailbox?.messages.values() ?? [])].filter((m) => m.folderId === inbox?.id).map((m) => m.key)
}

describe('through the real clients', () => {
  it('answers the SDK, with $select and paging', async () => {
    const organisation = await t.client().api('/organization').select('displayName').get() as { value: Item[] }
    expect(organisation.value).toEqual([{ id: t.sim.world.msp.id, displayName: 'Proseware' }])
    const page = await t.client().api(REPORT).top(3).get() as { value: Item[]; '@odata.nextLink': string }
    expect(page.value).toHaveLength(3)
    const rest = await t.client().api(page['@odata.nextLink']).get() as { value: Item[] }
    expect(rest.value).toHaveLength(3)
    expect(violations()).toEqual([])
  })

  it('answers a batch built by the SDK, each item on its own', async () => {
    const step = (id: string, url: string): BatchRequestStep => ({ id, request: new Request(`https://graph.microsoft.com${url}`) })
    const steps = [step('1', `/users/${MAILBOX}?$select=displayName`), step('2', '/users/nobody@proseware.com')]
    for (let i = 3; i < 10; i++) steps.push(step(String(i), `/users/${MAILBOX}/mailFolders/inbox`))
    interface Response { id: string; status: number; headers: Record<string, string>; body: Item }
    const answer = await t.client().api('/$batch').post(await new BatchRequestContent(steps).getContent()) as { responses: Response[] }
    const byId = new Map(answer.responses.map((r) => [r.id, r]))
    expect(byId.get('1')?.body).toMatchObject({ displayName: 'Robin Rivet' })
    expect(byId.get('1')?.headers['Content-Type']).toBe('application/json')
    expect(byId.get('2')).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } })
    const statuses = answer.responses.filter((r) => Number(r.id) > 2).map((r) => r.status)
    expect(statuses.filter((s) => s === 200)).toHaveLength(4)
    expect(statuses.filter((s) => s === 429)).toHaveLength(3)
    expect(violations()).toEqual([])
  })
})

describe('message delta', () => {
  it('tells each message of the folder, in pages of the size asked for on that request', async () => {
    const { items, pages } = await t.round(INBOX, PREFER)
    expect(idsOf(items)).toHaveLength(inboxTruth().length)
    expect(Math.max(...pages.map((p) => p.value.length))).toBe(25)
    expect(Object.keys(items[0] as Item).filter((k) => !k.startsWith('@')).sort()).toEqual(['id', 'receivedDateTime', 'subject'])
    expect((await t.get(INBOX)).body.value.length).toBeLessThanOrEqual(10)
    expect(violations()).toEqual([])
  })

  it('echoes the preferences and gives other ids without the immutable one', async () => {
    const first = await t.get(INBOX, PREFER)
    expect(first.headers.get('preference-applied')).toBe(PREFER)
    const link = (await t.get(INBOX, 'odata.maxpagesize=1')).body['@odata.nextLink'] as string
    const [a, b] = [await t.get(link, IMMUTABLE), await t.get(link)]
    expect(a.body.value[0]?.id).not.toBe(b.body.value[0]?.id)
  })

  it('follows new mail, moves and deletions; a move keeps the immutable id only', async () => {
    const inbox = await t.round(INBOX, PREFER)
    const archive = await t.round(INBOX.replace('inbox', 'archive'), PREFER)
    const { id } = (await t.call<{ id: string }>('POST', '/simulator/mail', { mailbox: MAILBOX, subject: 'Moving' })).body
    const added = await t.round(inbox.deltaLink, PREFER)
    expect(added.items.at(-1)).toMatchObject({ id, subject: 'Moving' })
    const mutable = (await t.round(inbox.deltaLink)).items.at(-1)?.id as string
    expect((await t.get(`/users/${MAILBOX}/messages/${mutable}`)).status).toBe(200)

    await t.call('POST', `/simulator/mail/${id}/move`, { folder: 'archive' })
    expect((await t.round(added.deltaLink, PREFER)).items.at(-1)).toEqual({ id, '@removed': { reason: 'deleted' } })
    expect((await t.round(archive.deltaLink, PREFER)).items.at(-1)).toMatchObject({ id, subject: 'Moving' })
    expect((await t.get(`/users/${MAILBOX}/messages/${mutable}`)).body).toMatchObject({ error: { code: 'ErrorItemNotFound' } })
    expect((await t.get<Item>(`/users/${MAILBOX}/messages/${id}?$select=subject`, IMMUTABLE)).body).toMatchObject({ id, subject: 'Moving' })

    expect((await t.call('DELETE', `/simulator/mail/${id}`)).status).toBe(204)
    expect((await t.get(`/users/${MAILBOX}/messages/${id}`)).status).toBe(404)
    expect(violations()).toEqual([])
  })

  it('leaves out what a filter excludes, and ends a filtered first round after 5,000', async () => {
    const since = new Date(t.sim.clock.now() - 7 * 86_400_000).toISOString().slice(0, 19) + 'Z'
    const { items } = await t.round(`${INBOX}&$filter=receivedDateTime ge ${since}`, PREFER)
    expect(items.length).toBeGreaterThan(5)
    for (const item of items) expect(Date.parse(item.receivedDateTime as string)).toBeGreaterThanOrEqual(Date.parse(since))
    await t.call('POST', '/simulator/mail/bulk', { mailbox: MAILBOX, folder: 'Bulk', count: 5200 })
    const folders = (await t.round(`/users/${MAILBOX}/mailFolders/delta`, 'odata.maxpagesize=100')).items
    const folder = folders.find((f) => f.displayName === 'Bulk') as Item
    const bulk = `/users/${MAILBOX}/mailFolders/${folder.id}/messages/delta?$select=subject`
    const prefer = `odata.maxpagesize=500, ${IMMUTABLE}`
    expect(idsOf((await t.round(`${bulk}&$filter=receivedDateTime ge 2000-01-01T00:00:00Z`, prefer)).items)).toHaveLength(5000)
    expect(idsOf((await t.round(bulk, prefer)).items)).toHaveLength(5200)
    expect(violations()).toEqual([])
  })

  it('forgets its tokens on demand: 410', async () => {
    const { deltaLink } = await t.round(INBOX, PREFER)
    const users = await t.round('/users/delta?$select=id')
    await t.call('POST', '/simulator/faults', { expireDeltaTokens: true })
    expect(await t.get(deltaLink)).toMatchObject({ status: 410, body: { error: { code: 'SyncStateNotFound' } } })
    const directory = await t.get(users.deltaLink)
    expect(directory.status).toBe(410)
    expect(directory.headers.get('location')).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\/delta\?\$deltatoken=$/)
  })

  it('has empty pages with a next link and repeated items somewhere', async () => {
    let [empty, repeated] = [0, 0]
    for (const size of [3, 4, 5]) {
      const { pages, items } = await t.round(INBOX, `odata.maxpagesize=${size}`)
      empty += pages.filter((p) => p.value.length === 0).length
      repeated += items.length - idsOf(items).length
    }
    expect(empty).toBeGreaterThan(0)
    expect(repeated).toBeGreaterThan(0)
  })
})

describe('one message', () => {
  it('shows body, sensitivity and attachments; the body as text when preferred', async () => {
    const { id } = (await t.call<{ id: string }>('POST', '/simulator/mail', {
      mailbox: MAILBOX, body: '<p>Hello <b>you</b></p>', contentType: 'html', sensitivity: 'private', omitFrom: true,
      attachments: [{ name: 'a.txt', content: 'abc' }],
    })).body
    const path = `/users/${MAILBOX}/messages/${id}`
    const html = (await t.get<Item>(path, IMMUTABLE)).body
    expect(html).toMatchObject({ body: { contentType: 'html', content: '<p>Hello <b>you</b></p>' }, hasAttachments: true })
    expect(html).not.toHaveProperty('from')
    const asText = (await t.get<Item>(`${path}?$select=body`, `${IMMUTABLE}, outlook.body-content-type="text"`)).body
    expect(asText.body).toEqual({ contentType: 'text', content: 'Hello you' })
    const expand = encodeURIComponent("singleValueExtendedProperties($filter=id eq 'Integer 0x36')")
    const marked = (await t.get<Item>(`${path}?$select=subject&$expand=${expand}`)).body
    expect(marked.singleValueExtendedProperties).toEqual([{ id: 'Integer 0x36', value: '2' }])
    const files = (await t.get(`${path}/attachments?$select=name,size`)).body.value
    expect(files).toMatchObject([{ name: 'a.txt', size: 3 }])
    expect(violations()).toEqual([])
  })
})

describe('the directory', () => {
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
    expect((await t.get(link, undefined, bearer)).body.value.at(-1)).toEqual({ id: userId, '@removed': { reason: 'changed' } })
    expect(await row(userId)).toBeUndefined()
    // One account has no row: the report leaves out those that cannot sign in.
    expect((await t.get(REPORT, undefined, bearer)).body.value).toHaveLength(contoso.users.size - 1)
    expect(violations()).toEqual([])
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
    expect(violations()).toEqual([])
  })
})

describe('refusals', () => {
  it.each([
    ['Mail.Read', `/users/${MAILBOX}/mailFolders/inbox`, 'ErrorAccessDenied'],
    ['AuditLog.Read.All', REPORT, 'Authorization_RequestDenied'],
    ['Directory.Read.All', '/roleManagement/directory/roleAssignments', 'Authorization_RequestDenied'],
  ])('without %s: 403', async (permission, path, code) => {
    const { id, app } = t.sim.world.msp
    const all = [...app.permissions]
    await t.call('POST', `/simulator/tenants/${id}`, { permissions: all.filter((p) => p !== permission) })
    expect(await t.get(path, undefined, await t.token())).toMatchObject({ status: 403, body: { error: { code } } })
    await t.call('POST', `/simulator/tenants/${id}`, { permissions: all })
    expect((await t.get(path)).status).toBe(200)
    expect(violations()).toEqual([])
  })

  it('says which kind of nothing is there: 401, 404, 501', async () => {
    expect(await t.call('GET', '/v1.0/organization')).toMatchObject({ status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } })
    expect(await t.get('/organization', undefined, 'no.token.atall')).toMatchObject({ status: 401 })
    const none = { status: 404, body: { error: { code: 'MailboxNotEnabledForRESTAPI' } } }
    expect(await t.get('/users/odd.onyx@proseware.com/mailFolders/inbox')).toMatchObject(none)
    expect(await t.get(`/users/${MAILBOX}/mailFolders/nothing`)).toMatchObject({ status: 404, body: { error: { code: 'ErrorItemNotFound' } } })
    expect(await t.get('/security/secureScores')).toMatchObject({ status: 403 })
    expect(await t.get('/users')).toMatchObject({ status: 501 })
    expect(await t.get('/organization?$select=city')).toMatchObject({ status: 501 })
    expect(violations()).toEqual([])
  })

  it('lets no more than four requests into a mailbox at once', async () => {
    await t.call('POST', '/simulator/faults', { match: 'mailFolders/inbox$', delayMs: 600 })
    const answers = await Promise.all(Array.from({ length: 6 }, () => t.get(`/users/${MAILBOX}/mailFolders/inbox`)))
    const statuses = answers.map((a) => a.status)
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 429, 429])
    expect(answers.find((a) => a.status === 429)?.body).toMatchObject({ error: { code: 'ApplicationThrottled' } })
    expect((await t.get(`/users/${MAILBOX}/mailFolders/inbox`)).status).toBe(200)
  })

  it('orders faults: status, code, Retry-After, so many times', async () => {
    await t.call('POST', '/simulator/faults', { match: 'GET /v1.0/subscribedSkus$', status: 429, code: 'TooManyRequests', retryAfter: 3, times: 1 })
    const first = await t.get('/subscribedSkus')
    expect(first).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } })
    expect(first.headers.get('retry-after')).toBe('3')
    expect((await t.get('/subscribedSkus')).status).toBe(200)
    await t.call('POST', '/simulator/faults', { match: '/organization', reset: true, times: 1 })
    await expect(t.get('/organization')).rejects.toThrow()
  })
})

describe('the oracle', () => {
  it.each([
    ['an unknown path', '/userz', undefined],
    ['an undescribed option', '/organization?$compute=1', undefined],
    ['an option that the documentation forbids', '/users/delta?$top=5', undefined],
    ['an unknown property', '/organization?$select=shoeSize', undefined],
    ['another filter in a delta', `${INBOX}&$filter=isRead eq true`, undefined],
    ['an unknown preference', INBOX, 'odata.maxpagesize=ten'],
    ['a preference where none is described', '/organization', IMMUTABLE],
    ['$select of registrations', `${REPORT}?$select=id`, undefined],
  ])('reports %s', async (_what, path, prefer) => {
    await t.get(path, prefer)
    expect(violations()).toHaveLength(1)
    expect(violations()[0]).toMatchObject({ kind: 'request', method: 'GET' })
  })

  it('reports options beside a token', async () => {
    const link = (await t.get(INBOX, 'odata.maxpagesize=2')).body['@odata.nextLink'] as string
    await t.get(`${link}&$select=id`)
    expect(violations()).toHaveLength(1)
  })

  it('finds an answer that does not fit', async () => {
    const { problemsOf } = await import('./description.ts')
    const users = (...value: unknown[]): string[] => problemsOf('microsoft.graph.userDeltaResponse', { value })
    expect(users({ id: 'x', displayName: 'y' }, { id: 'z', '@removed': { reason: 'deleted' } })).toEqual([])
    expect(users({ id: 'x', shoeSize: 44 })).toHaveLength(1)
    expect(problemsOf('microsoft.graph.message', { id: 'x', receivedDateTime: 'yesterday' })).not.toEqual([])
  })

  it('keeps a log of requests, with headers but without the token', async () => {
    await t.get(INBOX, PREFER)
    const log = (await t.call<Record<string, unknown>[]>('GET', '/simulator/requests')).body
    expect(log).toMatchObject([{
      method: 'GET', path: `/v1.0/users/${MAILBOX}/mailFolders/inbox/messages/delta`, query: { $select: 'subject,receivedDateTime' },
      tenantId: t.sim.world.msp.id, status: 200,
    }])
    expect((log[0] as { headers: Record<string, string> }).headers).toMatchObject({ prefer: PREFER })
    expect(JSON.stringify(log)).not.toMatch(/Bearer/i)
  })

  it('keeps the newest requests alone: a trial may run for days', async () => {
    await t.get(INBOX)
    t.sim.requests = Array.from({ length: 60_000 }, () => ({ ...t.sim.requests[0]!, path: 'old' }))
    await t.get(INBOX)
    expect(t.sim.requests.length).toBeLessThanOrEqual(50_000)
    expect(t.sim.requests.at(-1)!.path).not.toBe('old')
  })
})
