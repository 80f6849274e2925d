// How many questions the database is asked, by the driver's own account of them: what is asked all day long asks for what changed, and a page
// of a list does not cost more because the list is long.
import { MongoClient, type Document } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Changes } from '../../api/changes/rows.ts'
import { databaseIn, type Database } from '../../api/database/collection.ts'
import { Messages } from '../../api/mail/rows.ts'
import type { CustomerList } from '../../api/overview/model.ts'
import { openQuiet } from '../../bot/alerts/quiet.ts'
import { boundIn, contextIn } from '../house/context.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
let client: MongoClient
let db: Database
const commands: Document[] = []
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
  await house.stopProduct()
  const environment = house.environment()
  client = new MongoClient(environment.MONGODB_URI!, { monitorCommands: true })
  client.on('commandStarted', ({ command }) => commands.push(command))
  db = databaseIn(client.db(environment.MONGODB_DATABASE))
})
afterAll(async () => {
  await client?.close()
  await house?.close()
})

const customer = (n: number) => ({
  _id: `c${n}`, name: `Customer ${String(n).padStart(4, '0')}`, sortName: `customer ${String(n).padStart(4, '0')}`, aliases: [], heldNames: [`c${n}`], domains: [`c${n}.example`],
  archivedAt: null, holdsDomains: true, createdAt: new Date(), filterRevision: 0, revision: 0, purging: [],
})

it('a page of customers asks for a page of customers, wherever it lies in however long a list', async () => {
  await house.db.collection<{ _id: string }>('customers').insertMany(Array.from({ length: 300 }, (_, n) => customer(n)))
  const on = contextIn(house, db)
  const { query } = boundIn(on)
  const admin = await query.actorOfToken(on.homeTenantId, house.personas.Admin.userId, ['Admin'])
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    commands.length = 0
    const { items, next }: CustomerList = await query.customers(admin, after === undefined ? {} : { after })
    seen.push(...items.map(({ name }) => name))
    const lists = commands.filter(({ find, limit }) => find === 'customers' && limit !== 1)
    expect(lists.map(({ limit }) => limit as unknown)).toEqual([26])
    // One look for the newest mail a row shown; all the rest does not depend on how many there are.
    expect(commands.filter(({ find }) => find === 'messages')).toHaveLength(items.length)
    expect(commands.filter(({ find }) => find !== 'messages').length).toBeLessThan(14)
    if (next === null) break
    after = next
  }
  expect(seen).toEqual(Array.from({ length: 300 }, (_, n) => customer(n).name))
})

it('licences are answered without an account, and a page of who holds them costs as many questions as any other', async () => {
  const accounts = Array.from({ length: 200 }, (_, n) => ({ _id: `t|${n}`, tenantId: 't', accountId: String(n), displayName: `Person ${n}`, userPrincipalName: `person.${n}@c1.example`, enabled: true, licences: ['s'] }))
  await house.db.collection<{ _id: string }>('tenants').insertOne({ _id: 't', name: 'T', customerId: 'c1', mailboxes: [], verifiedDomains: [], connectedAt: new Date(), revision: 0 } as never)
  await house.db.collection<{ _id: string }>('accounts').insertMany(accounts)
  const on = contextIn(house, db)
  const { query } = boundIn(on)
  const admin = await query.actorOfToken(on.homeTenantId, house.personas.Admin.userId, ['Admin'])
  commands.length = 0
  await query.licences(admin, 'c1')
  expect(commands.map(({ find }) => find as unknown)).not.toContain('accounts')
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    commands.length = 0
    const { items, next, of } = await query.licenceHolders(admin, 'c1', after === undefined ? {} : { after })
    expect([items.length, of, commands.flatMap(({ find }) => (find === undefined ? [] : [find as string]))]).toEqual([50, 200, ['customers', 'tenants', 'licences', 'accounts']])
    seen.push(...items.map((one) => one.id))
    if (next === null) break
    after = next
  }
  expect(seen.toSorted()).toEqual(accounts.map(({ accountId }) => accountId).toSorted())
})

it('mail is read in its order, and what somebody may see of it without the rest', async () => {
  const shown = { customerId: 'c1', domains: ['c1.example'], mailboxIds: ['m'] }
  for (const [audience, index] of [['all', 'receivedAt'], [['somebody@msp.example', 'u'], 'audience']] as const) {
    commands.length = 0
    await db(Messages).newestAt(shown, audience, new Date(0))
    await db(Messages).page(shown, audience, new Date(0), null, 25)
    expect(commands.map(({ hint }) => Object.keys(hint as Document)[1])).toEqual([index, index])
    for (const command of commands.splice(0)) {
      const explain = Object.fromEntries(['find', 'filter', 'sort', 'limit', 'hint'].map((name) => [name, command[name] as unknown]))
      const plan = JSON.stringify(await client.db(house.environment().MONGODB_DATABASE).command({ explain, verbosity: 'queryPlanner' }))
      expect(plan).toContain('IXSCAN')
      if (audience === 'all') expect(plan).not.toContain('"SORT"')
    }
  }
})

it('the alerts ask once where everything is told, and look at everything when something of theirs has changed', async () => {
  let passes = 0
  const quiet = openQuiet(db(Changes), () => new Date())
  const pass = (told: boolean) => quiet.unlessQuiet(() => {
    passes += 1
    return Promise.resolve(told)
  })
  await pass(false)
  await pass(true)
  expect(passes).toBe(2)
  commands.length = 0
  for (let n = 0; n < 5; n += 1) await pass(true)
  expect([passes, commands.map(({ find }) => find as unknown)]).toEqual([2, Array(5).fill('changes')])
  await db(Changes).add(new Date(), [{ kind: 'licences', customerId: 'c1' }])
  await pass(true)
  expect(passes).toBe(2)
  await db(Changes).add(new Date(), [{ kind: 'posture', customerId: 'c1' }])
  await pass(true)
  expect(passes).toBe(3)
})

it('a question of the bot, and a search, ask for no list of customers until one of them changes; then whoever asks next sees it', async () => {
  const on = contextIn(house, db)
  const { query, actions } = boundIn(on)
  const admin = await query.actorOfToken(on.homeTenantId, house.personas.Admin.userId, ['Admin'])
  const lists = () => commands.filter(({ find, limit, filter }) => (find === 'customers' && limit !== 1 && !('_id' in (filter as Document))) || (find === 'tenants' && Object.keys(filter as Document).length === 0))
  const asked = [
    () => query.customerNames(admin), () => query.peopleNamed(admin, ['somebody']), () => query.agenda(admin, {}), () => query.customers(admin, { search: 'customer 000' }),
    () => query.customers(admin, { search: 'customer 000', archived: true }),
  ]
  for (const ask of asked) await ask()
  for (const ask of asked.slice(0, 3)) {
    commands.length = 0
    await ask()
    expect(lists()).toEqual([])
  }
  for (const ask of asked.slice(3)) {
    commands.length = 0
    await ask()
    expect(lists().map(({ find }) => find as unknown)).not.toContain('customers')
  }
  const { id } = await actions.createCustomer(admin, { name: 'Customer 0001 Next Door', aliases: [], domains: [] })
  expect((await query.customerNames(admin)).map((one) => one.id)).toContain(id)
  expect((await query.customers(admin, { search: 'next door' })).items.map((one) => one.id)).toEqual([id])
  await actions.updateCustomer(admin, id, { archived: true })
  expect((await query.customerNames(admin)).map((one) => one.id)).not.toContain(id)
  expect((await query.customers(admin, { search: 'next door' })).items).toEqual([])
  expect((await query.customers(admin, { search: 'next door', archived: true })).items.map((one) => one.id)).toEqual([id])
})
