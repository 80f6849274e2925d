// Starts the three processes of the local trial and of the tests, which share nothing but environment variables, and connects
// the simulated tenants as an administrator would: through the REST API.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Persona, TenantInfo } from '../infra/simulator/desk/simulator.ts'

export type { Persona }

const mostLines = 100_000
const root = fileURLToPath(new URL('..', import.meta.url))

export interface Part {
  readonly child: ChildProcess
  /** Everything it has printed, both streams; of very much the newest. */
  output(): string
  /** Ends it and waits; SIGTERM unless told otherwise. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a program and waits until it prints a line that begins with `ready`. @returns what follows on that line */
async function startPart(
  script: string, args: string[], environment: NodeJS.ProcessEnv, ready: string,
): Promise<{ part: Part; value: string }> {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/node', script), ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const printed: string[] = []
  // A trial writes several lines a second, and may run for days.
  const keep = (line: string) => {
    if (printed.push(line) > mostLines) printed.splice(0, mostLines / 2)
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const part: Part = {
    child,
    output: () => printed.join('\n'),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
    },
  }
  createInterface({ input: child.stderr! }).on('line', keep)
  const value = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      keep(line)
      if (line.includes(ready)) resolve(line.slice(line.indexOf(ready) + ready.length))
    })
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(part.output().trim() || `${script} ended with code ${code}.`)))
  })
  return { part, value }
}

/** @param extra further arguments, e.g. --clock-offset-seconds */
export async function startDatabase(dataFolder: string, extra: string[] = []): Promise<{ part: Part; uri: string }> {
  const { part, value } = await startPart('database.js', ['--data', dataFolder, ...extra], process.env, 'MONGODB_URI=')
  return { part, uri: value }
}

export interface SimulatorOptions {
  readonly port: number
  readonly productPort: number
  readonly world?: string
  readonly seed?: number
}

export async function startSimulator(options: SimulatorOptions): Promise<{ part: Part; origin: string }> {
  const args = ['--port', String(options.port), '--product', `http://127.0.0.1:${options.productPort}`]
  if (options.world !== undefined) args.push('--world', options.world)
  if (options.seed !== undefined) args.push('--seed', String(options.seed))
  const { part, value } = await startPart('simulator.js', args, process.env, 'SIMULATOR=')
  return { part, origin: value }
}

/** @param environment of the product, complete: nothing is inherited but the path */
export async function startProduct(environment: Record<string, string>): Promise<Part> {
  const { PATH, HOME, TMPDIR } = process.env
  const { part } = await startPart('server.js', [], { PATH, HOME, TMPDIR, HOST: '127.0.0.1', ...environment }, 'start.listening')
  return part
}

/** The environment that the product needs to run against a simulator. */
export async function productEnvironment(origin: string, uri: string, port: number, masterKey: string): Promise<Record<string, string>> {
  const environment = await call<Record<string, string>>(origin, 'GET', '/simulator/environment')
  return { ...environment, MONGODB_URI: uri, PORT: String(port), OUTPOST_MASTER_KEY: masterKey }
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The master key of the local trial: a file of its own, readable by its owner alone, outside the database. */
export function localMasterKey(folder: string): string {
  const file = join(folder, 'master.key')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** A JSON request; an answer that is no success is thrown with its sentence. */
export async function call<T>(origin: string, method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** A single sign-on token of a persona. */
export async function tokenOf(origin: string, upn: string): Promise<string> {
  return (await call<{ token: string }>(origin, 'POST', `/simulator/personas/${encodeURIComponent(upn)}/token`)).token
}

/** Creates the customers and connects every simulated tenant: what an administrator would type in. Repeating it changes nothing. */
export async function connectTenants(origin: string): Promise<void> {
  const personas = await call<Persona[]>(origin, 'GET', '/simulator/personas')
  const admin = personas.find(({ role }) => role === 'Admin')!
  const token = await tokenOf(origin, admin.upn)
  const tenants = await call<TenantInfo[]>(origin, 'GET', '/simulator/tenants')
  const known = new Map<string, string>()
  for (let after: string | null = ''; after !== null; ) {
    const path = `/api/v1/customers?after=${after}`
    const page: { items: { id: string; name: string }[]; next: string | null } = await call(origin, 'GET', path, undefined, token)
    for (const { id, name } of page.items) known.set(name, id)
    after = page.next
  }
  const connect = ({ tenantId, clientId, clientSecret, mailboxes }: TenantInfo, customerId: string | null) =>
    call(origin, 'POST', '/api/v1/tenants', { tenantId, clientId, clientSecret, mailboxes, customerId }, token)
  // Customers first: the filter is complete before the first message is read.
  for (const { customer } of tenants) {
    if (customer === null || known.has(customer.name)) continue
    known.set(customer.name, (await call<{ id: string }>(origin, 'POST', '/api/v1/customers', customer, token)).id)
  }
  for (const tenant of tenants) await connect(tenant, tenant.customer === null ? null : known.get(tenant.customer.name)!)
}
