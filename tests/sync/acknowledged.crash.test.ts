// Two copies of the product and their database are killed at random moments while two administrators are at work: nothing that they were
// told is lost, nothing that is archived or disconnected comes back. Moments and work by a seed; how often by KILLS.
import type { Document } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Customer } from '../../api/customers/model.ts'
import type { TenantInfo } from '../../infra/simulator/desk/simulator.ts'
import { seeded } from '../../infra/simulator/world/random.ts'
import { tokenOf, type Product } from '../../scripts/house.ts'
import { notGranted, openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { follows, work, type Account, type Ask } from './administrators.fixture.ts'
import { mailKept, mailToKeep, type Truth } from './mailTruth.fixture.ts'

/** A database of somebody else's is not killed. */
const embedded = process.env.MONGODB_TEST_URI === undefined
const kills = Number(process.env.KILLS ?? 6)
const seed = Number(process.env.SEED ?? Date.now() % 100_000)
/** After so many kills the administrators rest, and everything is compared. */
const atATime = 10

let house: House
let products: Product[]
let token: string
const account: Account = { customers: new Map(), tenants: new Map(), wrong: [], acknowledgements: 0 }
const theirs: TenantInfo[] = []
const [killing, ...working] = ['kills', 'first', 'second'].map((part) => seeded(seed, part))
const random = () => killing!.next()

beforeAll(async () => {
  if (!embedded) return
  house = await openHouse({ alone: true })
  products = [house.product(), await house.startProduct()]
  token = await tokenOf(house.origin, house.personas.Admin.upn)
  theirs.push(...(await house.simulator<TenantInfo[]>('GET', '/tenants')).filter(({ customer }) => customer !== null))
  for (const { tenantId, customer } of theirs) {
    account.tenants.set(tenantId, true)
    const known = await house.customer(customer!.name)
    account.customers.set(known.id, { acknowledged: known, open: [] })
  }
})
afterAll(async () => {
  for (const product of products ?? []) await product.stop()
  await house?.close()
})

/** Asks one of the copies. What only a failure on the way or of the database was answered to is open. */
const askOf = (copy: number): Ask => async <T>(method: string, path: string, body?: unknown) => {
  try {
    const response = await fetch(`http://127.0.0.1:${products[copy]!.port}/api/v1${path}`, {
      method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return response.status >= 500 ? null : { status: response.status, body: JSON.parse(text) as T }
  } catch {
    return null
  }
}

/** What lives through a kill by being tried again. */
const surely = <T>(path: string) => until(`an answer to ${path}`, () => askOf(0)<T>('GET', path))

async function killOne(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, random() * 1_500))
  const which = Math.floor(random() * 3)
  if (which === 2) {
    await house.killDatabase()
    return 'the database'
  }
  await products[which]!.stop('SIGKILL')
  products[which] = await house.startProduct()
  return `product ${which}`
}

/** Every stream has had a round since, and nothing is left to do. */
async function quiet(turn: string): Promise<void> {
  const since = new Date()
  await house.db.collection('units').updateMany({ tenantId: { $ne: null } }, { $set: { dueAt: since }, $inc: { wishes: 1 } })
  let open: Document[] = []
  await until('everything has been read', async () => {
    const soon = Date.now() + 60_000
    const isRead = (unit: Document) => unit.tenantId === null || notGranted.includes(String(unit.stream)) || (unit.lastSuccessAt as Date | null ?? new Date(0)) >= since
    open = (await house.db.collection('units').find().toArray()).filter((unit) => unit.leaseOwner !== null || (unit.dueAt as Date).getTime() < soon || !isRead(unit))
    return open.length === 0
  }, 120).catch((error: Error) => {
    throw new Error(`${turn}: ${error.message}; open: ${JSON.stringify(open)}`, { cause: error })
  })
}

async function compare(turn: string): Promise<void> {
  expect(account.wrong, turn).toEqual([])
  const truth = await house.simulator<Truth>('GET', '/truth')
  const archived = new Set<string>()
  for (const [id, record] of account.customers) {
    const { body, status } = await surely<Customer>(`/customers/${id}`)
    expect({ turn, status, follows: status === 200 && follows(record, body), body, record }).toEqual({ turn, status: 200, follows: true, body, record })
    if (body.archived) archived.add(body.name)
    if (body.archived) for (const name of ['messages', 'meetings']) expect(await house.db.collection(name).countDocuments({ customerId: id }), `${turn}: ${name} of an archived customer`).toBe(0)
    // What got no answer has been looked at now.
    record.acknowledged = body
    record.open.length = 0
  }
  expect(await mailKept(house), turn).toEqual(mailToKeep(truth).filter((row) => ![...archived].some((name) => row.endsWith(` ${name}`))))
  for (const [tenantId, connected] of account.tenants) {
    const { status } = await surely(`/tenants/${tenantId}`)
    if (connected !== null) expect({ turn, tenantId, status }).toEqual({ turn, tenantId, status: connected ? 200 : 404 })
    account.tenants.set(tenantId, status === 200)
    const rooms = ['units', 'accounts', 'registrations', 'roleMembers', 'licences']
    const counts = await Promise.all(rooms.map((name) => house.db.collection(name).countDocuments({ tenantId })))
    if (status === 200) expect(Math.min(...counts), `${turn}: a connected tenant is read`).toBeGreaterThan(0)
    else expect(counts, `${turn}: a disconnected tenant leaves nothing`).toEqual(rooms.map(() => 0))
  }
}

it.runIf(embedded)(`kill -9, ${kills} times`, async () => {
  console.log(`The same again: KILLS=${kills} SEED=${seed} npm run test:crash -- tests/sync/acknowledged`)
  for (let done = 0; done < kills; ) {
    let resting = false
    const administrators = [0, 1].map((copy) =>
      work({
        ask: askOf(copy), random: () => working[copy]!.next(), tenants: theirs.filter((_, n) => n % 2 === copy), account, name: `${'ab'[copy]}${done}`, working: () => !resting,
      }))
    const killed: string[] = []
    for (; killed.length < atATime && done < kills; done += 1) killed.push(await killOne())
    resting = true
    await Promise.all(administrators)
    const turn = `after kill ${done} with SEED=${seed} (${killed.join(', ')})`
    await quiet(turn)
    await compare(turn)
    console.log(`${turn}: ${account.acknowledgements} acknowledged so far, ${account.customers.size} customers`)
  }
  expect(account.acknowledgements).toBeGreaterThan(kills)
}, 120_000 + kills * 30_000)
