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
