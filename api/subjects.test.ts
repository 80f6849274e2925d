// What changes or opens something is audited first: where the row cannot be written, nothing happens, and Microsoft is not asked.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Audit } from './access/auditRows.ts'
import type { Actor } from './access/model.ts'
import { openClock } from './clock.ts'
import { bind } from './context.ts'
import { Customers, newCustomerId } from './customers/rows.ts'
import type { Database } from './database/collection.ts'
import { openTestDatabase } from './database/database.fixture.ts'
import { AppError } from './errors.ts'
import { actions as allActions, contextOf, type Actions } from './subjects.ts'
import { Units } from './sync/units.ts'
import { Tenants } from './tenants/rows.ts'
import { openVault } from './vault/vault.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
let actions: Actions
let asked = 0
const admin: Actor = { tenantId: 't', userId: 'u', role: 'admin', addresses: [] }
const now = () => new Date('2026-01-02T03:04:05Z')
const customerId = newCustomerId()
beforeAll(async () => {
  test = await openTestDatabase()
  const { db } = test
  const vault = openVault(Buffer.alloc(32, 1))
  await db(Customers).insert({
    _id: customerId, name: 'Contoso', sortName: 'contoso', aliases: [], heldNames: [], domains: ['contoso.com'], archivedAt: null, holdsDomains: true, createdAt: now(), filterRevision: 0, revision: 0, purging: [],
  })
  await db(Tenants).insert({
    _id: 't', name: 'Proseware', customerId: null, clientId: 'c', secret: vault.seal('t', 's'), mailboxes: ['a@proseware.com'], verifiedDomains: ['proseware.com'],
    connectedAt: now(), secretExpiresAt: null, revision: 0,
  })
  await db(Units).ensure([{ _id: 't|mail|a', tenantId: 't', stream: 'mail', own: { mailbox: 'a' } }, { _id: 't|calendar|a', tenantId: 't', stream: 'calendar', own: { mailbox: 'a' } }], now())
  await test.driver.collection('units').updateMany({}, { $set: { facts: { userId: 'm' } } })
  const row = { tenantId: 't', mailboxId: 'm', customerId, domains: ['contoso.com'], audience: ['m'], private: false, subject: 'x', reading: 1 }
  const rows = (name: string) => test.driver.collection<Record<string, unknown> & { _id: string }>(name)
  await rows('messages').insertOne({ _id: 'mail', immutableId: 'i', folderId: 'f', mailKey: 'k', receivedAt: new Date(), modifiedAt: now(), ...row })
  await rows('meetings').insertOne({ _id: 'meeting', eventId: 'e', meetingKey: 'k', start: new Date(), end: new Date(), ...row })
  const tokens = {
    get() {
      asked += 1
      return Promise.reject(new AppError('serviceUnavailable'))
    },
  }
  const broken = { ...db(Audit), add: () => Promise.reject(new AppError('databaseUnavailable')) }
  const withoutAudit = ((of: Parameters<Database>[0]) => (of === (Audit as unknown) ? broken : db(of))) as Database
  const graph = { origin: 'http://127.0.0.1:9', tokens, clock: openClock() }
  const on = contextOf({ db: withoutAudit, vault, graph, homeTenantId: 't', now, clean: () => Promise.reject(new Error('nothing is opened')), teams: { outsidersIn: () => Promise.resolve('none') } }, [])
  actions = bind(on, allActions)
})
afterAll(() => test.close())

async function everything(): Promise<unknown> {
  const names = (await test.driver.listCollections().toArray()).map(({ name }) => name).sort()
  return Promise.all(names.map(async (name) => [name, await test.driver.collection(name).find().sort({ _id: 1 }).toArray()]))
}

it.each<[string, () => Promise<unknown>]>([
  ['creating a customer', () => actions.createCustomer(admin, { name: 'Fabrikam', aliases: [], domains: ['fabrikam.com'] })],
  ['archiving a customer', () => actions.updateCustomer(admin, customerId, { archived: true })],
  ['removing a domain', () => actions.updateCustomer(admin, customerId, { domains: [] })],
  ['disconnecting a tenant', () => actions.disconnectTenant(admin, 't')],
  ['reading a tenant now', () => actions.syncTenant(admin, 't')],
  ['opening a message', () => actions.openBody(admin, 'mail')],
  ['opening a meeting', () => actions.openMeeting(admin, 'meeting')],
  ['exporting the security of all customers', () => actions.exportSecurity(admin)],
  ['exporting the audit log', () => actions.exportAudit(admin, {})],
])('%s', async (_, act) => {
  const before = await everything()
  await expect(act()).rejects.toMatchObject({ code: 'databaseUnavailable' })
  expect(await everything()).toEqual(before)
  expect(asked).toBe(0)
})
