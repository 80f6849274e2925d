// Licences of a customer's tenants, and who holds them.
import type { LicenceRow, Licences } from './model.ts'
import type { CustomerDoc } from '../customers/rows.ts'
import type { LicenceDoc } from './rows.ts'
import type { Store } from '../database/database.ts'
import { freshnessOf } from '../sync/freshness.ts'
import { licenceName } from './names.ts'

export async function licences(store: Store, customer: CustomerDoc): Promise<Licences> {
  const tenants = await store.tenants.ofCustomer(customer._id)
  const ids = tenants.map(({ _id }) => _id)
  const [skus, accounts] = await Promise.all([
    Promise.all(ids.map((id) => store.licences.ofTenant(id))),
    Promise.all(ids.map((id) => store.accounts.ofTenant(id))),
  ])
  const names = new Map(skus.flat().map((sku) => [`${sku.tenantId}|${sku.skuId}`, licenceName(sku.skuId, sku.partNumber)]))
  const streams = ['licences', 'accounts'] as const
  const units = await Promise.all(streams.map((stream) => store.units.ofStream(ids, stream)))
  return {
    customerId: customer._id,
    items: skus.flat().map(toRow).sort((a, b) => a.name.localeCompare(b.name)),
    accounts: accounts
      .flat()
      .filter((account) => account.licences.length > 0)
      .map((account) => ({
        id: account.accountId,
        displayName: account.displayName,
        userPrincipalName: account.userPrincipalName,
        enabled: account.enabled,
        licences: account.licences.map((skuId) => names.get(`${account.tenantId}|${skuId}`) ?? licenceName(skuId, null)).sort(),
      }))
      .sort((a, b) => a.displayName.localeCompare(b.displayName)),
    freshness: streams.map((stream, index) => freshnessOf(stream, units[index]!)),
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
