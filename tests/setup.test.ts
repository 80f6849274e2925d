// Connecting a tenant: what an administrator reads when it works and when it does not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TenantList } from '../api/model/tenant.ts'
import { openHouse, until, type Answer, type House } from './house.fixture.ts'

interface Simulated {
  tenantId: string
  kind: 'msp' | 'customer'
  clientId: string
  clientSecret: string
  clientSecretId: string
  mailboxes: string[]
}
let house: House
let msp: Simulated
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  msp = (await house.simulator<Simulated[]>('GET', '/tenants')).find((tenant) => tenant.kind === 'msp')!
})
afterAll(() => house.close())

const form = (change: object = {}) => ({ tenantId: msp.tenantId, clientId: msp.clientId, clientSecret: msp.clientSecret, mailboxes: msp.mailboxes, ...change })
const test = (change: object = {}) => house.as('Admin', 'POST', '/tenants/test', form(change)) as Promise<Answer<{ message?: string; error: { code: string; message: string; problems?: { field: string; message: string }[] } }>>

describe('Test, before Save', () => {
  it('that works says to whom and how many mailboxes', async () => {
    const { status, body } = await test()
    expect({ status, message: body.message }).toEqual({ status: 200, message: `Connected to Proseware — ${msp.mailboxes.length} mailbox configured` })
  })

  it('takes mailboxes as a comma-separated text', async () => {
    expect((await test({ mailboxes: `${msp.mailboxes[0]}, ${msp.mailboxes[0]!.toUpperCase()}` })).body.message).toContain('1 mailbox configured')
  })

  it.each([
    ['a wrong secret', () => ({ clientSecret: 'wrong' }), 401, 'secretInvalid', /secret is wrong/],
    ['the secret’s id instead of its value', () => ({ clientSecret: msp.clientSecretId }), 401, 'secretInvalid', /value \(not its ID\)/],
    ['an unknown tenant', () => ({ tenantId: '12345678-1234-4234-8234-123456789012' }), 404, 'tenantUnknown', /no tenant with this ID/],
    ['an unknown app', () => ({ clientId: '12345678-1234-4234-8234-123456789012' }), 404, 'appUnknown', /not known in this tenant/],
    ['no mailbox', () => ({ mailboxes: ' , ' }), 400, 'mailboxesMissing', /^Enter at least one technician mailbox\.$/],
    ['a UPN without a mailbox', () => ({ mailboxes: ['nobody@proseware.com'] }), 404, 'mailboxUnknown', /nobody@proseware\.com: There is no mailbox/],
    ['no GUID', () => ({ tenantId: 'contoso', clientId: 'x' }), 400, 'invalidInput', /Correct the marked fields/],
  ])('%s', async (_, change, status, code, sentence) => {
    const answer = await test(change())
    expect({ status: answer.status, code: answer.body.error.code }).toEqual({ status, code })
    expect(answer.body.error.message).toMatch(sentence)
  })

  it('names every refused field at once', async () => {
    const { body } = await test({ tenantId: 'contoso', clientId: 'x', clientSecret: '' })
    expect(body.error.problems?.map((problem) => problem.field).sort()).toEqual(['clientId', 'clientSecret', 'tenantId'])
  })

  it.each(['Mail.Read', 'Calendars.Read', 'User.Read.All', 'Directory.Read.All', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'])('without consent to %s names it', async (name) => {
    const all = ['Mail.Read', 'Calendars.Read', 'User.Read.All', 'Directory.Read.All', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
    await house.simulator('POST', `/tenants/${msp.tenantId}`, { permissions: all.filter((one) => one !== name) })
    const answer = await test()
    await house.simulator('POST', `/tenants/${msp.tenantId}`, { permissions: all })
    expect({ status: answer.status, code: answer.body.error.code }).toEqual({ status: 403, code: 'consentMissing' })
    expect(answer.body.error.message).toContain(`Admin consent is missing for ${name}.`)
  })

  it('saves nothing', async () => {
    const before = await house.db.collection('tenants').find().toArray()
    await test()
    await test({ clientSecret: 'wrong' })
    expect(await house.db.collection('tenants').find().toArray()).toEqual(before)
  })
})

it('Save with a wrong secret keeps the connection that works', async () => {
  const before = await house.db.collection('tenants').find().toArray()
  expect((await house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, { clientSecret: 'wrong' })).status).toBe(401)
  expect(await house.db.collection('tenants').find().toArray()).toEqual(before)
})

it('an expired secret is said as such by every stream, keeps what was read, and heals when it is renewed', async () => {
  const rows = (await house.communications('Contoso')).length
  await house.simulator('POST', `/tenants/${msp.tenantId}`, { secret: 'expire' })
  expect((await test()).body.error).toMatchObject({ code: 'secretExpired', message: expect.stringContaining('has expired') as string })
  // A token that was issued before still works at Microsoft's; a new process has none.
  await house.stopProduct()
  await house.startProduct()
  await house.as('Admin', 'POST', `/tenants/${msp.tenantId}/sync`)
  const tenant = async () => (await house.get<TenantList>('/tenants')).items.find((one) => one.id === msp.tenantId)!
  await until('every stream says it', async () => (await tenant()).streams.every((unit) => unit.lastError?.code === 'secretExpired'))
  expect((await tenant()).status).toBe('authenticationError')
  expect((await tenant()).streams.filter((unit) => unit.stream !== 'eligibility').every((unit) => unit.lastSuccessAt !== null)).toBe(true)
  expect((await house.communications('Contoso')).length).toBe(rows)
  const { clientSecret } = await house.simulator<{ clientSecret: string }>('POST', `/tenants/${msp.tenantId}`, { secret: 'rotate' })
  expect((await house.as('Admin', 'PATCH', `/tenants/${msp.tenantId}`, { clientSecret })).status).toBe(200)
  await house.synced()
  expect((await tenant()).status).toBe('connected')
})

describe('domains of a customer', () => {
  const create = (domains: string[]) => house.as('Admin', 'POST', '/customers', { name: `Customer ${Math.random()}`, domains }) as Promise<Answer<{ domains: string[]; error: { message: string } }>>

  it.each([
    ['gmail.com', /mail service that anybody can use/],
    ['outlook.com', /mail service that anybody can use/],
    ['onmicrosoft.com', /anybody can/],
    ['co.uk', /public suffix/],
    ['com', /is not a domain/],
    ['kim@wingtip.example', /is not a domain/],
    ['https://wingtip.example', /is not a domain/],
    ['proseware.com', /your own tenant/],
    ['mail.proseware.com', /your own tenant/],
    ['contoso.com', /already belongs to Contoso/],
    ['CONTOSO.com.', /already belongs to Contoso/],
  ])('%s is refused with a reason', async (domain, reason) => {
    const { status, body } = await create([domain])
    expect(status).toBe(400)
    expect(body.error.message).toMatch(reason)
  })

  it('are kept in one form', async () => {
    expect((await create(['Wingtip.EXAMPLE', 'wingtip.example.', 'wingtip-münchen.example'])).body.domains).toEqual(['wingtip.example', 'xn--wingtip-mnchen-osb.example'])
  })
})
