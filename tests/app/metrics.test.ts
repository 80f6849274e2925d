// What an operator sees: metrics on a port of their own, and the health of a copy that only works.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', environment: { OUTPOST_METRICS_PORT: '0' } })
})
afterAll(() => house?.close())

const portOf = (door: string): string => new RegExp(`"door":"${door}","port":(\\d+)`).exec(house.product().output())![1]!
const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${portOf('OUTPOST_METRICS_PORT')}/metrics`)).text()
const valueOf = (text: string, line: string): number => Number(new RegExp(`^${line.replace(/[{}$]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN)

it('counts requests, rounds, what Microsoft was asked for, the database and the event loop', async () => {
  for (let n = 0; n < 3; n++) await house.get('/customers')
  await house.as('Admin', 'GET', '/customers/nobody')
  const text = await metrics()
  expect(valueOf(text, 'http_request_seconds_count{method="GET",route="/api/v1/customers",status="200"}')).toBeGreaterThanOrEqual(3)
  expect(valueOf(text, 'http_request_seconds_count{method="GET",route="/api/v1/customers/:id",status="404"}')).toBe(1)
  expect(valueOf(text, 'sync_round_seconds_count{stream="mail"}')).toBeGreaterThan(0)
  expect(valueOf(text, 'graph_requests_total{service="graph",op="folder",status="200"}')).toBeGreaterThan(0)
  expect(valueOf(text, 'graph_requests_total{service="entra",op="token",status="200"}')).toBeGreaterThan(0)
  expect(valueOf(text, 'db_up')).toBe(1)
  expect(valueOf(text, 'db_op_seconds_count{op="find",result="ok"}')).toBeGreaterThan(0)
  expect(valueOf(text, 'outbox_pending')).toBe(0)
  expect(valueOf(text, 'sync_units{stream="mail",state="ok"}')).toBeGreaterThan(0)
  expect(valueOf(text, 'sync_lag_seconds{stream="mail"}')).toBeGreaterThanOrEqual(0)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m)
})

it('names nobody: no address, no id of a person, mailbox, tenant or customer', async () => {
  const text = await metrics()
  const { id } = await house.customer('Contoso')
  const { OUTPOST_TENANT_ID: tenant } = house.environment()
  for (const secret of [id, tenant!, house.personas.Admin.userId, house.personas.Admin.upn, '@', 'Contoso']) expect(text.includes(secret), secret).toBe(false)
})

it('is not where people come', async () => {
  const response = await fetch(`http://127.0.0.1:${portOf('PORT')}/metrics`)
  expect(response.status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${portOf('OUTPOST_METRICS_PORT')}/api/v1/me`)).status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${portOf('OUTPOST_METRICS_PORT')}/metrics`, { method: 'POST' })).status).toBe(404)
})

it('a copy that only works answers for its health', async () => {
  await house.stopProduct()
  await house.startProduct({ OUTPOST_ROLES: 'worker' })
  const at = (path: string) => fetch(`http://127.0.0.1:${portOf('PORT')}${path}`)
  expect((await at('/healthz')).status).toBe(200)
  expect(await (await at('/readyz')).json()).toEqual({ status: 'ready', troubles: [] })
  expect((await at('/api/v1/me')).status).toBe(404)
  await until('it says of what state its streams are', async () => /sync_units\{stream="mail",state="ok"\} [1-9]/.test(await metrics()))
})

it('a trouble that goes on is told once', async () => {
  const output = () => house.product().output()
  const before = output().split('\n').length
  await house.simulator('POST', '/faults', { match: '/v1.0/', status: 503, code: 'serviceNotAvailable' })
  await house.db.collection('units').updateMany({ tenantId: { $ne: null } }, [{ $set: { dueAt: '$$NOW', wishes: { $add: ['$wishes', 1] } } }])
  await until('every unit has failed', async () => (await house.db.collection('units').countDocuments({ tenantId: { $ne: null }, lastError: null })) === 0)
  await house.db.collection('units').updateMany({ tenantId: { $ne: null } }, [{ $set: { dueAt: '$$NOW', wishes: { $add: ['$wishes', 1] } } }])
  await until('each has failed twice', async () => (await house.db.collection('units').countDocuments({ attempts: { $gte: 2 } })) > 5)
  const failures = output().split('\n').slice(before).filter((line) => line.includes('"sync.failed"'))
  const once = new Set(failures.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), time: 0, graphRequest: 0, attempts: 0 })))
  expect(failures.length).toBe(once.size)
  expect(failures.some((line) => /"graphRequest":"[0-9a-f-]{36}"/.test(line)), 'Microsoft’s name of the request').toBe(true)
  await house.simulator('DELETE', '/faults')
})
