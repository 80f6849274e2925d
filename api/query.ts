// Every question that a view or a card asks. The actor comes first, everywhere; nothing here writes.
import type { Actor, Me } from './access/model.ts'
import type { AuditAction, AuditList } from './access/auditModel.ts'
import type { ChannelList } from './channels/model.ts'
import type { Customer, CustomerList } from './customers/model.ts'
import type { Licences } from './licences/model.ts'
import type { Meetings } from './calendar/model.ts'
import type { Communications } from './mail/model.ts'
import type { AccountList, Posture } from './posture/model.ts'
import type { Security } from './security/model.ts'
import type { SyncStatus } from './sync/model.ts'
import type { Tenant, TenantList, UnmatchedAccounts } from './tenants/model.ts'
import { accounts, type AccountFilter } from './posture/accountsQuery.ts'
import { actorOfActivity, actorOfToken, requireRole, type ActorOptions } from './access/actor.ts'
import { auditPage } from './audit/query.ts'
import { openChangeFeed, type Listener } from './changes/feed.ts'
import { channels } from './channels/query.ts'
import { communications, type MessageFilter } from './mail/query.ts'
import { customer, customerDoc, customerNames, customers } from './customers/query.ts'
import { syncStatusOf } from './sync/freshness.ts'
import { licences } from './licences/query.ts'
import { agenda, meetings, type Agenda, type MeetingWindow } from './calendar/query.ts'
import { lackingMfa, posture } from './posture/query.ts'
import { security } from './security/query.ts'
import { tenantDoc, toTenant, unmatchedAccounts } from './tenants/query.ts'

/** Errors common to all: `forbidden` (the role does not allow it), `notFound` (not there, or not for this actor). */
export interface Query {
  /**
   * The person behind a signed activity, by object id: role from the app-role assignments that sync read at most 10 minutes
   * ago, addresses from the directory.
   * @throws AppError `noRole` (also for another tenant), `rolesUnknown`
   */
  actorOfActivity(tenantId: string, userId: string): Promise<Actor>
  /**
   * The person behind a verified sign-in token.
   * @param roles the token's `roles` claim
   * @throws AppError `noRole`
   */
  actorOfToken(tenantId: string, userId: string, roles: readonly string[]): Promise<Actor>
  me(actor: Actor): Promise<Me>
  /** Customers by name, 25 a page. `search` matches names, aliases and domains. */
  customers(actor: Actor, options: { search?: string; after?: string; archived?: boolean }): Promise<CustomerList>
  /** Every customer that is not archived, for finding one by what a person typed. */
  customerNames(actor: Actor): Promise<Customer[]>
  customer(actor: Actor, customerId: string): Promise<Customer>
  /** Mail of the last 14 days with this customer that the actor may see, newest first; all of it, or what fits a filter. */
  communications(actor: Actor, customerId: string, filter: MessageFilter): Promise<Communications>
  posture(actor: Actor, customerId: string): Promise<Posture>
  /** The accounts that the MFA coverage of `posture` counts, 50 a page unless told, not capable ones first; all of them, or those with one answer. */
  accounts(actor: Actor, customerId: string, filter: AccountFilter): Promise<AccountList>
  /** Posture and the first accounts that are not MFA capable, at once. */
  lackingMfa(actor: Actor, customerId: string, limit: number): Promise<{ posture: Posture; lacking: AccountList }>
  /** Meetings with this customer that the actor may see, of the window or of a part of it. */
  meetings(actor: Actor, customerId: string, part: MeetingWindow): Promise<Meetings>
  /** The same for every customer that is not archived. */
  agenda(actor: Actor, part: MeetingWindow): Promise<Agenda>
  licences(actor: Actor, customerId: string): Promise<Licences>
  /** Every customer that is not archived. */
  security(actor: Actor): Promise<Security>
  /** Streams of all tenants, a line a stream and so without names of mailboxes. */
  syncStatus(actor: Actor): Promise<SyncStatus>
  tenants(actor: Actor): Promise<TenantList>
  tenant(actor: Actor, tenantId: string): Promise<Tenant>
  /** The channels that the bot is in, and what each is for. */
  channels(actor: Actor): Promise<ChannelList>
  unmatchedAccounts(actor: Actor, tenantId: string): Promise<UnmatchedAccounts>
  /** @param options action and userId filter exactly */
  audit(actor: Actor, options: { after?: string; action?: AuditAction; userId?: string }): Promise<AuditList>
  /** Tells of changes until the result is called. */
  listen(actor: Actor, listener: Listener): () => void
}

/** Opens the questions on a store. */
export function openQuery(options: ActorOptions): Query {
  const { store, now } = options
  const feed = openChangeFeed(store, now)
  return {
    actorOfActivity: (tenantId, userId) => actorOfActivity(options, tenantId, userId),
    actorOfToken: (tenantId, userId, roles) => actorOfToken(options, tenantId, userId, roles),
    async me(actor) {
      const account = await store.accounts.get(actor.tenantId, actor.userId)
      const { userId, tenantId, role, addresses } = actor
      return { userId, tenantId, role, addresses: [...addresses], name: account?.displayName ?? null }
    },
    async customers(actor, page) {
      // The archive is for those who can restore.
      if (page.archived === true) requireRole(actor, 'admin')
      return customers(store, actor, page, now())
    },
    customerNames: () => customerNames(store),
    customer: (_actor, customerId) => customer(store, customerId),
    async communications(actor, customerId, page) {
      await customerDoc(store, customerId)
      return communications(store, actor, customerId, page, now())
    },
    posture: async (_actor, customerId) => posture(store, await customerDoc(store, customerId)),
    accounts: async (_actor, customerId, filter) => accounts(store, await customerDoc(store, customerId), filter),
    lackingMfa: async (_actor, customerId, limit) => lackingMfa(store, await customerDoc(store, customerId), limit),
    async meetings(actor, customerId, part) {
      await customerDoc(store, customerId)
      return meetings(store, actor, customerId, part, now())
    },
    agenda: async (actor, part) => agenda(store, actor, (await store.customers.living()).map(({ _id }) => _id), part, now()),
    licences: async (_actor, customerId) => licences(store, await customerDoc(store, customerId)),
    security: () => security(store),
    syncStatus: async () => syncStatusOf(await store.tenants.all(), await store.units.all()),
    async tenants(actor) {
      requireRole(actor, 'admin')
      const docs = await store.tenants.all()
      return { items: await Promise.all(docs.map((doc) => toTenant(store, doc, now()))) }
    },
    async tenant(actor, tenantId) {
      requireRole(actor, 'admin')
      return toTenant(store, await tenantDoc(store, tenantId), now())
    },
    async channels(actor) {
      requireRole(actor, 'admin')
      return channels(store)
    },
    async unmatchedAccounts(actor, tenantId) {
      requireRole(actor, 'admin')
      return unmatchedAccounts(store, tenantId)
    },
    async audit(actor, page) {
      requireRole(actor, 'admin')
      return auditPage(store, page)
    },
    listen: (actor, listener) => feed.listen(actor, listener),
  }
}
