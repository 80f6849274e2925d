// Killed at any moment, nothing is lost and nothing doubled: the product at the n-th Graph request for every n of one sync,
// and the database at random. The store must end equal to the simulator's own truth.
import type { Document } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { notGranted, openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { mailKept, mailToKeep, type Truth } from './mailTruth.fixture.ts'

/** A database of somebody else's is not stopped or killed. */
const embedded = process.env.MONGODB_TEST_URI === undefined

let house: House
let connected: Map<string, Document[]>
let requestsOfOneSync: number
const restored = ['customers', 'tenants', 'units']

beforeAll(async () => {
  house = await openHouse({ world: 'tiny', alone: true })
  connected = new Map()
  for (const name of restored) connected.set(name, await house.db.collection(name).find().toArray())
})
afterAll(() => house?.close())

/**
 * Back to the state just after connecting: nothing read yet, nothing due. Only where the product is at rest or dead: a removal that it has
 * begun would go on, as nobody who connects something in the product has to fear.
 */
async function reset(): Promise<void> {
  for (const { name } of await house.db.listCollections().toArray()) await house.db.collection(name).deleteMany({})
  for (const name of restored) await house.db.collection(name).insertMany(connected.get(name)!)
  const later = new Date(Date.now() + 3_600_000)
  // As if the units had been made anew: what a cut-off worker of the turn before still writes must not count.
  const epoch = Date.now()
  await house.db.collection('units').updateMany({}, { $set: { facts: null, dueAt: later, lastSuccessAt: null, items: null, epoch, bornEpoch: epoch } })
}

async function wishForAll(): Promise<void> {
  await house.db.collection('units').updateMany({}, { $set: { dueAt: new Date() }, $inc: { wishes: 1 } })
}

/** @param turn which kill it follows */
async function quiet(turn: string): Promise<void> {
  let open: Document[] = []
  await until('every stream has succeeded', async () => {
    const soon = Date.now() + 60_000
    const done = (unit: Document) => unit.leaseOwner === null && (unit.lastSuccessAt !== null || notGranted.includes(String(unit.stream))) && (unit.dueAt as Date).getTime() > soon
    open = (await house.db.collection('units').find().toArray()).filter((unit) => !done(unit))
    return open.length === 0
  }, 45).catch((error: Error) => {
    throw new Error(`${turn}: ${error.message}; open: ${JSON.stringify(open)}; product ended with ${house.product().child.exitCode}, and printed last: ${house.product().output().slice(-5_000)}`)
  })
}

/** @param turn which kill it follows, to find it again */
async function expectTruth(turn: string): Promise<void> {
  const truth = await house.simulator<Truth>('GET', '/truth')
  expect(await mailKept(house), turn).toEqual(mailToKeep(truth))
  const ids = async (name: string, field: string) => (await house.db.collection(name).find().toArray()).map((doc) => `${doc.tenantId} ${doc[field]}`).sort()
  expect(await ids('accounts', 'accountId'), turn).toEqual(truth.tenants.flatMap((tenant) => tenant.users.map((user) => `${tenant.tenantId} ${user.id}`)).sort())
  expect(await ids('registrations', 'accountId'), turn).toEqual(truth.tenants.flatMap((tenant) => tenant.registrations.map((row) => `${tenant.tenantId} ${row.id}`)).sort())
}

it('undisturbed, the store equals the truth', async () => {
  await reset()
  await house.simulator('DELETE', '/requests')
  await wishForAll()
  await quiet('undisturbed')
  await expectTruth('undisturbed')
  requestsOfOneSync = (await house.simulator<unknown[]>('GET', '/requests')).length
  expect(requestsOfOneSync).toBeGreaterThan(10)
})

it('kill -9 of the product at every Graph request of a sync', async () => {
  for (let n = 1; n <= requestsOfOneSync; n++) {
    await reset()
    const dead = new Promise((resolve) => house.product().child.once('exit', (_, signal) => resolve(signal)))
    await house.simulator('POST', '/faults', { kill: { pid: house.product().child.pid, atRequest: n } })
    await wishForAll()
    const turn = `killed at request ${n} of ${requestsOfOneSync}`
    expect(await dead, turn).toBe('SIGKILL')
    await house.simulator('DELETE', '/faults')
    await house.startProduct()
    await quiet(turn)
    await expectTruth(turn)
  }
}, 900_000)

it('kill -9 while a tenant is being disconnected, or a mailbox taken off the list: what is left goes by itself', async () => {
  await reset()
  await wishForAll()
  await quiet('before the kill')
  const own = (await house.db.collection('tenants').findOne({ customerId: null }))!._id as unknown as string
  const rooms = ['messages', 'meetings', 'accounts', 'registrations', 'roleMembers', 'licences', 'appRoleHolders']
  const left = () => Promise.all(rooms.map((name) => house.db.collection(name).countDocuments({ tenantId: own })))
  expect(Math.min(...(await left()))).toBeGreaterThan(0)
  const others = await house.db.collection('accounts').countDocuments({ tenantId: { $ne: own } })
  await house.stopProduct('SIGKILL')
  // As far as the removal of a mailbox has come when it has forgotten the mailbox and not yet removed a row.
  const ofListed = await left()
  for (const name of ['messages', 'meetings']) {
    const copy = await house.db.collection(name).findOne({ tenantId: own })
    await house.db.collection(name).insertOne({ ...copy, _id: 'left over' as never, mailboxId: 'no longer listed' })
  }
  await house.startProduct({ OUTPOST_SYNC_SECONDS: '1' })
  await until('nothing is left of the mailbox', async () => JSON.stringify(await left()) === JSON.stringify(ofListed))
  // The same of disconnecting a tenant, which the loss of a database cuts short too: then the process goes on.
  await house.db.collection('units').deleteMany({ tenantId: own })
  await house.db.collection('tenants').deleteMany({ _id: own as never })
  await until('nothing is left of the tenant', async () => (await left()).every((count) => count === 0))
  expect(await house.db.collection('accounts').countDocuments({ tenantId: { $ne: own } })).toBe(others)
  await house.stopProduct()
  await reset()
  await house.startProduct()
  await wishForAll()
  await quiet('started again')
})

it.runIf(embedded)('kill -9 of the database at random moments of a sync', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 100_000)
  console.log(`The same moments again: SEED=${seed} npm run test:crash -- tests/sync/killed`)
  for (let n = 1; n <= 6; n++) {
    const turn = `killed for the ${n}. time with SEED=${seed}`
    await reset()
    await wishForAll()
    await new Promise((resolve) => setTimeout(resolve, (seed * n * 37) % 700))
    await house.killDatabase()
    await quiet(turn)
    await expectTruth(turn)
  }
}, 480_000)
