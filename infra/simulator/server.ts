// One server for all of Microsoft 365, on 127.0.0.1.
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connector, connectorKeys } from './connector.ts'
import { control } from './control.ts'
import { entra } from './entra.ts'
import { killNow } from './faults.ts'
import { answer } from './graph/gateway.ts'
import { parsed, readBody, sendJson, sendText } from './http.ts'
import { makeKeys } from './keys.ts'
import { desk, forward } from './proxy.ts'
import { makeClock, type Simulation } from './simulation.ts'
import { noTeams } from './teams.ts'
import { seeded } from './world/random.ts'
import { makeWorld, type WorldName } from './world/world.ts'

export interface SimulatorOptions { port: number; product: string; world: WorldName; seed: number }

/** Starts the simulator; rejects with Node's error when the port is taken. */
export async function startSimulator(options: SimulatorOptions): Promise<{ sim: Simulation; origin: string; close: () => Promise<void> }> {
  const clock = makeClock()
  const sim: Simulation = {
    seed: options.seed, origin: '', product: options.product.replace(/\/$/, ''), world: makeWorld(options.world, options.seed, clock.now()), random: seeded(options.seed, 'later'), clock,
    keys: await makeKeys(), faults: { list: [], kill: null }, teams: noTeams(), requests: [], violations: [], tokenGeneration: 523, boot: randomUUID(), events: new EventEmitter().setMaxListeners(0),
  }
  const server = createServer((req, res) => {
    handle(sim, req, res).catch((error: unknown) => {
      console.error('simulator:', error)
      sendText(res, 500, 'The simulator has made a mistake; its output says which.')
    })
  })
  // Clients keep connections; none of them may find one closed under its next request.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  sim.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = (): Promise<void> => new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
  return { sim, origin: sim.origin, close }
}

async function handle(sim: Simulation, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://localhost')
  const path = url.pathname
  if (path.startsWith('/v1.0/')) return graph(sim, req, res, url)
  if (path.startsWith('/v3/')) return connector(sim, req, res, path)
  if (path.startsWith('/simulator/')) return control(sim, req, res, path)
  if (path === '/' || path === '/desk' || path.startsWith('/desk/')) return desk(res, path)
  if (connectorKeys(sim, res, path) || (await entra(sim, req, res, path))) return
  forward(sim.product, req, res)
}

async function graph(sim: Simulation, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  if (killNow(sim)) return void res.destroy()
  const text = await readBody(req)
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(req.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : value
  const method = req.method ?? 'GET'
  const answered = await answer(sim, { method, path: url.pathname.slice('/v1.0'.length), search: url.searchParams, headers, body: parsed(text) })
  const { authorization, ...kept } = headers
  void authorization
  sim.requests.push({
    at: new Date(sim.clock.now()).toISOString(), method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers: kept as Record<string, string>,
    tenantId: answered.tenantId, status: answered.status,
  })
  if (answered.reset) return void res.destroy()
  const id = (answered.body as { error?: { innerError?: { 'request-id'?: string } } }).error?.innerError?.['request-id'] ?? randomUUID()
  sendJson(res, answered.status, answered.body, { 'request-id': id, 'client-request-id': headers['client-request-id'] ?? id, ...answered.headers })
}
