// Tenants: test, connect, change, sync now. What is saved has been tested against Microsoft first.
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import { Changes } from '../changes/rows.ts'
import type { Acting } from '../context.ts'
import { changedMeanwhile } from '../customers/outdated.ts'
import { customerDoc, customerFor } from '../customers/query.ts'
import { Customers } from '../customers/rows.ts'
import { afterwards } from '../database/afterwards.ts'
import { thoseOf, type Database } from '../database/collection.ts'
import type { Belongings } from '../database/readings.ts'
import { AppError } from '../errors.ts'
import { MailboxUnits } from '../mailboxes/rows.ts'
import { wishJob, wishJobs } from '../sync/job.ts'
import { removedBefore, type Removing } from '../sync/removing.ts'
import { filteredNames, unitsOf } from '../sync/stream.ts'
import { forgetUnits } from '../sync/takeBack.ts'
import { Units } from '../sync/units.ts'
import { Tenants, type SealedTenantDoc, type TenantDoc } from '../tenants/rows.ts'
import { tested, type Tested } from './connectionTest.ts'
import type { Connection, ConnectionPatch, ConnectionTest, Disconnection, Tenant } from './model.ts'
import { tenantDoc, toTenant } from './query.ts'

/** @throws AppError with the reason in words: secret, tenant, app, permission (named), mailbox (named); `conflict` for a customer that is archived */
async function testConnection(on: Acting, actor: Actor, connection: Connection): Promise<ConnectionTest> {
  requireRight(actor, 'manageTenants')
  await refuseArchived(on.db, connection)
  const { tenantName, mailboxes, features, message } = await tested(on, connection)
  return { tenantName, mailboxes, features, message }
}

/**
 * Connects a tenant that is not connected yet.
 * @throws AppError `conflict` for one that is, because connecting it would replace its mailboxes and delete their mail; as testConnection
 */
async function connectTenant(on: Acting, actor: Actor, connection: Connection): Promise<Tenant> {
  requireRight(actor, 'manageTenants')
  const { db, vault, now, streams } = on
  const known = await db(Tenants).get(connection.tenantId)
  if (known !== null) throw await alreadyConnected(db, known)
  await refuseArchived(db, connection)
  const test = await tested(on, connection)
  await db(Audit).add(actor, now(), {
    action: 'tenant.connect', target: connection.tenantId, customerId: connection.customerId, detail: `${connection.mailboxes.length} mailboxes`,
  })
  const doc: SealedTenantDoc = {
    _id: connection.tenantId,
    name: test.tenantName,
    customerId: connection.customerId,
    clientId: connection.clientId,
    secret: vault.seal(connection.tenantId, connection.clientSecret),
    mailboxes: connection.mailboxes,
    verifiedDomains: test.verifiedDomains,
    connectedAt: now(),
    revision: now().getTime(),
    secretExpiresAt: test.secretExpiresAt ?? dateOf(connection.secretExpiresOn),
  }
  await removedBefore(db, removingOf(on), doc._id, now())
  // Somebody else may have connected it while Microsoft was asked.
  if (!(await db(Tenants).insert(doc))) throw await alreadyConnected(db, await tenantDoc(db, doc._id))
  await db(Units).ensure(unitsOf(streams, doc, on.homeTenantId), now())
  return readAnew(on, doc)
}

/** Nobody but administrators would see what is read, and it would be read all the same. */
async function refuseArchived(db: Database, { customerId }: Connection): Promise<void> {
  if (customerId === null || (await customerDoc(db, customerId)).archivedAt === null) return
  const sentence = 'This customer is archived. Restore it first.'
  throw new AppError('conflict', { sentence, problems: [{ field: 'customerId', message: sentence }] })
}

async function alreadyConnected(db: Database, { name, customerId }: TenantDoc): Promise<AppError> {
  const customer = customerId === null ? null : await db(Customers).get(customerId)
  const whose = customerId === null ? 'as your own tenant' : `as the tenant of ${customer?.name ?? 'a customer'}`
  return new AppError('conflict', {
    sentence: `${name} is already connected, ${whose}. To change its credentials or its mailboxes, edit it; to connect it for somebody else, disconnect it first.`,
    problems: [{ field: 'tenantId', message: `Already connected, ${whose}.` }],
  })
}

const dateOf = (day: string | null): Date | null => (day === null ? null : new Date(day))

/**
 * Changes the app, its secret or the list of mailboxes; tested before it replaces what works.
 * @throws AppError `conflict`, with both states, when somebody else has changed it since it was read; `notFound` when they have disconnected it; as testConnection
 */
async function updateTenant(on: Acting, actor: Actor, tenantId: string, patch: ConnectionPatch): Promise<Tenant> {
  requireRight(actor, 'manageTenants')
  const { db, vault, now, streams } = on
  const before = await db(Tenants).getSealed(tenantId)
  if (before === null) throw notConnected()
  const { revision = before.revision, clientSecret: given, ...yours } = patch
  const outdated = async () => changedMeanwhile('tenant', { yours, now: await toTenant(on, await stillConnected(db, tenantId)) })
  if (revision !== before.revision) throw await outdated()
  const mailboxes = patch.mailboxes ?? before.mailboxes
  const clientId = patch.clientId ?? before.clientId
  const clientSecret = given ?? vault.open(tenantId, before.secret)
  const test = await tested(on, { tenantId, clientId, clientSecret, mailboxes, customerId: before.customerId })
  await db(Audit).add(actor, now(), { action: 'tenant.update', target: tenantId, customerId: before.customerId, detail: fieldsOf(patch) })
  if (mailboxes.some((one) => !before.mailboxes.includes(one))) await removedBefore(db, removingOf(on), tenantId, now())
  // While Microsoft was asked somebody else may have saved: what they did is not undone in silence.
  if (!(await db(Tenants).change(before, changeOf(on, before, patch, test)))) throw await outdated()
  const doc = await stillConnected(db, tenantId)
  await db(Units).ensure(unitsOf(streams, doc, on.homeTenantId), now())
  await dropMailboxes(on, actor, tenantId, before.mailboxes.filter((one) => !mailboxes.includes(one)))
  return readAnew(on, doc)
}

const notConnected = () => new AppError('notFound', { sentence: 'This tenant is not connected any more, so nothing was changed. To read it again, connect it anew.' })

/** @throws AppError `notFound`, when somebody has disconnected it meanwhile */
async function stillConnected(db: Database, tenantId: string): Promise<TenantDoc> {
  const doc = await db(Tenants).get(tenantId)
  if (doc === null) throw notConnected()
  return doc
}

/** What a person has changed, and what Microsoft has just said of the tenant. */
function changeOf({ vault }: Acting, { _id }: TenantDoc, { clientId, clientSecret, mailboxes, secretExpiresOn }: ConnectionPatch, test: Tested) {
  const said = test.secretExpiresAt ?? (secretExpiresOn === undefined ? undefined : dateOf(secretExpiresOn))
  // What is known of the old secret says nothing about a new one.
  const secretExpiresAt = said === undefined && clientSecret !== undefined ? null : said
  return {
    name: test.tenantName,
    verifiedDomains: test.verifiedDomains,
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecret === undefined ? {} : { secret: vault.seal(_id, clientSecret) }),
    ...(mailboxes === undefined ? {} : { mailboxes }),
    ...(secretExpiresAt === undefined ? {} : { secretExpiresAt }),
  }
}

const fieldsOf = (patch: ConnectionPatch) => Object.keys(patch).filter((name) => name !== 'revision').sort().join(' ')

/** After a tenant was connected or changed. */
async function readAnew(on: Acting, doc: TenantDoc): Promise<Tenant> {
  const { db, now, streams } = on
  await afterwards(async () => {
    await db(Units).wish(doc._id)
    // The MSP's own domains are part of the filter.
    if (doc.customerId === null) await db(Units).wishStreams(filteredNames(streams))
    await db(Changes).add(now(), [{ kind: 'tenants', customerId: doc.customerId }])
  })
  return toTenant(on, doc)
}

/** A mailbox that is taken off the list is never read again, and the copies that it held are deleted. */
async function dropMailboxes({ db, now, streams, jobs }: Acting, actor: Actor, tenantId: string, mailboxes: string[]): Promise<void> {
  for (const mailbox of mailboxes) {
    const units = await db(MailboxUnits).ofMailbox(tenantId, mailbox)
    const userId = units.find(({ facts }) => facts !== null)?.facts?.userId
    await db(Audit).add(actor, now(), { action: 'mailbox.remove', target: userId ?? tenantId })
    // The units first: a worker that holds one finds its lease gone and takes back what it still wrote.
    await db(Units).remove(units.map(({ _id }) => _id))
    await forgetUnits(db, streams, units)
  }
  if (mailboxes.length > 0) await wishJobs(db, jobs, 'tenant', [tenantId], now())
}

const removingOf = ({ collections, streams }: Acting): Removing => ({
  streams, belongings: thoseOf<Belongings>(collections, 'tenant'), isConnected: async (db, tenantId) => (await db(Tenants).get(tenantId)) !== null,
})

/**
 * Disconnects a tenant: its credentials, and everything that was read from it, which nobody sees from now on and which is removed behind the
 * answer. Audit rows and findings stay.
 * @returns what is being deleted
 * @throws AppError forbidden, notFound
 */
async function disconnectTenant({ db, now, streams, jobs, collections }: Acting, actor: Actor, tenantId: string): Promise<Disconnection> {
  requireRight(actor, 'manageTenants')
  const doc = await stillConnected(db, tenantId)
  await db(Audit).add(actor, now(), { action: 'tenant.disconnect', target: tenantId, customerId: doc.customerId })
  const concerned = await Promise.all(jobs.map(async (job) => ({ job, ids: (await job.follows?.concerns(db, tenantId)) ?? [] })))
  const there = new Map(await Promise.all(thoseOf<Belongings>(collections, 'tenant').map(async (one) => [one.name, await db(one).countOfTenant(tenantId)] as const)))
  const units = await db(Units).ofTenant(tenantId)
  await db(Units).remove(units.map(({ _id }) => _id))
  await db(Tenants).remove(tenantId)
  await forgetUnits(db, streams, units)
  await wishJobs(db, jobs, 'tenant', [tenantId], now())
  for (const { job, ids } of concerned) await wishJob(db, job, ids, now())
  // The MSP's own domains are part of the filter.
  if (doc.customerId === null) await db(Units).wishStreams(filteredNames(streams))
  await db(Changes).add(now(), [{ kind: 'tenants', customerId: null }, { kind: 'posture', customerId: doc.customerId }])
  return { deleted: { messages: there.get('messages') ?? 0, meetings: there.get('meetings') ?? 0, accounts: there.get('accounts') ?? 0 } }
}

/** Asks for a round of every stream of a tenant. @throws AppError forbidden; notFound, also for that of an archived customer, but for who may restore it */
async function syncTenant({ db, now }: Acting, actor: Actor, tenantId: string): Promise<void> {
  requireRight(actor, 'sync')
  const { customerId } = await tenantDoc(db, tenantId)
  if (customerId !== null) await customerFor(db, actor, customerId)
  await db(Audit).add(actor, now(), { action: 'tenant.sync', target: tenantId })
  await db(Units).wish(tenantId)
}

export const connectionActions = { testConnection, connectTenant, updateTenant, disconnectTenant, syncTenant }
