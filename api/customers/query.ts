// Customers by name, for pages and for finding one.
import type { Actor } from '../access/model.ts'
import { may } from '../access/rights.ts'
import type { Asking } from '../context.ts'
import type { Database } from '../database/collection.ts'
import { AppError } from '../errors.ts'
import { Tenants, type TenantDoc } from '../tenants/rows.ts'
import { visible } from '../visible.ts'
import { livingCustomers } from './living.ts'
import type { Customer, CustomerNames } from './model.ts'
import { Customers, type CustomerDoc } from './rows.ts'

/** @param tenants the customer's, and the MSP's own */
export function toCustomer(doc: CustomerDoc, tenants: readonly TenantDoc[]): Customer {
  return {
    id: doc._id,
    name: doc.name,
    aliases: doc.aliases,
    domains: doc.domains,
    archived: doc.archivedAt !== null,
    revision: doc.revision,
    tenants: tenants.filter((tenant) => tenant.customerId === doc._id).map(({ _id, name }) => ({ id: _id, name: visible(name) })),
    // The mail and meetings of an archived one are not read, and it is not judged anew.
    sources: doc.archivedAt === null ? tenants.filter((tenant) => tenant.customerId === doc._id || tenant.customerId === null).map(({ _id }) => _id) : [],
  }
}

/**
 * A customer that the actor may look at: of archived ones those who can restore them.
 * @throws AppError `notFound` (unknown, or archived: the same answer)
 */
export async function customerFor(db: Database, actor: Actor, customerId: string): Promise<CustomerDoc> {
  const doc = await customerDoc(db, customerId)
  if (doc.archivedAt !== null && !may(actor, 'manageCustomers')) throw new AppError('notFound')
  return doc
}

/** Archived or not: for who may manage customers. @throws AppError `notFound` */
export async function customerDoc(db: Database, customerId: string): Promise<CustomerDoc> {
  const doc = await db(Customers).get(customerId)
  if (doc === null) throw new AppError('notFound')
  return doc
}

/** Every customer that is not archived, for finding one by what a person typed. */
async function customerNames({ kept }: Asking, _actor: Actor): Promise<CustomerNames[]> {
  return (await kept(livingCustomers)).map(({ _id, name, aliases, domains }) => ({ id: _id, name, aliases, domains }))
}

/** @throws AppError `notFound` */
export async function customer({ db }: Asking, actor: Actor, customerId: string): Promise<Customer> {
  return toCustomer(await customerFor(db, actor, customerId), await db(Tenants).around([customerId]))
}

export const customerQueries = { customerNames, customer }
