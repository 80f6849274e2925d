// What happens while something is away: the database, a mailbox. Nothing is lost, it is said in words, and it heals by itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant, TenantList } from '../../api/connections/model.ts'
import { notGranted, openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

/** A database of somebody else's is not stopped or killed. */
const embedded = process.env.MONGODB_TEST_URI === undefined

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', alone: true })
})
afterAll(() => house?.close())

const own = async (): Promise<Tenant> => (await house.get<TenantList>('/tenants')).items.find((tenant) => tenant.kind === 'msp')!
const stream = async (name: 'mail' | 'calendar') => (await own()).streams.find((unit) => unit.stream === name)!
const readiness = async () => (await fetch(`${house.origin}/readyz`)).status

describe('a mailbox', () => {
  it.each(['onPremises', 'unlicensed', 'removed', 'missing'])('that is %s is said in words by its streams, keeps what was read, and heals', async (state) => {
    const rows = (await house.mailWith('Contoso')).length
    const tenant = await own()
    await house.simulator('POST', `/tenants/${tenant.id}`, { mailboxState: { upn: tenant.mailboxes[0], state } })
    await house.as('Admin', 'POST', `/tenants/${tenant.id}/sync`)
    for (const name of ['mail', 'calendar'] as const) {
      const error = await until(`${name} says it`, async () => (await stream(name)).lastError)
      expect(error).toMatchObject({ code: 'mailboxUnknown', message: expect.stringContaining('no mailbox for this user') as string })
    }
    const answer = (await house.as('Admin', 'PATCH', `/tenants/${tenant.id}`, { mailboxes: tenant.mailboxes })) as { status: number; body: { error: { message: string } } }
    expect(answer.status).toBe(404)
    expect(answer.body.error.message).toContain(`${tenant.mailboxes[0]}: There is no mailbox`)
    expect((await house.mailWith('Contoso')).length).toBe(rows)
    await house.simulator('POST', `/tenants/${tenant.id}`, { mailboxState: { upn: tenant.mailboxes[0], state: 'ok' } })
    await house.synced()
    expect((await stream('mail')).lastError).toBeNull()
  })
})

describe('Microsoft', () => {
  it('answering slowly, half and not at all is survived', async () => {
    for (const fault of [{ delayMs: 3_000 }, { reset: true }, { status: 504, code: '' }, { status: 429, code: 'TooManyRequests', retryAfter: 1 }]) await house.simulator('POST', '/faults', { match: '/v1.0/', times: 2, ...fault })
    await house.synced()
    await house.simulator('DELETE', '/faults')
    expect((await own()).streams.filter((unit) => !notGranted.includes(unit.stream)).every((unit) => unit.lastError === null)).toBe(true)
  })

  it('refusing a token that was good is answered with a new one', async () => {
    await house.simulator('POST', '/faults', { match: 'GET /v1.0/', status: 401, code: 'InvalidAuthenticationToken', message: 'Access token has expired or is not yet valid.', times: 1 })
    await house.synced()
    // What is not granted is asked for, too, and may still say what went wrong before.
    await until('the tenant is connected', async () => (await own()).status === 'connected')
  })
})

it.runIf(embedded)('a database that takes requests and answers none: readiness says so first, people read why, and it comes back by itself', async () => {
  house.database().child.kill('SIGSTOP')
  const answered: string[] = []
  const asked = async (name: string, answer: Promise<unknown>) => {
    const value = await answer
    answered.push(name)
    return value
  }
  const [ready, customers] = await Promise.all([asked('readiness', readiness()), asked('a person', house.as('Admin', 'GET', '/customers'))])
  expect(ready).toBe(503)
  expect(customers).toMatchObject({ status: 503, body: { error: { code: 'databaseUnavailable' } } })
  expect(answered).toEqual(['readiness', 'a person'])
  house.database().child.kill('SIGCONT')
  await until('readiness is back', async () => (await readiness()) === 200)
  await house.synced()
}, 120_000)

it.runIf(embedded)('the database, away for 30 seconds: readiness says so, people read why, nothing is lost, and it comes back by itself', async () => {
  const before = (await house.mailWith('Contoso')).map((row) => row.id)
  expect(await readiness()).toBe(200)
  await house.stopDatabase()
  const gone = Date.now()
  await until('readiness says so', async () => (await readiness()) === 503)
  const { status, body } = (await house.as('Admin', 'GET', '/customers')) as { status: number; body: { error: { code: string; message: string } } }
  expect({ status, code: body.error.code }).toEqual({ status: 503, code: 'databaseUnavailable' })
  expect(body.error.message).toContain('Nothing is lost')
  await house.simulator('POST', '/mail', { mailbox: house.personas.Admin.upn, from: 'kim.kettle@contoso.com', to: [house.personas.Admin.upn], subject: 'while it was away' })
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, 30_000 - (Date.now() - gone))))
  await house.startDatabase()
  await until('readiness is back', async () => (await readiness()) === 200)
  await house.synced()
  const after = await house.mailWith('Contoso')
  expect(after.map((row) => row.subject)).toContain('while it was away')
  for (const id of before) expect(after.map((row) => row.id)).toContain(id)
  expect(house.product().child.exitCode).toBeNull()
}, 120_000)
