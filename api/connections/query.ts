// Connected tenants as administrators see them. Never a secret.
import type { Actor } from '../access/model.ts'
import { may, requireRight } from '../access/rights.ts'
import { Accounts } from '../accounts/rows.ts'
import { asWritten } from '../asWritten.ts'
import type { Asking } from '../context.ts'
import { Customers } from '../customers/rows.ts'
import type { Database } from '../database/collection.ts'
import { AppError } from '../errors.ts'
import { mailboxOf, MailboxUnits } from '../mailboxes/rows.ts'
import { freshnessOf, statusOf } from '../sync/freshness.ts'
import type { SyncStatus } from '../sync/model.ts'
import { Units } from '../sync/units.ts'
import { Tenants, type TenantDoc } from '../tenants/rows.ts'
import { visible } from '../visible.ts'
import type { Tenant, TenantList, UnmatchedAccounts } from './model.ts'
import { tenantStatus } from './status.ts'

/** A tenant as administrators see it. */
export async function toTenant({ db, streams, now: clock }: Asking, doc: TenantDoc): Promise<Tenant> {
  const now = clock()
  const units = await db(Units).ofTenant(doc._id)
  return {
    id: doc._id,
    name: visible(doc.name),
    kind: doc.customerId === null ? 'msp' : 'customer',
    customerId: doc.customerId,
    clientId: doc.clientId,
    mailboxes: doc.mailboxes,
    verifiedDomains: doc.verifiedDomains,
    connectedAt: doc.connectedAt.toISOString(),
    revision: doc.revision,
    secretExpiresAt: doc.secretExpiresAt?.toISOString() ?? null,
    status: tenantStatus(units, now),
    streams: units.flatMap((unit) => {
      const stream = streams.find(({ name }) => name === unit.stream)
      return stream === undefined ? [] : [{ ...statusOf(stream, unit, now), mailbox: mailboxOf(unit) }]
    }),
    notices: await renamedMailboxes(db, doc._id),
    unmatchedAccounts: doc.customerId === null ? (await unmatched(db, doc)).length : null,
  }
}

/** Mailboxes whose user has another address by now: read on, because it is the same user. */
async function renamedMailboxes(db: Database, tenantId: string): Promise<string[]> {
  const units = await db(MailboxUnits).ofTenant(tenantId)
  const users = new Map(units.flatMap(({ mailbox, facts }) => (facts === null ? [] : [[mailbox, facts.userId] as const])))
  const names = await db(Accounts).userPrincipalNames(tenantId, [...new Set(users.values())])
  return [...users].flatMap(([mailbox, userId]) => {
    const now = names.get(userId)?.toLowerCase()
    if (now === undefined || now === '' || now === mailbox) return []
    return [`${asWritten(mailbox)} is now called ${asWritten(now)}. Outpost goes on reading this mailbox; put the new address on the list of mailboxes.`]
  })
}

/** @throws AppError `notFound` */
export async function tenantDoc(db: Database, tenantId: string): Promise<TenantDoc> {
  const doc = await db(Tenants).get(tenantId)
  if (doc === null) throw new AppError('notFound')
  return doc
}

async function unmatched(db: Database, tenant: TenantDoc) {
  if (tenant.customerId !== null) return []
  const customers = await db(Customers).matches()
  return db(Accounts).notAtDomains(tenant._id, customers.flatMap(({ domains }) => domains))
}

/** Accounts of an own tenant whose UPN lies at no customer's domain: the MSP's own people among them. @throws AppError forbidden, notFound */
async function unmatchedAccounts({ db }: Asking, actor: Actor, tenantId: string): Promise<UnmatchedAccounts> {
  requireRight(actor, 'manageTenants')
  const accounts = await unmatched(db, await tenantDoc(db, tenantId))
  return {
    items: accounts
      .map(({ accountId, displayName, userPrincipalName }) => ({ id: accountId, displayName, userPrincipalName }))
      .sort((a, b) => a.userPrincipalName.localeCompare(b.userPrincipalName)),
  }
}

/** @throws AppError forbidden */
async function tenants(on: Asking, actor: Actor): Promise<TenantList> {
  requireRight(actor, 'manageTenants')
  return { items: await Promise.all((await on.db(Tenants).all()).map((doc) => toTenant(on, doc))) }
}

/** @throws AppError forbidden, notFound */
export async function tenant(on: Asking, actor: Actor, tenantId: string): Promise<Tenant> {
  requireRight(actor, 'manageTenants')
  return toTenant(on, await tenantDoc(on.db, tenantId))
}

/**
 * Sync in one look: a line a tenant and stream, and so without names of mailboxes. The tenant of an archived customer is shown to who
 * can restore it.
 * @param customerId only the customer's own tenants; none for all of them
 */
async function syncStatus({ db, streams }: Asking, actor: Actor, customerId?: string): Promise<SyncStatus> {
  const docs = await db(Tenants).all()
  const [units, owners] = await Promise.all([db(Units).all(), db(Customers).of(docs.flatMap((doc) => doc.customerId ?? []))])
  const isLiving = (id: string) => owners.some(({ _id, archivedAt }) => _id === id && archivedAt === null)
  const isShown = ({ customerId: owner }: TenantDoc) => owner === null || may(actor, 'manageCustomers') || isLiving(owner)
  return {
    tenants: docs.filter((doc) => isShown(doc) && (customerId === undefined || doc.customerId === customerId)).map(({ _id, name }) => ({
      name,
      streams: streams.flatMap((stream) => {
        const own = units.filter((unit) => unit.tenantId === _id && unit.stream === stream.name)
        return own.length === 0 ? [] : [freshnessOf(stream, own)]
      }),
    })),
  }
}

export const connectionQueries = { tenants, tenant, unmatchedAccounts, syncStatus }
