// Licences of a customer's tenants.
import type { Actor } from '../access/model.ts'
import { accountStream } from '../accounts/stream.ts'
import type { Asking } from '../context.ts'
import { customerFor } from '../customers/query.ts'
import { freshnessIn } from '../sync/freshness.ts'
import { Tenants } from '../tenants/rows.ts'
import { licenceHolders } from './holdersQuery.ts'
import type { LicenceRow, Licences } from './model.ts'
import { licenceName } from './names.ts'
import { LicenceSkus, type LicenceDoc } from './rows.ts'
import { licenceStream } from './stream.ts'

/** Licences of a customer's tenants. @throws AppError notFound */
async function licences({ db }: Asking, actor: Actor, customerId: string): Promise<Licences> {
  const customer = await customerFor(db, actor, customerId)
  const tenants = await db(Tenants).ofCustomer(customer._id)
  const ids = tenants.map(({ _id }) => _id)
  const skus = await db(LicenceSkus).ofTenants(ids)
  return {
    customerId: customer._id,
    items: skus.map(toRow).sort((a, b) => a.name.localeCompare(b.name)),
    freshness: await freshnessIn(db, [licenceStream, accountStream], ids),
  }
}

function toRow(doc: LicenceDoc): LicenceRow {
  // Seats in warning can still be used; Graph counts them apart from the enabled ones.
  const bought = doc.enabled + doc.warning
  const free = bought - doc.consumed
  // Whose seats are suspended seems to have assigned too many; that is its consequence.
  const state = doc.suspended > 0 ? 'suspended' : free < 0 ? 'overused' : doc.warning > 0 ? 'warning' : 'ok'
  return {
    tenantId: doc.tenantId, skuId: doc.skuId, partNumber: doc.partNumber, name: licenceName(doc.skuId, doc.partNumber), bought, used: doc.consumed, free,
    warning: doc.warning, suspended: doc.suspended, state,
  }
}

export const licenceQueries = { licences, licenceHolders }
