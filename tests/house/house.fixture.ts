// The whole house for a front-door test: database, simulator and product as processes, the simulated tenants connected.
// Closing it holds what every such test holds: Graph's description was kept to, what Graph was asked for is opened by a permission
// of a stream, and nothing that identifies a person was logged.
import { createHash, randomUUID } from 'node:crypto'
import { MongoClient, type Db } from 'mongodb'
import { expect } from 'vitest'
import type { Channel, ChannelList } from '../../api/channels/model.ts'
import type { TenantList } from '../../api/connections/model.ts'
import { neededFor } from '../../api/connections/permissions.ts'
import type { Customer } from '../../api/customers/model.ts'
import { plainPath } from '../../api/graph/resource.ts'
import type { MessageList } from '../../api/mail/model.ts'
import type { CustomerList } from '../../api/overview/model.ts'
import * as streams from '../../api/streams.ts'
import type { UnitDoc } from '../../api/sync/units.ts'
import { call, connectTenants, environmentOn, hurried, startProductFor, tokenOf, type Part, type Persona, type Product } from '../../scripts/house.ts'
import { expectDescribed } from './answers.fixture.ts'
import { openGraphProxy, type GraphProxy } from './graphProxy.fixture.ts'
import { groundFor, type HouseGround } from './ground.fixture.ts'
import { until } from './until.fixture.ts'

export interface Answer<T = unknown> {
  readonly status: number
  readonly body: T
}

export type RoleName = 'Admin' | 'Member' | 'Viewer' | 'none'

export interface House {
  readonly origin: string
  readonly db: Db
  readonly personas: Record<RoleName, Persona>
  product(): Product
  /** Everything that product processes have printed so far. */
  printed(): string
  /** A request to the REST API as somebody; path below /api/v1. Its answer is held to what the endpoint describes. */
  as(role: RoleName, method: string, path: string, body?: unknown): Promise<Answer>
  /** The same, for answers that must be a success. */
  get<T>(path: string, role?: RoleName): Promise<T>
  simulator<T>(method: string, path: string, body?: unknown): Promise<T>
  /**
   * Waits until each of these streams has had a round since. Without a name, of all: those are asked for as "Sync now" does. With
   * names, it is as if their pause were over, and nothing else is read again.
   * @throws with what the streams that are still open say is wrong, and for a name that no stream has
   */
  synced(...streams: string[]): Promise<TenantList>
  customer(name: string): Promise<Customer>
  /** Adds the bot to the simulated channel and says what that is for; a customer by name. */
  channelFor(purpose: 'alerts' | 'nothing' | { customer: string }): Promise<Channel>
  /** Every page of a customer's mail. */
  mailWith(name: string, role?: RoleName): Promise<MessageList['items']>
  startProduct(environment?: Record<string, string>): Promise<Product>
  stopProduct(signal?: NodeJS.Signals): Promise<void>
  /** The embedded database, when it runs. */
  database(): Part
  /** kill -9 of the database, and a new one on the same data. Only for the embedded one. */
  killDatabase(args?: string[]): Promise<void>
  /** Ends the embedded database; starts it again on the same data. */
  stopDatabase(): Promise<void>
  startDatabase(): Promise<void>
  environment(): Record<string, string>
  /** With `graph: 'proxied'`: where answers of Graph are changed on their way. */
  graph(): GraphProxy
  close(): Promise<void>
}

/** Streams that need a permission which the simulated tenants have not granted, or not all of them. */
export const notGranted = ['eligibility', 'securityDefaults']

export interface HouseOptions {
  readonly world?: 'small' | 'tiny' | 'large'
  readonly seed?: number
  /** False: the product runs, nothing is connected. */
  readonly connected?: boolean
  readonly environment?: Record<string, string>
  /** True: database and simulator are its own too, and may be killed. */
  readonly alone?: boolean
  /** Further arguments of the database; only alone. */
  readonly database?: string[]
  /** `proxied`: the product reaches Graph through a proxy in which a test may change answers. */
  readonly graph?: 'proxied'
}

const masterKey = createHash('sha256').update('outpost').digest('base64')

/** Database and simulator are this worker's, made anew; the product is started with each house, because it remembers what it has learned. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { world = 'small', seed = 1, alone = false, database: databaseArguments = [] } = options
  const ground = await groundFor({ world, seed, alone, databaseArguments })
  const proxy = options.graph === 'proxied' ? await openGraphProxy(ground.origin) : null
  const client = new MongoClient(ground.uri)
  const products: Product[] = []
  try {
    const environment = {
      ...(await environmentOn(ground, masterKey)), ...hurried,
      MONGODB_DATABASE: `outpost_test_${randomUUID().slice(0, 8)}`, OUTPOST_SYNC_SECONDS: '3600', OUTPOST_LEASE_SECONDS: '2',
      ...(proxy === null ? {} : { OUTPOST_GRAPH_ORIGIN: proxy.origin }), ...options.environment,
    }
    const house = await furnished({ ground, environment, client, proxy, products })
    await house.startProduct()
    if (options.connected !== false) await connect(house, options)
    return house
  } catch (error) {
    await leave({ ground, client, proxy, products })
    throw error
  }
}

interface Parts {
  readonly ground: HouseGround
  readonly environment: Record<string, string>
  readonly client: MongoClient
  readonly proxy: GraphProxy | null
  /** All that have been started, the last one running. */
  readonly products: Product[]
}

async function leave({ ground, client, proxy, products }: Omit<Parts, 'environment'>): Promise<void> {
  await products.at(-1)?.stop()
  await client.close()
  await proxy?.close()
  await ground.leave()
}

async function connect(house: House, { environment }: HouseOptions): Promise<void> {
  await connectTenants(house.origin)
  // A house that reads on its own is never quiet; there the first success of every stream is enough.
  if (environment?.OUTPOST_SYNC_SECONDS === undefined) return void (await house.synced())
  const units = house.db.collection<UnitDoc>('units')
  await untilNoneIsOpen('the first round of every stream', 30, async () => {
    if ((await units.countDocuments()) === 0) return null
    return units.find({ lastSuccessAt: null, stream: { $nin: notGranted } }).toArray()
  })
}

/** @param find those that are open yet; null where there are none at all */
async function untilNoneIsOpen(what: string, seconds: number, find: () => Promise<UnitDoc[] | null>): Promise<void> {
  let open: UnitDoc[] | null = null
  await until(what, async () => {
    open = await find()
    return open?.length === 0
  }, seconds).catch((error: Error) => {
    const said = ({ _id, lastError }: UnitDoc) => (lastError === null ? _id : `${_id} (${lastError.code}: ${lastError.message})`)
    throw new Error(`${error.message}; still open: ${open === null ? 'there is no unit yet' : open.map(said).join(', ')}`, { cause: error })
  })
}

/** What Graph was asked for, and no permission of a stream opens; a request in a batch counts by itself. */
async function unopened(origin: string): Promise<string[]> {
  const requests = await call<{ path: string; parts?: string[] }[]>(origin, 'GET', '/simulator/requests')
  const needed = neededFor(Object.values(streams))
  const asked = requests.flatMap(({ path, parts }) => (parts ?? [path.replace('/v1.0', '')]).map(plainPath))
  return [...new Set(asked)].filter((path) => needed(path) === null)
}

async function furnished(parts: Parts): Promise<House> {
  const { ground, environment, client, proxy, products } = parts
  const { origin } = ground
  const db = client.db(environment.MONGODB_DATABASE)
  const list = await call<Persona[]>(origin, 'GET', '/simulator/personas')
  const withRole = (role: Persona['role']) => list.find((persona) => persona.role === role)!
  const personas = { Admin: withRole('Admin'), Member: withRole('Member'), Viewer: withRole('Viewer'), none: withRole(null) }
  const tokens = new Map<RoleName, string>()

  const house: House = {
    origin,
    db,
    personas,
    product: () => products.at(-1)!,
    printed: () => products.map((part) => part.output()).join('\n'),
    environment: () => ({ ...environment }),
    graph: () => proxy!,
    async as(role, method, path, body) {
      const token = tokens.get(role) ?? (await tokenOf(origin, personas[role].upn))
      tokens.set(role, token)
      const response = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const answer = { status: response.status, body: text === '' ? null : response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as unknown) : text }
      expectDescribed(method, path, answer)
      return answer
    },
    async get<T>(path: string, role: RoleName = 'Admin') {
      const { status, body } = await house.as(role, 'GET', path)
      expect({ path, status, body: status === 200 ? 'ok' : body }).toEqual({ path, status: 200, body: 'ok' })
      return body as T
    },
    simulator: (method, path, body) => call(origin, method, `/simulator${path}`, body),
    async synced(...asked) {
      const units = db.collection<UnitDoc>('units')
      const names = await units.distinct('stream')
      for (const name of asked) if (!names.includes(name)) throw new Error(`No stream is called ${name} here. There are: ${names.join(', ')}`)
      if (asked.length === 0) for (const { id } of (await house.get<TenantList>('/tenants')).items) await house.as('Admin', 'POST', `/tenants/${id}/sync`)
      else await units.updateMany({ stream: { $in: asked } }, [{ $set: { dueAt: '$$NOW', wishes: { $add: ['$wishes', 1] } } }])
      // Eligible roles need a permission that is not granted: that stream fails, and waits.
      // A round that was under way when it was asked for is followed by another: quiet is when nothing runs and nothing is due soon.
      await untilNoneIsOpen('a round of every stream', 60, async () => {
        const soon = Date.now() + 60_000
        return (await units.find().toArray()).filter((unit) => unit.leaseOwner !== null || unit.dueAt.getTime() < soon)
      })
      return house.get<TenantList>('/tenants')
    },
    async customer(name) {
      const { items } = await house.get<CustomerList>(`/customers?search=${encodeURIComponent(name)}`)
      const found = items.find((customer) => customer.name === name)
      if (found === undefined) throw new Error(`there is no customer ${name}`)
      return found
    },
    async channelFor(purpose) {
      if (!(await house.simulator<{ installed: boolean }>('GET', '/channel')).installed) await house.simulator('POST', '/channel', { action: 'add' })
      const { items } = await house.get<ChannelList>('/channels')
      const role = purpose === 'nothing' ? null : purpose === 'alerts' ? { kind: 'alerts' } : { kind: 'customer', customerId: (await house.customer(purpose.customer)).id }
      const { status, body } = await house.as('Admin', 'PATCH', `/channels/${items[0]!.id}`, { role })
      expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
      return body as Channel
    },
    async mailWith(name, role = 'Admin') {
      const { id } = await house.customer(name)
      const rows: MessageList['items'] = []
      for (let after = ''; ; ) {
        const page = await house.get<MessageList>(`/customers/${id}/messages?limit=100&after=${after}`, role)
        rows.push(...page.items)
        if (page.next === null) return rows
        after = page.next
      }
    },
    async startProduct(extra = {}) {
      products.push(await startProductFor(ground, { ...environment, ...extra }))
      return products.at(-1)!
    },
    stopProduct: (signal) => products.at(-1)!.stop(signal),
    database: () => ground.database!,
    stopDatabase: () => ground.database!.stop(),
    async startDatabase() {
      await ground.startDatabase()
    },
    async killDatabase(args) {
      await ground.database!.stop('SIGKILL')
      await ground.startDatabase(args)
    },
    async close() {
      const violations = await call<unknown[]>(origin, 'GET', '/simulator/violations')
      const closed = await unopened(origin)
      await house.stopProduct()
      await db.dropDatabase()
      await leave(parts)
      expect(violations).toEqual([])
      expect(closed, 'No permission of a stream opens these. Add each to `paths` of the Permission that it needs, or Outpost cannot say what is missing where it is refused').toEqual([])
      expect(house.printed().match(/[\w.+'-]+@[\w-]+\.\w+/g) ?? []).toEqual([])
    },
  }
  return house
}
