// Limits of rate, low ones: for a person, for an address, for whoever has not signed in, and for what costs more than an answer.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '../../api/http/model.ts'
import type { ConnectionTest } from '../../api/connections/model.ts'
import type { TenantInfo } from '../../infra/simulator/desk/simulator.ts'
import { startProduct, tokenOf } from '../../scripts/house.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
const tokens = {} as Record<RoleName, string>
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  for (const role of ['Admin', 'Member', 'Viewer'] as const) tokens[role] = await tokenOf(house.origin, house.personas[role].upn)
})
afterAll(() => house?.close())

/** A product of its own, asked directly, with what it has counted so far: nothing. */
async function limited(limits: Record<string, string>, during: (origin: string) => Promise<void>): Promise<void> {
  const product = await startProduct({ ...house.environment(), OUTPOST_ROLES: 'web', ...limits })
  try {
    await during(`http://127.0.0.1:${product.port}`)
  } finally {
    await product.stop()
  }
}
const ask = (origin: string, path: string, token?: string, more: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${origin}/api/v1${path}`, { ...more, headers: { ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...more.headers } })
/** The statuses of so many requests at the same time, in their order: a refusal is held back, and what is counted is forgotten after ten seconds. */
async function statuses(count: number, send: () => Promise<Response>): Promise<number[]> {
  const one = async () => {
    const answer = await send()
    await answer.arrayBuffer()
    return answer.status
  }
  return (await Promise.all(Array.from({ length: count }, one))).sort()
}
const times = (count: number, status: number) => Array.from({ length: count }, () => status)

describe('one person', () => {
  it('who asks too much is told so, with when to try again; others are answered', () =>
    // A sixth of a minute's in ten seconds.
    limited({ OUTPOST_LIMIT_PERSON: '60' }, async (origin) => {
      expect(await statuses(10, () => ask(origin, '/me', tokens.Admin))).toEqual(times(10, 200))
      const [refused, others] = await Promise.all([ask(origin, '/customers', tokens.Admin), statuses(10, () => ask(origin, '/me', tokens.Member))])
      expect(others).toEqual(times(10, 200))
      const seconds = Number(refused.headers.get('retry-after'))
      expect(seconds).toBeGreaterThanOrEqual(1)
      expect(seconds).toBeLessThanOrEqual(10)
      expect(((await refused.json()) as Failure).error).toMatchObject({ code: 'tooMany', message: expect.stringMatching(/^You have asked Outpost for very much in a short time\. Try again in (a second|\d+ seconds)\.$/) as string })
      await until('they may ask again', async () => (await ask(origin, '/me', tokens.Admin)).status === 200, 20)
    }))

  it('has a few requests in work at a time: while they wait for Microsoft, the next ones wait', async () => {
    const row = (await house.mailWith('Contoso')).find((one) => !one.private)!
    await house.simulator('POST', '/faults', { match: 'GET /v1.0/users/.*/messages/', delayMs: 1_000 })
    await limited({ OUTPOST_LIMIT_AT_ONCE: '2' }, async (origin) => {
      await house.simulator('DELETE', '/requests')
      const opening = Array.from({ length: 4 }, () => ask(origin, `/messages/${row.id}/body`, tokens.Admin))
      // What costs only the database does not stand behind what waits for Microsoft.
      expect((await ask(origin, '/me', tokens.Admin)).status).toBe(200)
      expect((await house.simulator<unknown[]>('GET', '/requests')).length).toBeLessThanOrEqual(2)
      expect((await Promise.all(opening)).map(({ status }) => status)).toEqual(times(4, 200))
    }).finally(() => house.simulator('DELETE', '/faults'))
  })
})

describe('what costs more', () => {
  it('opened messages: beyond the limit nothing is asked of Microsoft and nothing is audited', async () => {
    const row = (await house.mailWith('Contoso')).find((one) => !one.private)!
    await limited({ OUTPOST_LIMIT_OPEN: '3' }, async (origin) => {
      const audited = () => house.db.collection('audit').countDocuments({ action: 'message.open' })
      const before = await audited()
      await house.simulator('DELETE', '/requests')
      const open = () => ask(origin, `/messages/${row.id}/body`, tokens.Admin)
      expect(await statuses(10, open)).toEqual([...times(3, 200), ...times(7, 429)])
      expect((await audited()) - before).toBe(3)
      expect((await house.simulator<unknown[]>('GET', '/requests')).length).toBeLessThan(3 * 4)
      expect(((await (await open()).json()) as Failure).error.message).toMatch(/^You have opened very many messages and meetings/)
      // Reading goes on.
      expect((await ask(origin, '/customers', tokens.Admin)).status).toBe(200)
    })
  })

  it('exports, “Sync now” and tests of a connection have limits of their own', async () => {
    const tenant = (await house.simulator<TenantInfo[]>('GET', '/tenants')).find(({ customer }) => customer !== null)!
    const connection = { tenantId: tenant.tenantId, clientId: tenant.clientId, clientSecret: tenant.clientSecret, mailboxes: [], customerId: (await house.customer(tenant.customer!.name)).id }
    const test = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(connection) }
    await limited({ OUTPOST_LIMIT_EXPORT: '2', OUTPOST_LIMIT_SYNC: '2', OUTPOST_LIMIT_TEST: '2' }, async (origin) => {
      const said = async (send: () => Promise<Response>, status: number) => {
        expect(await statuses(3, send)).toEqual([...times(2, status), 429])
        return ((await (await send()).json()) as Failure).error.message.replace(/ Try again.*/, '')
      }
      const exported = () => house.db.collection('audit').countDocuments({ action: { $in: ['security.export', 'audit.export'] } })
      const before = await exported()
      expect(await said(() => ask(origin, '/security.csv', tokens.Admin), 200)).toBe('You have exported very often in a short time.')
      // One limit for all that is an export.
      expect((await ask(origin, '/audit.csv', tokens.Admin)).status).toBe(429)
      expect((await exported()) - before).toBe(2)
      expect(await said(() => ask(origin, `/tenants/${tenant.tenantId}/sync`, tokens.Admin, { method: 'POST' }), 202)).toBe('You have asked very often to sync now.')
      const tested = await ask(origin, '/tenants/test', tokens.Admin, test)
      expect(((await tested.json()) as ConnectionTest).message).toMatch(/^Connected to /)
      expect((await ask(origin, '/tenants/test', tokens.Admin, test)).status).toBe(200)
      expect((await ask(origin, '/tenants/test', tokens.Admin, test)).status).toBe(429)
      // To change one tests it as well.
      expect((await ask(origin, `/tenants/${tenant.tenantId}`, tokens.Admin, { ...test, method: 'PATCH', body: '{}' })).status).toBe(429)
    })
  })
})

describe('a network', () => {
  it('of strangers is refused, and who has signed in there is not', () =>
    limited({ OUTPOST_LIMIT_STRANGER: '30' }, async (origin) => {
      expect(await statuses(5, () => ask(origin, '/me'))).toEqual(times(5, 401))
      const then = await Promise.all([ask(origin, '/me'), ask(origin, '/openapi.json'), ask(origin, '/me', 'nonsense'), ask(origin, '/me', tokens.Viewer)])
      expect(then.map(({ status }) => status)).toEqual([429, 429, 429, 200])
    }))

  const json = { 'Content-Type': 'application/json' }
  it.each<[string, number, string, RequestInit]>([
    ['an address that there is not', 404, '/api/v1/nothing', {}],
    ['a method that an address does not take', 405, '/api/v1/me', { method: 'DELETE' }],
    ['broken JSON', 400, '/api/v1/customers', { method: 'POST', headers: json, body: '{' }],
    ['a body that is too large', 413, '/api/v1/customers', { method: 'POST', headers: json, body: JSON.stringify('x'.repeat(1024 * 1024)) }],
    ['a packed body', 415, '/api/v1/customers', { method: 'POST', headers: { ...json, 'Content-Encoding': 'gzip' }, body: '{}' }],
    ['an activity that nobody has signed', 401, '/api/messages', { method: 'POST', headers: json, body: '{"type":"message"}' }],
    ['what is no activity', 400, '/api/messages', { method: 'POST', headers: json, body: '{}' }],
  ])('of strangers is counted for %s as well', (_what, status, path, request) =>
    limited({ OUTPOST_LIMIT_STRANGER: '18' }, async (origin) => {
      expect(await statuses(3, () => fetch(origin + path, request))).toEqual(times(3, status))
      const refused = await fetch(origin + path, request)
      expect({ status: refused.status, error: ((await refused.json()) as Failure).error }).toMatchObject({ status: 429, error: { code: 'tooMany', message: expect.stringContaining('without a valid sign-in') as string } })
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect((await ask(origin, '/me', tokens.Viewer)).status).toBe(200)
    }))

  it('that asks too much is refused, whoever asks there; health is not', () =>
    limited({ OUTPOST_LIMIT_ADDRESS: '60' }, async (origin) => {
      expect(await statuses(10, () => ask(origin, '/me', tokens.Admin))).toEqual(times(10, 200))
      const bot = fetch(`${origin}/api/messages`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })
      const refused = await Promise.all([bot, ask(origin, '/me', tokens.Member), fetch(`${origin}/tab/`)])
      expect(refused.map(({ status }) => status)).toEqual([429, 429, 429])
      for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      for (const path of ['/healthz', '/readyz']) expect(await statuses(30, () => fetch(`${origin}${path}`))).toEqual(times(30, 200))
    }))

  it('is not used up by one person who asks too much', () =>
    limited({ OUTPOST_LIMIT_ADDRESS: '120', OUTPOST_LIMIT_PERSON: '60' }, async (origin) => {
      const [mine, theirs] = await Promise.all([statuses(40, () => ask(origin, '/me', tokens.Admin)), statuses(10, () => ask(origin, '/me', tokens.Member))])
      expect([mine, theirs]).toEqual([[...times(10, 200), ...times(30, 429)], times(10, 200)])
    }))

  it('is what a trusted proxy says, and of nobody else what they say of themselves', async () => {
    const from = (origin: string, address: string) => statuses(4, () => ask(origin, '/me', undefined, { headers: { 'X-Forwarded-For': address } }))
    await limited({ OUTPOST_LIMIT_STRANGER: '18' }, async (origin) => {
      const [one, other] = await Promise.all([from(origin, '198.51.100.7'), from(origin, '198.51.100.8')])
      expect([...one, ...other].sort()).toEqual([...times(3, 401), ...times(5, 429)])
    })
    await limited({ OUTPOST_LIMIT_STRANGER: '18', OUTPOST_TRUSTED_PROXIES: '127.0.0.1' }, async (origin) => {
      const [one, same, other] = await Promise.all(['198.51.100.7', '198.51.100.8, 198.51.100.7', '198.51.100.8'].map((address) => from(origin, address)))
      expect([...one!, ...same!].sort()).toEqual([...times(3, 401), ...times(5, 429)])
      expect(other).toEqual([...times(3, 401), 429])
    })
  })
})

it('in chat, who asks too much gets the sentence', async () => {
  await house.startProduct({ OUTPOST_LIMIT_PERSON: '12' })
  const say = async () => (await house.simulator<{ activities: unknown[] }>('POST', '/chat', { from: house.personas.Admin.upn, text: `posture ${randomUUID().slice(0, 4)}`, where: 'personal' })).activities
  for (let i = 0; i < 2; i += 1) expect(JSON.stringify(await say())).not.toContain('very much')
  expect(JSON.stringify(await say())).toContain('You have asked Outpost for very much in a short time. Try again in')
})
