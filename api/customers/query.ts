// Customers as lists and pages show them.
import { AppError } from '../errors.ts'
import type { Actor } from '../access/model.ts'
import type { Customer, CustomerList, CustomerRow } from './model.ts'
import type { CustomerDoc } from './rows.ts'
import { windowDays } from '../mail/rows.ts'
import type { Store } from '../database/database.ts'
import type { TenantDoc } from '../tenants/rows.ts'
import { audienceOf } from '../access/actor.ts'
import { freshnessOf, ownUnits } from '../sync/freshness.ts'
import { numbersOf, type Numbers } from '../posture/numbers.ts'

const pageSize = 25

/** @param tenants all connected tenants */
export function toCustomer(doc: CustomerDoc, tenants: readonly TenantDoc[]): Customer {
  return {
    id: doc._id,
    name: doc.name,
    aliases: doc.aliases,
    domains: doc.domains,
    archived: doc.archivedAt !== null,
    tenants: tenants.filter((tenant) => tenant.customerId === doc._id).map(({ _id, name }) => ({ id: _id, name })),
    sources: tenants.filter((tenant) => tenant.customerId === doc._id || tenant.customerId === null).map(({ _id }) => _id),
  }
}

export async function customerNames(store: Store): Promise<Customer[]> {
  const [docs, tenants] = await Promise.all([store.customers.living(), store.tenants.all()])
  return docs.map((doc) => toCustomer(doc, tenants))
}

/** @throws AppError `notFound` */
export async function customer(store: Store, customerId: string): Promise<Customer> {
  return toCustomer(await customerDoc(store, customerId), await store.tenants.all())
}

/** Where the list goes on behind a customer, wherever that one stands by now. @throws AppError `invalidInput` for an id that is none */
async function behind(store: Store, docs: readonly CustomerDoc[], customerId: string): Promise<number> {
  const doc = await store.customers.get(customerId)
  if (doc === null) throw new AppError('invalidInput', { problems: [{ field: 'after', message: 'This is not a position that Outpost gave out.' }] })
  // Compared as the database sorts, not by the rules of a language.
  const start = docs.findIndex(({ sortName, _id }) => sortName > doc.sortName || (sortName === doc.sortName && _id > doc._id))
  return start === -1 ? docs.length : start
}

/** @throws AppError `notFound` */
export async function customerDoc(store: Store, customerId: string): Promise<CustomerDoc> {
  const doc = await store.customers.get(customerId)
  if (doc === null) throw new AppError('notFound')
  return doc
}

export async function customers(
  store: Store,
  actor: Actor,
  { search, after, archived }: { search?: string; after?: string; archived?: boolean },
  now: Date,
): Promise<CustomerList> {
  const [docs, tenants] = await Promise.all([archived === true ? store.customers.archived() : store.customers.living(), store.tenants.all()])
  const wanted = search?.trim().toLowerCase() ?? ''
  const matching = docs.filter((doc) => wanted === '' || [doc.name, ...doc.aliases, ...doc.domains].some((word) => word.toLowerCase().includes(wanted)))
  const start = after === undefined || after === '' ? 0 : await behind(store, matching, after)
  const page = matching.slice(start, start + pageSize)
  const ids = page.map(({ _id }) => _id)
  const [numbers, mail] = await Promise.all([numbersOf(store, ids), mailState(store)])
  const items = await Promise.all(page.map((doc) => toRow(store, actor, doc, tenants, numbers(doc._id), now)))
  return { items, next: start + pageSize < matching.length ? (page.at(-1)?._id ?? null) : null, mail }
}

/** That there is no mail says something only when every mailbox has been read. */
async function mailState(store: Store): Promise<CustomerList['mail']> {
  const { of, asOf } = freshnessOf('mail', await ownUnits(store, 'mail'))
  return of === 0 ? 'none' : asOf === null ? 'unread' : 'read'
}

async function toRow(store: Store, actor: Actor, doc: CustomerDoc, tenants: TenantDoc[], { mfa, openFindings, unknown }: Numbers, now: Date): Promise<CustomerRow> {
  const since = new Date(now.getTime() - windowDays * 86_400_000)
  const newest = await store.messages.newestAt(doc._id, audienceOf(actor), since)
  return {
    ...toCustomer(doc, tenants),
    lastMessageAt: newest?.toISOString() ?? null,
    mfa,
    openFindings,
    unknownReason: unknown.mfa,
  }
}
