// What is no longer to be there is seen by nobody from the moment on, and goes behind the answer: in portions, and on after any end.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { MeetingList } from '../../api/calendar/model.ts'
import type { Tenant, TenantList } from '../../api/connections/model.ts'
import type { Customer } from '../../api/customers/model.ts'
import { databaseIn } from '../../api/database/collection.ts'
import { portion } from '../../api/database/portions.ts'
import type { CustomerList } from '../../api/overview/model.ts'
import { jobs } from '../../api/subjects.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
})
afterAll(() => house?.close())

const messages = () => house.db.collection('messages')
const planted = 3 * portion
/** More mail with Contoso, of the kind that there is. */
async function plant(): Promise<void> {
  const { id } = await house.customer('Contoso')
  const copy = await messages().findOne({ customerId: id, private: false, domains: 'contoso.com' })
  await messages().deleteMany({ immutableId: { $gte: 'planted', $lt: 'planted~' } })
  await messages().insertMany(Array.from({ length: planted }, (_, n) => ({ ...copy, _id: `planted-${n}` as never, immutableId: `planted-${n}`, mailKey: `planted-${n}` })))
}
const webAlone = async () => {
  await house.stopProduct()
  await house.startProduct({ OUTPOST_ROLES: 'web' })
}
const everything = async () => {
  await house.stopProduct('SIGKILL')
  await house.startProduct()
}
beforeEach(async () => {
  await everything()
  await house.synced('mail', 'calendar')
  await plant()
})

it('an archived customer: the answer comes before the first row has gone, and nobody sees one; they go when a worker is there', async () => {
  await webAlone()
  const { id } = await house.customer('Contoso')
  const [{ _id: messageId }] = (await messages().find({ customerId: id, private: false }).limit(1).toArray()) as [{ _id: unknown }]
  const { body } = await house.as('Admin', 'PATCH', `/customers/${id}`, { archived: true })
  expect(body).toMatchObject({ archived: true })
  expect(await messages().countDocuments({ customerId: id })).toBeGreaterThan(planted)
  expect(await house.as('Admin', 'GET', `/messages/${String(messageId)}/body`)).toMatchObject({ status: 404 })
  expect((await house.as('Admin', 'GET', `/customers/${id}/messages`)).body).toMatchObject({ items: [] })
  expect((await house.as('Admin', 'GET', `/customers/${id}/meetings`)).body).toMatchObject({ items: [] })
  expect((await house.get<CustomerList>('/customers?archived=true')).items).toMatchObject([{ id, lastMessageAt: null }])
  await everything()
  await until('all of it has gone', async () => (await messages().countDocuments({ customerId: id })) === 0)
  await until('meetings as well', async () => (await house.db.collection('meetings').countDocuments({ customerId: id })) === 0)
  await until('nothing is left to do', async () => (await house.db.collection('units').countDocuments({ stream: 'purging' })) === 0)
  await house.as('Admin', 'PATCH', `/customers/${id}`, { archived: false })
  await house.synced('mail', 'calendar')
  expect((await house.mailWith('Contoso')).length).toBeGreaterThan(0)
})

it('a removed domain: what touches no other one is hidden, and goes; one that comes back meanwhile loses nothing', async () => {
  const { id, domains } = await house.customer('Contoso')
  const real = (await house.mailWith('Contoso')).map((row) => row.id).filter((row) => !row.startsWith('planted'))
  expect(real.length).toBeGreaterThan(0)
  await webAlone()
  expect((await house.as('Admin', 'PATCH', `/customers/${id}`, { domains: domains.filter((domain) => domain !== 'contoso.com') })).status).toBe(200)
  expect(await messages().countDocuments({ customerId: id, domains: 'contoso.com' })).toBeGreaterThan(planted)
  expect(await house.mailWith('Contoso')).toEqual([])
  await house.stopProduct()
  // As far as a worker came that was killed after its first portion, when the domain was there again.
  const db = databaseIn(house.db)
  const purging = jobs.find(({ name }) => name === 'purging')!
  const killed = new Error('killed')
  await expect(purging.run(db, id, { now: new Date(), epoch: 1, keepLease: () => Promise.reject(killed) })).rejects.toBe(killed)
  const left = await messages().countDocuments({ customerId: id })
  expect(left).toBeGreaterThan(planted - portion)
  await house.startProduct({ OUTPOST_ROLES: 'web' })
  expect((await house.as('Admin', 'PATCH', `/customers/${id}`, { domains })).status).toBe(200)
  await everything()
  await house.synced('mail')
  const after = (await house.mailWith('Contoso')).map((row) => row.id)
  expect(real.filter((row) => !after.includes(row))).toEqual([])
})

it('what is read again while a portion goes is read once more', async () => {
  const { id, domains } = await house.customer('Contoso')
  await webAlone()
  await house.as('Admin', 'PATCH', `/customers/${id}`, { domains: domains.filter((domain) => domain !== 'contoso.com') })
  const customers = house.db.collection<{ _id: string; filterRevision: number }>('customers')
  const revision = async () => (await customers.findOne({ _id: id }))!.filterRevision
  const wishes = async () => (await house.db.collection('units').findOne({ stream: 'mail' }))!.wishes as number
  const db = databaseIn(house.db)
  const purging = jobs.find(({ name }) => name === 'purging')!
  let came = false
  // The domain comes back exactly between the moment in which a portion is chosen and that in which it is gone.
  const slow = ((of: Parameters<typeof db>[0]) => {
    const rows = db(of) as Record<string, unknown>
    if (!('removeOfCustomer' in rows)) return rows
    return { ...rows, removeOfCustomer: async (...given: unknown[]) => {
      if (!came) {
        came = true
        await house.as('Admin', 'PATCH', `/customers/${id}`, { domains })
      }
      return (rows.removeOfCustomer as (...given: unknown[]) => Promise<number>)(...given)
    } }
  }) as typeof db
  const [before, asked] = [await revision(), await wishes()]
  await purging.run(slow, id, { now: new Date(), epoch: 1, keepLease: () => Promise.resolve() })
  expect(await revision()).toBe(before + 2)
  expect(await wishes()).toBe(asked + 2)
  expect((await house.get<Customer>(`/customers/${id}`)).domains).toEqual(domains)
})

it('a tenant that is disconnected: hidden at once, and what is connected again loses nothing of what is read then', async () => {
  const own = (await house.get<TenantList>('/tenants')).items.find(({ kind }) => kind === 'msp')!
  await webAlone()
  const { tenantId, clientId, clientSecret } = (await house.simulator<{ tenantId: string; clientId: string; clientSecret: string }[]>('GET', '/tenants')).find((one) => one.tenantId === own.id)!
  expect((await house.as('Admin', 'DELETE', `/tenants/${own.id}`)).body).toMatchObject({ deleted: { messages: expect.any(Number) as number } })
  expect(await messages().countDocuments({ tenantId })).toBeGreaterThan(planted)
  expect(await house.mailWith('Contoso')).toEqual([])
  expect((await house.get<CustomerList>('/customers')).items.map(({ lastMessageAt }) => lastMessageAt)).toEqual([null])
  expect((await house.get<MeetingList>(`/customers/${(await house.customer('Contoso')).id}/meetings`)).items).toEqual([])
  // A worker is at it, kept waiting by its database between what it has chosen and its removal.
  const removal = { _id: `removing|${tenantId}` as never }
  await house.db.collection('units').updateOne(removal, { $set: { leaseOwner: 'somebody', leaseUntil: new Date(Date.now() + 60_000) } })
  const early = await house.as('Admin', 'POST', '/tenants', { tenantId, clientId, clientSecret, mailboxes: own.mailboxes })
  expect(early).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining('still being deleted') as string } } })
  await house.db.collection('units').updateOne(removal, { $set: { leaseOwner: null, leaseUntil: new Date() } })
  // Connected again before a worker came: what is read from now on must not go with what was.
  const connected = await house.as('Admin', 'POST', '/tenants', { tenantId, clientId, clientSecret, mailboxes: own.mailboxes })
  expect({ status: connected.status, left: await messages().countDocuments({ tenantId }) }).toEqual({ status: 201, left: 0 })
  await everything()
  await house.synced()
  expect((await house.get<Tenant>(`/tenants/${tenantId}`)).status).toBe('connected')
  expect((await house.mailWith('Contoso')).length).toBeGreaterThan(0)
})
