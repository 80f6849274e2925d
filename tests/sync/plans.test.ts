// No query without an index: every question, action and a whole round of sync run against a real store whose commands are
// listened to, and the plan of each kind of filter that was sent is read.
import { MongoClient, type Document } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Installations } from '../../api/channels/rows.ts'
import { databaseIn, thoseOf } from '../../api/database/collection.ts'
import type { Belongings } from '../../api/database/readings.ts'
import { openLog } from '../../api/log.ts'
import { Results } from '../../api/posture/resultRows.ts'
import { Units } from '../../api/sync/units.ts'
import { startWorker } from '../../api/sync/worker.ts'
import { Cards } from '../../bot/alerts/rows.ts'
import { Activities } from '../../bot/installations/activityRows.ts'
import { Talks } from '../../bot/talk/rows.ts'
import { boundIn, contextIn } from '../house/context.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

interface Asked {
  collection: string
  filter: Document
  sort?: Document
}
let house: House
let client: MongoClient
const asked = new Map<string, Asked>()

/** The same for filters that differ in values alone. */
const shapeOf = (value: unknown): unknown =>
  Array.isArray(value) ? ['…'] : value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, ['$or', '$and'].includes(key) ? (inner as unknown[]).map(shapeOf) : shapeOf(inner)]))
    : '…'

function note(collection: string, filter: Document, sort?: Document): void {
  if (Object.keys(filter).length === 0) return // a whole list is wanted
  const key = JSON.stringify([collection, shapeOf(filter), sort ?? null])
  asked.set(key, { collection, filter, ...(sort === undefined ? {} : { sort }) })
}

function listen(command: Document): void {
  const text = (name: string) => String(command[name])
  if (command.find) note(text('find'), command.filter as Document, command.sort as Document | undefined)
  if (command.findAndModify) note(text('findAndModify'), command.query as Document)
  if (command.distinct) note(text('distinct'), command.query as Document)
  if (command.aggregate) note(text('aggregate'), ((command.pipeline as Document[])[0]?.$match ?? {}) as Document)
  for (const update of (command.updates ?? []) as Document[]) note(text('update'), update.q as Document)
  for (const remove of (command.deletes ?? []) as Document[]) note(text('delete'), remove.q as Document)
}

beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  await house.stopProduct()
  const environment = house.environment()
  client = new MongoClient(environment.MONGODB_URI!, { monitorCommands: true })
  client.on('commandStarted', ({ command }) => listen(command))
  const db = databaseIn(client.db(environment.MONGODB_DATABASE))
  const on = contextIn(house, db)
  const { now, homeTenantId } = on
  const { query, actions } = boundIn(on)

  const { Admin, Member } = house.personas
  const admin = await query.actorOfActivity(homeTenantId, Admin.userId)
  const member = await query.actorOfToken(homeTenantId, Member.userId, ['Member'])
  const [customer] = await query.customerNames(admin)
  for (const actor of [admin, member]) {
    await query.me(actor)
    await query.customers(actor, {})
    const page = await query.messages(actor, customer!.id, { limit: 1 })
    if (page.next !== null) await query.messages(actor, customer!.id, { limit: 1, after: page.next })
    await query.messages(actor, customer!.id, { direction: 'in', words: ['x'], to: now() })
    const { items } = await query.meetings(actor, customer!.id, {})
    if (items[0] && !items[0].private) await actions.openMeeting(actor, items[0].id)
    await query.agenda(actor, {})
    await query.posture(actor, customer!.id)
    await query.accounts(actor, customer!.id, { mfa: 'no' })
    await query.lackingMfa(actor, customer!.id, 5)
    await query.licences(actor, customer!.id)
    await query.security(actor)
    await query.syncStatus(actor)
  }
  const open = (await query.messages(admin, customer!.id, {})).items.find((row) => !row.private)!
  await actions.openBody(admin, open.id)
  await query.customers(admin, { archived: true })
  const tenants = await query.tenants(admin)
  const own = tenants.items.find((tenant) => tenant.kind === 'msp')!
  await query.unmatchedAccounts(admin, own.id)
  await query.audit(admin, {})
  await query.audit(admin, { action: 'message.open' })
  await query.audit(admin, { userId: Admin.userId })
  await query.audit(admin, { from: '2026-01-01', to: '2026-12-31' })
  const created = await actions.createCustomer(admin, { name: 'Wingtip', aliases: [], domains: ['wingtip.example'] })
  await actions.updateCustomer(admin, created.id, { domains: [] })
  await actions.updateCustomer(admin, created.id, { archived: true })
  await house.simulator('POST', '/faults', { expireDeltaTokens: true })
  for (const { id } of tenants.items) await actions.syncTenant(admin, id)
  const worker = startWorker({
    db, streams: on.streams, jobs: on.jobs, belongings: thoseOf<Belongings>(on.collections, 'tenant'), tenants: on.tenants, log: openLog(), now,
    ownClientId: environment.OUTPOST_CLIENT_ID!, homeTenantId, syncSeconds: 3600, leaseSeconds: 30,
  })
  await until('a round of everything', async () => (await db(Units).all()).every((unit) => unit.leaseOwner === null && unit.dueAt > now()))
  await worker.stop()
  // What the bot asks of the store beside its questions.
  const place = { tenantId: homeTenantId, conversationId: 'a:x', serviceUrl: 'https://smba.example', teamId: 'x' }
  await db(Installations).heardIn(place, now())
  const { items: [channel] } = await query.channels(admin)
  await actions.setChannelRole(admin, channel!.id, { role: { kind: 'alerts' }, confirmed: false })
  for (const where of [place, { ...place, teamId: null }]) {
    await db(Installations).membersChanged(where)
    await db(Installations).renamed(where, { teamName: 'T', channelName: 'C' })
  }
  await db(Installations).channelAt(place)
  await db(Installations).checked({ _id: 'x', memberNews: 0 }, 'some', now())
  await db(Installations).markDead('x', now(), 'x')
  await db(Installations).markTeamDead(place, now(), 'x')
  await db(Installations).targets()
  await db(Installations).personal()
  await db(Installations).get(place)
  await db(Installations).refresh(place)
  await db(Installations).remove(place, now())
  await db(Cards).ofTarget('x')
  await db(Cards).begin({ targetId: 'x', customerId: customer!.id, check: 'privilegedAccountsMfaCapable' }, 1)
  await db(Cards).claimReply('x', 1)
  await db(Cards).expireReply('x')
  await db(Activities).claimed('a:x', '1')
  await db(Talks).last(homeTenantId, Admin.userId, now())
  await db(Results).openOrResolved()
  await db(Results).ofCustomer(customer!.id)
  for (const tenant of tenants.items) await actions.disconnectTenant(admin, tenant.id)
})
afterAll(async () => {
  await client?.close()
  await house?.close()
})

it('there are many kinds of queries', () => {
  expect(asked.size).toBeGreaterThan(60)
})

it('each of them is served by an index', async () => {
  const scans: string[] = []
  for (const [key, { collection, filter, sort }] of asked) {
    const cursor = client.db(house.environment().MONGODB_DATABASE).collection(collection).find(filter)
    const plan = JSON.stringify(await (sort === undefined ? cursor : cursor.sort(sort)).explain('queryPlanner'))
    if (plan.includes('COLLSCAN')) scans.push(key)
  }
  expect(scans).toEqual([])
})
