// Tenants: test, connect, change, sync now. What is saved has been tested against Microsoft first.
import { AppError, type Problem } from '../errors.ts'
import { readOrganization, readSecretExpiry } from '../graph/directory.ts'
import { openGraph } from '../graph/client.ts'
import { probeMailboxes } from '../graph/mail.ts'
import { missingPermissions } from '../graph/permissions.ts'
import { permissionsOf } from '../graph/token.ts'
import type { Actor } from '../model/actor.ts'
import type { AuditAction } from '../model/audit.ts'
import type { Connection, ConnectionPatch, ConnectionTest, Disconnection, Tenant } from '../model/tenant.ts'
import { assessCustomer } from '../posture/assess.ts'
import { requireRole } from '../query/actor.ts'
import { customerDoc } from '../query/customers.ts'
import { tenantDoc, toTenant } from '../query/tenants.ts'
import { mailboxUnits, unitsOf } from '../sync/schedule.ts'
import { removeTenantRows } from '../sync/takeBack.ts'
import type { ActionOptions } from './actions.ts'

type Tested = ConnectionTest & { verifiedDomains: string[]; secretExpiresAt: Date | null }

/** @throws AppError with the reason in words: secret, tenant, app, permission (named), mailbox (named) */
export async function testConnection(options: ActionOptions, actor: Actor, connection: Connection): Promise<ConnectionTest> {
  requireRole(actor, 'admin')
  const { tenantName, mailboxes, message } = await tested(options, connection)
  return { tenantName, mailboxes, message }
}

async function tested({ store, graph: graphOptions }: ActionOptions, connection: Connection): Promise<Tested> {
  const ofCustomer = connection.customerId !== null
  if (ofCustomer) await customerDoc(store, connection.customerId!)
  if (!ofCustomer && connection.mailboxes.length === 0) throw new AppError('mailboxesMissing')
  if (ofCustomer && connection.mailboxes.length > 0) {
    throw new AppError('invalidInput', {
      sentence: 'Only mailboxes of your own technicians are read: leave the mailboxes of a customer’s tenant empty.',
      problems: [{ field: 'mailboxes', message: 'Leave this empty for a customer’s tenant.' }],
    })
  }
  // Fresh, because a cached token still holds the permissions of an hour ago.
  const token = await graphOptions.tokens.get(connection, true)
  const missing = missingPermissions(permissionsOf(token))
  if (missing.length > 0) {
    throw new AppError('consentMissing', {
      sentence: `Admin consent is missing for ${missing.join(', ')}. Add ${missing.length === 1 ? 'it' : 'them'} as application permission in Entra admin center → App registrations → API permissions, then choose Grant admin consent.`,
    })
  }
  const graph = openGraph(graphOptions, connection)
  const { name, verifiedDomains } = await readOrganization(graph)
  const secretExpiresAt = await readSecretExpiry(graph, connection)
  const answers = await probeMailboxes(graph, connection.mailboxes)
  const problems = answers.flatMap((error, index): Problem[] => {
    if (error === null) return []
    if (error.code !== 'mailboxUnknown' && error.code !== 'gone' && error.code !== 'accessDenied') throw error
    const why = error.code === 'accessDenied' ? error.message : 'There is no mailbox for this user: misspelt, without an Exchange Online licence, or on-premises.'
    return [{ field: 'mailboxes', message: `${connection.mailboxes[index]}: ${why}` }]
  })
  if (problems.length > 0) throw new AppError('mailboxUnknown', { problems, sentence: problems.map(({ message }) => message).join(' ') })
  const count = connection.mailboxes.length
  return { tenantName: name, mailboxes: count, verifiedDomains, secretExpiresAt, message: `Connected to ${name} — ${count} ${count === 1 ? 'mailbox' : 'mailboxes'} configured` }
}

/** Connects a tenant, or connects it anew. @throws as testConnection */
export function connectTenant(options: ActionOptions, actor: Actor, connection: Connection): Promise<Tenant> {
  return save(options, actor, connection, { action: 'tenant.connect', detail: `${connection.mailboxes.length} mailboxes` })
}

async function save(options: ActionOptions, actor: Actor, connection: Connection, said: { action: AuditAction; detail: string }): Promise<Tenant> {
  requireRole(actor, 'admin')
  const { store, vault, now } = options
  const before = await store.tenants.get(connection.tenantId)
  if (before !== null && before.customerId !== connection.customerId) {
    throw new AppError('conflict', { sentence: 'This tenant is already connected for somebody else.' })
  }
  const test = await tested(options, connection)
  await store.audit.add(actor, now(), { ...said, target: connection.tenantId, customerId: connection.customerId })
  const doc = {
    _id: connection.tenantId,
    name: test.tenantName,
    customerId: connection.customerId,
    clientId: connection.clientId,
    secret: vault.seal(connection.tenantId, connection.clientSecret),
    mailboxes: connection.mailboxes,
    verifiedDomains: test.verifiedDomains,
    connectedAt: before?.connectedAt ?? now(),
    secretExpiresAt: test.secretExpiresAt ?? (connection.secretExpiresOn === null ? null : new Date(connection.secretExpiresOn)),
  }
  await store.tenants.put(doc)
  await store.units.ensure(unitsOf(doc, options.homeTenantId), now())
  if (before !== null) await dropMailboxes(options, actor, doc._id, before.mailboxes.filter((one) => !doc.mailboxes.includes(one)))
  await store.units.wish(doc._id)
  // The MSP's own domains are part of the filter.
  if (doc.customerId === null) await store.units.wishFiltered()
  await store.changes.add(now(), [{ kind: 'tenants', customerId: doc.customerId }])
  return toTenant(store, doc, now())
}

/** Changes the app, its secret or the list of mailboxes; tested before it replaces what works. @throws as testConnection */
export async function updateTenant(options: ActionOptions, actor: Actor, tenantId: string, patch: ConnectionPatch): Promise<Tenant> {
  requireRole(actor, 'admin')
  const { store, vault } = options
  const before = await tenantDoc(store, tenantId)
  // What is known of the old secret says nothing about a new one.
  const knownExpiry = patch.clientSecret === undefined ? (before.secretExpiresAt?.toISOString().slice(0, 10) ?? null) : null
  const connection = {
    tenantId,
    customerId: before.customerId,
    clientId: patch.clientId ?? before.clientId,
    clientSecret: patch.clientSecret ?? vault.open(tenantId, before.secret),
    mailboxes: patch.mailboxes ?? before.mailboxes,
    secretExpiresOn: patch.secretExpiresOn === undefined ? knownExpiry : patch.secretExpiresOn,
  }
  return save(options, actor, connection, { action: 'tenant.update', detail: Object.keys(patch).sort().join(' ') })
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
