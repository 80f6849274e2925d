// Starts the three processes of the local trial and of the tests, which share nothing but environment variables, and connects
// the simulated tenants as an administrator would: through the REST API.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Persona, TenantInfo } from '../infra/simulator/desk/simulator.ts'

export type { Persona }

const mostLines = 100_000
/** In milliseconds; a product cuts off after 5 seconds what does not end by itself. */
const longestStop = 20_000
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
  const child = spawn(process.execPath, [join(root, 'dist/node', script), ...args], {
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
      // Node.js can hang in its own exit (nodejs/node#54918), where nothing of ours runs any more.
      const hangs = setTimeout(() => child.kill('SIGKILL'), longestStop)
      await ended
      clearTimeout(hangs)
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
  readonly world?: string
  readonly seed?: number
}

export async function startSimulator(options: SimulatorOptions): Promise<{ part: Part; origin: string }> {
  const args = ['--port', String(options.port)]
  if (options.world !== undefined) args.push('--world', options.world)
  if (options.seed !== undefined) args.push('--seed', String(options.seed))
  const { part, value } = await startPart('simulator.js', args, process.env, 'SIMULATOR=')
  return { part, origin: value }
}

export interface Product extends Part {
  /** Where it listens itself; people reach it through the simulator. */
  readonly port: number
}

/** @param environment of the product, complete: nothing is inherited but the path and Node's own options. PORT 0 is any free port */
export async function startProduct(environment: Record<string, string>): Promise<Product> {
  const { PATH, HOME, TMPDIR, NODE_OPTIONS } = process.env
  const { part } = await startPart('server.js', [], { PATH, HOME, TMPDIR, NODE_OPTIONS, HOST: '127.0.0.1', ...environment }, '"event":"start.listening"')
  return { ...part, port: Number(/"port":(\d+),"event":"start.listening"/.exec(part.output())![1]) }
}

/** For who plays many people, or asks as fast as they can: the limits of rate do not come in the way. */
export const hurried: Readonly<Record<string, string>> = Object.fromEntries(
  ['ADDRESS', 'STRANGER', 'PERSON', 'OPEN', 'EXPORT', 'SYNC', 'TEST', 'AT_ONCE', 'LISTENING'].map((what) => [`OUTPOST_LIMIT_${what}`, '1000000']),
)

/** What a product stands on. */
export interface Ground {
  /** The one address that people know. */
  readonly origin: string
  readonly uri: string
  /** Null where the database is somebody else's. */
  readonly database: Part | null
  readonly simulator: Part
}

export interface GroundOptions {
  /** Where the embedded database keeps its data, and its further arguments; or the address of another MongoDB. */
  readonly database: { folder: string; args?: string[] } | { uri: string }
  readonly simulator?: Partial<SimulatorOptions>
  /** Told of each part as soon as it runs. */
  readonly started?: (name: 'database' | 'simulator' | 'product', part: Part) => void
}

/** Starts database and simulator. Each takes a port that is free at that moment; when one fails, the other ends. */
export async function startGround({ database: given, simulator, started }: GroundOptions): Promise<Ground> {
  const { uri, part: database } = 'uri' in given ? { uri: given.uri, part: null } : await startDatabase(given.folder, given.args)
  if (database !== null) started?.('database', database)
  try {
    const { origin, part } = await startSimulator({ port: 0, ...simulator })
    started?.('simulator', part)
    return { origin, uri, database, simulator: part }
  } catch (error) {
    await database?.stop()
    throw error
  }
}

/** Of a product that stands there; any free port is its own. */
export async function environmentOn({ origin, uri }: Ground, masterKey: string): Promise<Record<string, string>> {
  return { ...(await call<Record<string, string>>(origin, 'GET', '/simulator/environment')), MONGODB_URI: uri, PORT: '0', OUTPOST_MASTER_KEY: masterKey }
}

export interface ThreeParts extends Ground {
  readonly product: Product
}

/** Starts database, simulator and product; when one fails, the others end. */
export async function startThree(options: GroundOptions & { masterKey: string; environment?: Record<string, string> }): Promise<ThreeParts> {
  const ground = await startGround(options)
  try {
    const product = await startProductFor(ground, { ...(await environmentOn(ground, options.masterKey)), ...options.environment })
    options.started?.('product', product)
    return { ...ground, product }
  } catch (error) {
    await stopGround(ground)
    throw error
  }
}

/** Starts a product and tells the simulator where it is, and that this process may be killed. */
export async function startProductFor({ origin, simulator }: Pick<Ground, 'origin' | 'simulator'>, environment: Record<string, string>): Promise<Product> {
  const product = await startProduct(environment)
  // One that has ended meanwhile is told of where its end is seen.
  simulator.child.send({ killable: product.child.pid }, () => undefined)
  await call(origin, 'PUT', '/simulator/product', { origin: `http://127.0.0.1:${product.port}` })
  return product
}

/** Ends all three: the product first, so that it can give its leases back; the database last. */
export async function stopThree({ product, ...ground }: ThreeParts): Promise<void> {
  await product.stop()
  await stopGround(ground)
}

export async function stopGround({ simulator, database }: Pick<Ground, 'simulator' | 'database'>): Promise<void> {
  for (const part of [simulator, database]) await part?.stop()
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
  // Customers first: the filter is complete before the first message is read.
  for (const { customer } of tenants) {
    if (customer === null || known.has(customer.name)) continue
    known.set(customer.name, (await call<{ id: string }>(origin, 'POST', '/api/v1/customers', customer, token)).id)
  }
  const connected = (await call<{ items: { id: string }[] }>(origin, 'GET', '/api/v1/tenants', undefined, token)).items.map(({ id }) => id)
  for (const { tenantId, clientId, clientSecret, mailboxes, customer } of tenants) {
    if (connected.includes(tenantId)) continue
    const customerId = customer === null ? null : known.get(customer.name)!
    await call(origin, 'POST', '/api/v1/tenants', { tenantId, clientId, clientSecret, mailboxes, customerId }, token)
  }
}

/** Makes the simulated channel the one for the team's alerts, as an administrator does. The bot has to be in it. */
export async function giveAlertsTo(origin: string): Promise<void> {
  const admin = (await call<Persona[]>(origin, 'GET', '/simulator/personas')).find(({ role }) => role === 'Admin')!
  const token = await tokenOf(origin, admin.upn)
  const { items } = await call<{ items: { id: string }[] }>(origin, 'GET', '/api/v1/channels', undefined, token)
  for (const { id } of items) await call(origin, 'PATCH', `/api/v1/channels/${id}`, { role: { kind: 'alerts' } }, token)
}
