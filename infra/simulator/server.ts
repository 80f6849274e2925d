// One server for all of Microsoft 365, on 127.0.0.1.
import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { connector, connectorKeys } from './connector/connector.ts'
import { control } from './control/control.ts'
import { entra } from './entra/entra.ts'
import { killNow } from './faults.ts'
import { BATCH, partsOf } from './graph/batch.ts'
import { answer } from './graph/gateway.ts'
import { parsed, sendJson, sendText } from './http.ts'
import { makeKeys } from './keys.ts'
import { desk, forward } from './proxy.ts'
import { beginning } from './reset.ts'
import type { Simulation } from './simulation.ts'
import type { WorldName } from './world/world.ts'

/** More than any test or measurement asks for. */
const mostRequests = 50_000

interface SimulatorOptions { port: number; product: string; world: WorldName; seed: number }

/** Starts the simulator; rejects with Node's error when the port is taken. */
export async function startSimulator(options: SimulatorOptions): Promise<{ sim: Simulation; origin: string; close: () => Promise<void> }> {
  const sim: Simulation = {
    origin: '', product: options.product, keys: await makeKeys(), events: new EventEmitter().setMaxListeners(0), killable: new Set(),
    ...beginning(options.world, options.seed),
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
  const { authorization, ...kept } = req.headers as Record<string, string>
  const method = req.method ?? 'GET'
  const request = { method, path: url.pathname.slice('/v1.0'.length), search: url.searchParams, headers: { ...kept, authorization } }
  const sent = parsed(await text(req))
  const { status, headers, body, tenantId, reset } = await answer(sim, { ...request, body: sent })
  const at = new Date(sim.clock.now()).toISOString()
  sim.requests.push({ at, method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers: kept, tenantId, status, ...(request.path === BATCH ? { parts: partsOf(sent) } : {}) })
  // A trial reads every few seconds, and may run for days.
  if (sim.requests.length > mostRequests) sim.requests.splice(0, mostRequests / 2)
  if (reset) return void res.destroy()
  sendJson(res, status, body, headers)
}
