// What an administrator purges while a page is being written does not come back with it. The purge is put exactly between the
// question for the filter and the write, where no timing would find it; everything else is the real thing.
import { openParts } from '../../api/sync/parts.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openActions } from '../../api/subjects.ts'
import { openClock } from '../../api/clock.ts'
import { openGraph } from '../../api/graph/client.ts'
import { openTokens } from '../../api/graph/token.ts'
import type { Actor } from '../../api/access/model.ts'
import { openQuery } from '../../api/subjects.ts'
import { openStore, type Store } from '../../api/database/database.ts'
import { syncCalendar } from '../../api/calendar/stream.ts'
import { readDomainBook } from '../../api/customers/domainBook.ts'
import { syncMail } from '../../api/mail/stream.ts'
import type { Round } from '../../api/sync/walk.ts'
import { openVault } from '../../api/vault/vault.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
let store: Store
let admin: Actor
beforeAll(async () => {
  house = await openHouse()
  await house.stopProduct()
  const environment = house.environment()
  store = await openStore(environment.MONGODB_URI!, environment.MONGODB_DATABASE!)
  const query = openQuery({ store, homeTenantId: environment.OUTPOST_TENANT_ID!, now: () => new Date() })
  admin = await query.actorOfToken(environment.OUTPOST_TENANT_ID!, house.personas.Admin.userId, ['Admin'])
})
afterAll(async () => {
  await store.close()
  await house.close()
})

it.each(['mail', 'calendar'] as const)('%s', async (stream) => {
  const environment = house.environment()
  const now = () => new Date()
  const vault = openVault(Buffer.from(environment.OUTPOST_MASTER_KEY!, 'base64'))
  const graph = { origin: environment.OUTPOST_GRAPH_ORIGIN!, tokens: openTokens(environment.OUTPOST_ENTRA_ORIGIN!), clock: openClock() }
  const actions = openActions({ store, vault, graph, homeTenantId: environment.OUTPOST_TENANT_ID!, now, outsidersIn: () => Promise.resolve('none') })
  const rows = house.db.collection(stream === 'mail' ? 'messages' : 'meetings')
  const [{ customerId } = { customerId: '' }] = await rows.find<{ customerId: string }>({}).limit(1).toArray()
  expect(await rows.countDocuments({ customerId })).toBeGreaterThan(0)

  const [tenant] = await store.tenants.own()
  const clientSecret = vault.open(tenant!._id, tenant!.secret)
  const units = await store.units.ofStream([tenant!._id], stream)
  let purged = false
  const purge = async () => {
    if (purged) return
    purged = true
    await actions.updateCustomer(admin, customerId, { archived: true })
    expect(await rows.countDocuments({ customerId })).toBe(0)
  }
  const slow: Store = {
    ...store,
    messages: { ...store.messages, writePage: async (...given) => purge().then(() => store.messages.writePage(...given)) },
    meetings: { ...store.meetings, writePage: async (...given) => purge().then(() => store.meetings.writePage(...given)) },
  }
  for (const waiting of units) {
    await store.bookmarks.remove(waiting._id)
    await house.db.collection<{ _id: string }>('units').updateOne({ _id: waiting._id }, { $set: { dueAt: new Date(0) } })
    const unit = (await store.units.claim(waiting._id, 'test', 60))!
    const round: Round = {
      store: slow, graph: openGraph(graph, { tenantId: tenant!._id, clientId: tenant!.clientId, clientSecret }), tenant: tenant!, clientSecret, unit, now,
      keepLease: () => Promise.resolve(),
      parts: openParts(0),
    }
    const { version } = await readDomainBook(store)
    await (stream === 'mail' ? syncMail(round, version) : syncCalendar(round, version))
  }
  expect(purged).toBe(true)
  expect(await rows.countDocuments({ customerId })).toBe(0)
  await actions.updateCustomer(admin, customerId, { archived: false })
})
