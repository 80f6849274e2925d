// Tenants: test, connect, change, sync now. What is saved has been tested against Microsoft first.
import { AppError } from '../errors.ts'
import type { Actor } from '../access/model.ts'
import type { Connection, ConnectionPatch, ConnectionTest, Disconnection, Tenant } from './model.ts'
import { assessCustomer } from '../posture/job.ts'
import { requireRole } from '../access/actor.ts'
import { tenantDoc, toTenant } from './query.ts'
import type { Store } from '../database/database.ts'
import type { TenantDoc } from './rows.ts'
import { mailboxUnits, unitsOf } from '../sync/schedule.ts'
import { removeTenantRows } from '../sync/takeBack.ts'
import type { ActionOptions } from '../actions.ts'
import { tested } from './connectionTest.ts'

/** @throws AppError with the reason in words: secret, tenant, app, permission (named), mailbox (named) */
export async function testConnection(options: ActionOptions, actor: Actor, connection: Connection): Promise<ConnectionTest> {
  requireRole(actor, 'admin')
  const { tenantName, mailboxes, features, message } = await tested(options, connection)
  return { tenantName, mailboxes, features, message }
}

/**
 * Connects a tenant that is not connected yet.
 * @throws AppError `conflict` for one that is, because connecting it would replace its mailboxes and delete their mail; as testConnection
 */
export async function connectTenant(options: ActionOptions, actor: Actor, connection: Connection): Promise<Tenant> {
  requireRole(actor, 'admin')
  const { store, vault, now } = options
  const known = await store.tenants.get(connection.tenantId)
  if (known !== null) throw await alreadyConnected(store, known)
  const test = await tested(options, connection)
  await store.audit.add(actor, now(), {
    action: 'tenant.connect', target: connection.tenantId, customerId: connection.customerId, detail: `${connection.mailboxes.length} mailboxes`,
  })
  const doc: TenantDoc = {
    _id: connection.tenantId,
    name: test.tenantName,
    customerId: connection.customerId,
    clientId: connection.clientId,
    secret: vault.seal(connection.tenantId, connection.clientSecret),
    mailboxes: connection.mailboxes,
    verifiedDomains: test.verifiedDomains,
    connectedAt: now(),
    secretExpiresAt: test.secretExpiresAt ?? dateOf(connection.secretExpiresOn),
  }
  // Somebody else may have connected it while Microsoft was asked.
  if (!(await store.tenants.insert(doc))) throw await alreadyConnected(store, await tenantDoc(store, doc._id))
  await store.units.ensure(unitsOf(doc, options.homeTenantId), now())
  return readAnew(options, doc)
}

async function alreadyConnected(store: Store, { name, customerId }: TenantDoc): Promise<AppError> {
  const customer = customerId === null ? null : await store.customers.get(customerId)
  const whose = customerId === null ? 'as your own tenant' : `as the tenant of ${customer?.name ?? 'a customer'}`
  return new AppError('conflict', {
    sentence: `${name} is already connected, ${whose}. To change its credentials or its mailboxes, edit it; to connect it for somebody else, disconnect it first.`,
    problems: [{ field: 'tenantId', message: `Already connected, ${whose}.` }],
  })
}

const dateOf = (day: string | null): Date | null => (day === null ? null : new Date(day))

/**
 * Changes the app, its secret or the list of mailboxes; tested before it replaces what works.
 * @throws AppError `conflict` when somebody else has changed it since; as testConnection
 */
export async function updateTenant(options: ActionOptions, actor: Actor, tenantId: string, patch: ConnectionPatch): Promise<Tenant> {
  requireRole(actor, 'admin')
  const { store, vault, now } = options
  const before = await tenantDoc(store, tenantId)
  if (patch.mailboxesBefore !== undefined && !sameList(patch.mailboxesBefore, before.mailboxes)) throw new AppError('conflict', { sentence: changedMeanwhile })
  const mailboxes = patch.mailboxes ?? before.mailboxes
  const clientId = patch.clientId ?? before.clientId
  const clientSecret = patch.clientSecret ?? vault.open(tenantId, before.secret)
  const test = await tested(options, { tenantId, clientId, clientSecret, mailboxes, customerId: before.customerId })
  await store.audit.add(actor, now(), { action: 'tenant.update', target: tenantId, customerId: before.customerId, detail: fieldsOf(patch) })
  // What is known of the old secret says nothing about a new one.
  const knownExpiry = patch.clientSecret === undefined ? before.secretExpiresAt : null
  const change = {
    name: test.tenantName,
    clientId,
    secret: patch.clientSecret === undefined ? before.secret : vault.seal(tenantId, clientSecret),
    mailboxes,
    verifiedDomains: test.verifiedDomains,
    secretExpiresAt: test.secretExpiresAt ?? (patch.secretExpiresOn === undefined ? knownExpiry : dateOf(patch.secretExpiresOn)),
  }
  // While Microsoft was asked somebody else may have saved: what they did is not undone in silence.
  if (!(await store.tenants.change(before, change))) throw new AppError('conflict', { sentence: changedMeanwhile })
  const doc = { ...before, ...change }
  await store.units.ensure(unitsOf(doc, options.homeTenantId), now())
  await dropMailboxes(options, actor, tenantId, before.mailboxes.filter((one) => !mailboxes.includes(one)))
  return readAnew(options, doc)
}

const changedMeanwhile = 'Somebody else has changed this tenant meanwhile. Nothing of yours was saved: look at it as it is now, and change it again.'
const sameList = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((item) => other.includes(item))
const fieldsOf = (patch: ConnectionPatch) => Object.keys(patch).filter((name) => name !== 'mailboxesBefore').sort().join(' ')

/** After a tenant was connected or changed. */
async function readAnew({ store, now }: ActionOptions, doc: TenantDoc): Promise<Tenant> {
  await store.units.wish(doc._id)
  // The MSP's own domains are part of the filter.
  if (doc.customerId === null) await store.units.wishFiltered()
  await store.changes.add(now(), [{ kind: 'tenants', customerId: doc.customerId }])
  return toTenant(store, doc, now())
}

/** A mailbox that is taken off the list is never read again, and the copies that it held are deleted. */
async function dropMailboxes({ store, now }: ActionOptions, actor: Actor, tenantId: string, mailboxes: string[]): Promise<void> {
  for (const mailbox of mailboxes) {
    const ids = mailboxUnits(tenantId, mailbox).map(({ _id }) => _id)
    const units = (await Promise.all(ids.map((id) => store.units.get(id)))).filter((unit) => unit !== null)
    const userId = units.find((unit) => unit.facts !== null)?.facts?.userId
    await store.audit.add(actor, now(), { action: 'mailbox.remove', target: userId ?? tenantId })
    // The units first: a worker that holds one finds its lease gone and takes back what it still wrote.
    await store.units.remove(ids)
    for (const unit of units) {
      if (userId === undefined || (await store.units.isReadByOthers(unit, userId))) continue
      const [kind, rows] = unit.stream === 'mail' ? (['communications', store.messages] as const) : (['meetings', store.meetings] as const)
      await store.changes.addTouched(now(), kind, await rows.removeOfMailbox(tenantId, userId))
    }
    for (const id of ids) {
      await store.bookmarks.remove(id)
      await store.folders.removeOfUnit(id)
    }
  }
}

/**
 * Disconnects a tenant: its credentials, and everything that was read from it. Audit rows and findings stay.
 * @returns what was deleted
 * @throws AppError forbidden, notFound
 */
export async function disconnectTenant({ store, now }: ActionOptions, actor: Actor, tenantId: string): Promise<Disconnection> {
  requireRole(actor, 'admin')
  const tenant = await tenantDoc(store, tenantId)
  await store.audit.add(actor, now(), { action: 'tenant.disconnect', target: tenantId, customerId: tenant.customerId })
  const units = await store.units.ofTenant(tenantId)
  await store.units.remove(units.map(({ _id }) => _id))
  await store.tenants.remove(tenantId)
  for (const { _id } of units) {
    await store.bookmarks.remove(_id)
    await store.folders.removeOfUnit(_id)
  }
  const deleted = await removeTenantRows(store, tenantId)
  const customers = await store.customers.living()
  for (const customer of customers.filter(({ _id }) => tenant.customerId === null || tenant.customerId === _id)) await assessCustomer(store, customer, now())
  // The MSP's own domains are part of the filter.
  if (tenant.customerId === null) await store.units.wishFiltered()
  await store.changes.add(now(), [{ kind: 'tenants', customerId: null }, { kind: 'posture', customerId: tenant.customerId }])
  return { deleted }
}

/** Asks for a round of every stream of a tenant. @throws AppError forbidden, notFound */
export async function syncTenant({ store, now }: ActionOptions, actor: Actor, tenantId: string): Promise<void> {
  requireRole(actor, 'admin', 'member')
  await tenantDoc(store, tenantId)
  await store.audit.add(actor, now(), { action: 'tenant.sync', target: tenantId })
  await store.units.wish(tenantId)
}
