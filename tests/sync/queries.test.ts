// How many questions the database is asked, by the driver's own account of them: what is asked all day long asks for what changed, and a page
// of a list does not cost more because the list is long.
import { MongoClient, type Document } from 'mongodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Changes } from '../../api/changes/rows.ts'
import { databaseIn, type Database } from '../../api/database/collection.ts'
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
