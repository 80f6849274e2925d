import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trial, type Trial } from './simulator.fixture.ts'

let t: Trial
let product: Server
let gone = 0

beforeAll(async () => {
  product = createServer((req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'x-path': req.url ?? '' })
    if (req.url === '/api/stream') {
      res.write('data: 1\n\n')
      res.on('close', () => gone++)
    } else req.pipe(res)
  })
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve))
  t = await trial('tiny', `http://127.0.0.1:${(product.address() as AddressInfo).port}`)
})
afterAll(async () => {
  await t.close()
  product.closeAllConnections()
  product.close()
})

/** Runs the command; gives its exit code, its output, or at the first line of output the process itself. */
function run(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; out: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'infra/simulator/main.ts', ...args], { env: { ...process.env, ...env } })
  let out = ''
  return new Promise((resolve) => {
    child.stderr.on('data', (d) => { out += String(d) })
    child.stdout.on('data', (d) => { out += String(d); resolve({ code: null, out, child }) })
    child.on('close', (code) => resolve({ code, out, child }))
  })
}

describe('the server', () => {
  it('forwards what is not Microsoft, bodies and streams both ways, and ends what the caller leaves', async () => {
    const echoed = await fetch(`${t.origin}/api/echo?x=1`, { method: 'POST', body: 'hello' })
    expect([await echoed.text(), echoed.headers.get('x-path')]).toEqual(['hello', '/api/echo?x=1'])
    const abort = new AbortController()
    const stream = await fetch(`${t.origin}/api/stream`, { signal: abort.signal })
    expect(new TextDecoder().decode((await stream.body?.getReader().read())?.value as Uint8Array)).toBe('data: 1\n\n')
    abort.abort()
    await expect.poll(() => gone).toBe(1)
  })

  it('is as at a start after a reset, whatever was done to it before', async () => {
    const one = await trial('tiny')
    const [member] = one.sim.world.personas
    const upn = one.sim.world.msp.users.get(member!.userId)!.userPrincipalName
    const ids = async () => JSON.stringify((await one.call<{ tenants: { tenantId: string; users: { id: string }[] }[] }>('GET', '/simulator/truth')).body.tenants.map(({ tenantId, users }) => [tenantId, users.map(({ id }) => id)]))
    const before = await ids()
    const { origin, keys, boot } = one.sim
    const known = { origin, keys }
    await one.get('/organization')
    await one.call('POST', '/simulator/mail', { mailbox: upn, to: [upn], subject: 'before the reset' })
    await one.call('POST', '/simulator/accounts', { tenantId: one.sim.world.msp.id, action: 'create', displayName: 'Nobody Known' })
    await one.call('POST', '/simulator/faults', { match: '.', status: 500 })
    await one.call('POST', '/simulator/clock', { advanceSeconds: 86_400 })
    await one.call('POST', '/simulator/channel', { action: 'addGuest' })
    expect(one.sim.requests.length).toBeGreaterThan(0)
    expect((await one.call('POST', '/simulator/reset', { world: 'tiny', seed: 7 })).status).toBe(204)
    expect(await ids()).toBe(before)
    expect(one.sim).toMatchObject({ ...known, requests: [], violations: [], faults: { list: [], kill: null }, teams: { installed: false, posted: [], guests: [] } })
    expect(one.sim.boot).not.toBe(boot)
    expect(Math.abs(one.sim.clock.now() - Date.now())).toBeLessThan(60_000)
    expect(JSON.stringify((await one.call('GET', '/simulator/truth')).body)).not.toContain('before the reset')
    await one.call('POST', '/simulator/reset', { world: 'small', seed: 7 })
    expect(one.sim.world.tenants.length).toBeGreaterThan(2)
    for (const wrong of [{ world: 'toString' }, { seed: 0.5 }]) expect((await one.call('POST', '/simulator/reset', wrong)).status).toBe(400)
    await one.close()
  })

  it('says in a sentence that the product is not there', async () => {
    const lonely = await trial('tiny', 'http://127.0.0.1:1')
    const { status, body } = await lonely.call<string>('GET', '/tab/')
    expect([status, body]).toEqual([502, expect.stringContaining('does not answer')])
    await lonely.close()
  })

  it('tells the desk what has changed', async () => {
    const abort = new AbortController()
    const reader = (await fetch(`${t.origin}/simulator/events`, { signal: abort.signal })).body?.getReader()
    await reader?.read()
    await t.call('POST', '/simulator/mail', { mailbox: 'robin.rivet@proseware.com' })
    expect(new TextDecoder().decode((await reader?.read())?.value as Uint8Array)).toBe('data: {"type":"mail"}\n\n')
    abort.abort()
  })

  it('gives a product its environment, and moves its clock', async () => {
    const environment = (await t.call<Record<string, string>>('GET', '/simulator/environment')).body
    expect(environment).toMatchObject({ OUTPOST_TENANT_ID: t.sim.world.msp.id, OUTPOST_GRAPH_ORIGIN: t.origin })
    const { now } = (await t.call<{ now: string }>('POST', '/simulator/clock', { advanceSeconds: 86_400 })).body
    expect(Date.parse(now)).toBeGreaterThan(Date.now() + 86_000_000)
  })

  it('refuses calls that make no sense with a sentence', async () => {
    const calls = { mail: { mailbox: 'nobody' }, accounts: { tenantId: 'x' }, faults: { match: '(', status: 500 }, nothing: {} }
    for (const [name, body] of Object.entries(calls)) {
      const answer = await t.call<{ error: string }>('POST', `/simulator/${name}`, body)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.body.error).toMatch(/\.$/)
    }
  })

  it('kills a process at the n-th Graph request, before answering', async () => {
    const victim = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const died = new Promise((resolve) => victim.on('exit', (_code, signal) => resolve(signal)))
    const order = { kill: { pid: victim.pid, atRequest: 2 } }
    expect((await t.call('POST', '/simulator/faults', order)).status, 'a process that the trial has not started').toBe(400)
    t.sim.killable.add(victim.pid!)
    expect((await t.call('POST', '/simulator/faults', order)).status).toBe(204)
    expect((await t.get('/organization')).status).toBe(200)
    await expect(t.get('/organization')).rejects.toThrow()
    expect(await died).toBe('SIGKILL')
    expect((await t.call('POST', '/simulator/faults', { kill: { pid: process.pid, atRequest: 1 } })).status).toBe(400)
  })
})

describe('who may call it', () => {
  /** As a browser sends it for some page; fetch would not let a name of the host be given. */
  const statusOf = (path: string, headers: Record<string, string>, body?: string): Promise<number> => new Promise((resolve, reject) => {
    const sent = request(`${t.origin}${path}`, { method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end(body)
  })
  const json = { 'content-type': 'application/json' }

  it.each([
    ['a name that was made to lead here', () => ({ host: `evil.example:${new URL(t.origin).port}` }), undefined, 403],
    ['this machine by an address of the network', () => ({ host: `192.0.2.7:${new URL(t.origin).port}` }), undefined, 403],
    ['its own address', () => ({}), undefined, 200],
    ['its other name', () => ({ host: `localhost:${new URL(t.origin).port}` }), undefined, 200],
    ['a page of another origin', () => ({ ...json, origin: 'https://evil.example' }), '{"advanceSeconds":0}', 403],
    ['a page without an origin', () => ({ ...json, origin: 'null' }), '{"advanceSeconds":0}', 403],
    ['another port of this machine', () => ({ ...json, origin: 'http://127.0.0.1:1' }), '{"advanceSeconds":0}', 403],
    ['a form', () => ({ 'content-type': 'text/plain' }), '{"advanceSeconds":0}', 415],
    ['a body of no kind', () => ({}), '{"advanceSeconds":0}', 415],
    ['the desk', () => ({ ...json, origin: t.origin }), '{"advanceSeconds":0}', 200],
    ['a program', () => ({ 'content-type': 'application/json; charset=utf-8' }), '{"advanceSeconds":0}', 200],
  ])('%s', async (_what, headers, body, status) => {
    expect(await statusOf(body === undefined ? '/simulator/tenants' : '/simulator/clock', headers(), body)).toBe(status)
  })

  it('lets nobody frame the desk', async () => {
    const { headers } = await fetch(`${t.origin}/`)
    expect([headers.get('x-frame-options'), headers.get('content-security-policy')]).toEqual(['DENY', "frame-ancestors 'none'"])
  })
})

describe('the command', () => {
  it('starts, says where, and refuses a taken port and production', async () => {
    const first = await run(['--port', '0', '--world', 'tiny'])
    expect(first.out).toMatch(/^SIMULATOR=http:\/\/127\.0\.0\.1:\d+\n$/)
    const port = /:(\d+)\n/.exec(first.out)?.[1] ?? ''
    const [second, production] = await Promise.all([run(['--port', port, '--world', 'tiny']), run([], { NODE_ENV: 'production' })])
    first.child.kill()
    const taken = `Port ${port} is taken. Stop the process that uses it, or take another port: npm start -- --port 4400\n`
    expect([second.code, second.out]).toEqual([1, taken])
    expect([production.code, production.out]).toEqual([1, expect.stringMatching(/^The simulator does not run with NODE_ENV=production.*\n$/)])
  }, 20_000)
})
