// What comes over the wire before anybody has asked who sends it, and what becomes of requests when the process ends.
import { readdirSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '../../api/http/model.ts'
import { startProduct } from '../../scripts/house.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
let product: string
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  product = `http://127.0.0.1:${house.product().port}`
})
afterAll(() => house?.close())

const json = { 'Content-Type': 'application/json' }
const post = (path: string, headers: Record<string, string>, body: BodyInit) => fetch(`${product}${path}`, { method: 'POST', headers, body })
const alive = async () => (await fetch(`${product}/healthz`)).status

describe.each(['/api/v1/customers', '/api/messages'])('POST %s, without a token', (path) => {
  it.each([
    ['that says gzip and is not', 'gzip', () => 'not gzip'],
    ['that unpacks to far more than a request may hold', 'gzip', () => gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))],
    ['in a packing that nobody knows', 'br', () => 'x'],
  ])('a body %s is refused, unread', async (_, encoding, body) => {
    const answer = await post(path, { ...json, 'Content-Encoding': encoding }, body() as BodyInit)
    expect(answer.status).toBe(415)
    expect(((await answer.json()) as Failure).error.code).toBe('invalidInput')
    expect(await alive()).toBe(200)
  })

  it('a packed body is refused before it has come', async () => {
    const { hostname, port } = new URL(product)
    const asked = request({ hostname, port, path, method: 'POST', headers: { ...json, 'Content-Encoding': 'gzip', 'Content-Length': 1_000_000 } })
    asked.flushHeaders()
    const answer = await new Promise<IncomingMessage>((resolve, reject) => asked.once('response', resolve).once('error', reject))
    expect(answer.statusCode).toBe(415)
    asked.destroy()
  })

  it('uploaded files are not written to disk', async () => {
    const uploads = () => readdirSync(tmpdir()).filter((name) => name.startsWith('upload_'))
    const before = uploads()
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(2_000_000)]), 'a.bin')
    expect((await post(path, {}, form as BodyInit)).status).toBeGreaterThanOrEqual(400)
    expect(uploads()).toEqual(before)
  })
})

it.each([
  ['broken', json, '{', 400],
  ['too large', json, JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413],
])('a body that is %s is refused in the form of every refusal', async (_, headers, body, status) => {
  const answer = await post('/api/v1/customers', headers, body)
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject({ error: { code: 'invalidInput', message: expect.stringContaining('cannot be read') as string } })
})

it('a form is no JSON', async () => {
  const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Admin.upn}/token`)
  const answer = await post('/api/v1/customers', { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' }, 'name=Form')
  expect(answer.status).toBe(400)
})

/** The policy of an answer, by its directives. */
const policyOf = (answer: Response) =>
  new Map((answer.headers.get('content-security-policy') ?? '').split('; ').map((directive) => [directive.split(' ')[0]!, directive.split(' ').slice(1)] as const))

it('every answer, refusals too, is data that nobody frames and nothing on the way keeps', async () => {
  const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Admin.upn}/token`)
  const signedIn = { Authorization: `Bearer ${token}` }
  const asked: [string, RequestInit][] = [
    ['/api/v1/me', { headers: signedIn }], ['/api/v1/security.csv', { headers: signedIn }], ['/api/v1/changes', { headers: signedIn }], ['/api/v1/openapi.json', {}], ['/api/v1/me', {}],
    ['/api/v1/nothing', {}], ['/api/v1/me', { method: 'PUT' }], ['/api/v1/customers', { method: 'POST', headers: json, body: '{' }], ['/api/messages', { method: 'POST', headers: json, body: '{}' }],
    ['/api/messages', { method: 'POST', headers: { ...json, 'Content-Encoding': 'gzip' }, body: 'x' }], ['/healthz', {}], ['/readyz', {}], ['/', {}], ['/tab/assets/nothing.js', {}],
  ]
  for (const [path, init] of asked) {
    const answer = await fetch(`${product}${path}`, init)
    const headers = Object.fromEntries(['cache-control', 'strict-transport-security', 'x-content-type-options', 'referrer-policy'].map((name) => [name, answer.headers.get(name)]))
    const policy = policyOf(answer)
    expect({ path, status: answer.status, ...headers, sources: policy.get('default-src'), frames: policy.get('frame-ancestors') }).toEqual({
      path, status: answer.status, 'cache-control': 'no-store', 'strict-transport-security': 'max-age=31536000', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
      sources: ["'none'"], frames: ["'none'"],
    })
    await answer.body?.cancel()
  }
})

it('the tab is framed by Teams alone and asked for anew; its files, whose names change with their content, are kept', async () => {
  const page = await fetch(`${product}/tab/`)
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect(policyOf(page).get('default-src')).toEqual(["'self'"])
  expect(policyOf(page).get('frame-ancestors')).toEqual(["'self'", 'https://teams.microsoft.com', 'https://*.teams.microsoft.com', 'https://*.cloud.microsoft'])
  const [asset] = readdirSync('dist/tab/assets')
  const file = await fetch(`${product}/tab/assets/${asset!}`)
  expect([file.headers.get('cache-control'), file.headers.get('strict-transport-security'), file.headers.get('x-content-type-options')]).toEqual(['public, max-age=31536000, immutable', 'max-age=31536000', 'nosniff'])
})

it('HEAD answers where GET does, without a body', async () => {
  const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Admin.upn}/token`)
  for (const path of ['/api/v1/me', '/api/v1/customers', '/api/v1/openapi.json', '/api/v1/changes', '/tab/', '/tab', '/healthz', '/readyz']) {
    const answer = await fetch(`${product}${path}`, { method: 'HEAD', headers: { Authorization: `Bearer ${token}` } })
    expect({ path, status: answer.status, body: await answer.text() }).toEqual({ path, status: 200, body: '' })
  }
  expect((await fetch(`${product}/api/v1/me`, { method: 'HEAD' })).status).toBe(401)
  expect((await fetch(`${product}/api/v1/nothing`, { method: 'HEAD' })).status).toBe(404)
  const [asset] = readdirSync('dist/tab/assets')
  expect((await fetch(`${product}/tab/assets/${asset!}`, { method: 'HEAD' })).status).toBe(200)
})

it('a method that an address does not take is said to be that', async () => {
  for (const [method, path] of [['PUT', '/api/v1/me'], ['DELETE', '/tab/'], ['PUT', '/api/v1/tenants']] as const) {
    const answer = await fetch(`${product}${path}`, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toMatch(/GET|POST/)
    expect(((await answer.json()) as Failure).error).toMatchObject({ code: 'methodNotAllowed', message: 'This address does not take such a request. The header Allow names those that it takes.' })
  }
})

it('input is refused in plain words, whatever is wrong with it', async () => {
  const said = async (method: string, path: string, body?: unknown) =>
    Object.fromEntries(((await house.as('Admin', method, path, body)).body as Failure).error.problems!.map(({ field, message }) => [field, message]))
  expect(await said('POST', '/customers', {})).toEqual({ name: 'This is missing.' })
  expect(await said('POST', '/customers', [])).toEqual({ body: 'This must be an object with fields.' })
  expect(await said('POST', '/customers', { name: 7, aliases: 'x', domains: [''] })).toMatchObject({ name: 'This must be text.', aliases: 'This must be a list.', 'domains.0': 'This is empty.' })
  expect(await said('POST', '/tenants', { tenantId: 1, clientSecret: '', customerId: 7 })).toEqual({
    tenantId: 'This must be text.', clientId: 'This is missing.', clientSecret: 'Enter the client secret value.', customerId: 'This must be text.',
  })
  const { id } = await house.customer('Contoso')
  expect(await said('GET', `/customers/${id}/messages?limit=0`)).toEqual({ limit: 'This must be 1 or more.' })
  expect(await said('GET', `/customers/${id}/messages?limit=x`)).toEqual({ limit: 'This must be a number.' })
  expect(await said('GET', '/audit?action=nonsense')).toMatchObject({ action: expect.stringMatching(/^This must be one of: /) as string })
})

it('a connection that wants to become something else is closed', async () => {
  const socket = createConnection(house.product().port, '127.0.0.1')
  const closed = new Promise<void>((done) => socket.on('close', () => done()))
  socket.on('error', () => undefined)
  socket.write('GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  socket.resume()
  await Promise.race([closed, new Promise((_, fail) => setTimeout(() => fail(new Error('it stays open')), 5_000))])
})

it('a request that is under way when the process is asked to end gets its answer; open tabs do not keep it', async () => {
  const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Admin.upn}/token`)
  const headers = { Authorization: `Bearer ${token}` }
  const row = (await house.mailWith('Contoso')).find((one) => !one.private)!
  const tab = await fetch(`${product}/api/v1/changes`, { headers })
  await house.simulator('DELETE', '/requests')
  await house.simulator('POST', '/faults', { match: 'GET /v1.0/users/.*/messages/', delayMs: 1_500, times: 1 })
  const opening = fetch(`${product}/api/v1/messages/${row.id}/body`, { headers })
  await until('it is audited, so it waits for Microsoft', async () => (await house.db.collection('audit').countDocuments({ action: 'message.open' })) > 0)
  const [answer] = await Promise.all([opening, house.stopProduct()])
  expect(answer.status).toBe(200)
  expect(await tab.text()).toContain(': open')
  // It ended by itself: what does not within five seconds is cut off, and does not say goodbye.
  expect(house.printed()).toContain('"event":"stop"')
})

it('what nobody has caught ends the process with a line that does not say what it was about', async () => {
  const careless = "process.once('SIGUSR2', () => { throw Object.assign(new Error('no mailbox for kim@contoso.com'), { documents: [{ subject: 'Canary' }] }) })"
  const options = `--import=data:text/javascript,${encodeURIComponent(careless)}`
  const part = await startProduct({ ...house.environment(), NODE_OPTIONS: options })
  const ended = new Promise((exit) => part.child.once('exit', exit))
  part.child.kill('SIGUSR2')
  expect(await ended).toBe(1)
  expect(part.output()).toContain('"event":"crash"')
  expect(part.output()).not.toMatch(/contoso|Canary/)
})

it('a worker that waits for Microsoft does not keep the process from ending', async () => {
  await house.startProduct()
  await house.simulator('DELETE', '/requests')
  await house.simulator('POST', '/faults', { match: 'GET /v1.0/subscribedSkus', delayMs: 20_000 })
  const units = house.db.collection('units')
  const before = await units.findOne({ stream: 'licences' })
  for (const { id } of (await house.get<{ items: { id: string }[] }>('/tenants')).items) await house.as('Admin', 'POST', `/tenants/${id}/sync`)
  await until('it waits', async () => (await units.countDocuments({ stream: 'licences', leaseOwner: { $ne: null } })) > 0)
  const from = performance.now()
  await house.stopProduct()
  expect(performance.now() - from).toBeLessThan(2_500)
  // Nothing failed, and whoever comes next takes it up at once.
  expect(await units.findOne({ _id: before!._id })).toMatchObject({ leaseOwner: null, lastError: null, attempts: 0 })
  await house.simulator('DELETE', '/faults')
})
