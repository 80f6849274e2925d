// Who holds the licences of a customer's tenants, page by page.
import type { Actor } from '../access/model.ts'
import { accountKey, Accounts } from '../accounts/rows.ts'
import { asWritten } from '../asWritten.ts'
import type { Asking } from '../context.ts'
import { customerFor } from '../customers/query.ts'
import { pageOf } from '../database/position.ts'
import { Tenants } from '../tenants/rows.ts'
import type { Holder, HolderList } from './model.ts'
import { licenceName } from './names.ts'
import { LicenceSkus } from './rows.ts'

const defaultLimit = 50

export interface HolderPage {
  /** Words; each of them stands in the name, the address or a licence. */
  readonly search?: string
  /** Position of the last row of the page before. */
  readonly after?: string
  readonly limit?: number
}

/** Accounts with a licence, 50 a page unless told, by name. @throws AppError notFound; `invalidInput` for a position that is not in the list, or no longer */
export async function licenceHolders({ db }: Asking, actor: Actor, customerId: string, { search = '', after, limit = defaultLimit }: HolderPage): Promise<HolderList> {
  const customer = await customerFor(db, actor, customerId)
  const ids = (await db(Tenants).ofCustomer(customer._id)).map(({ _id }) => _id)
  const [skus, accounts] = await Promise.all([db(LicenceSkus).ofTenants(ids), db(Accounts).licensed(ids)])
  const names = new Map(skus.map(({ tenantId, skuId, partNumber }) => [`${tenantId}|${skuId}`, licenceName(skuId, partNumber)]))
  const holders = accounts.map(({ accountId, tenantId, displayName, userPrincipalName, enabled, licences }): Holder => ({
    id: accountId, tenantId, displayName, userPrincipalName, enabled,
    licences: licences.map((skuId) => names.get(`${tenantId}|${skuId}`) ?? licenceName(skuId, null)).sort(),
  }))
  const found = holdersFound(holders, search).sort((a, b) => a.displayName.localeCompare(b.displayName) || (positionOf(a) < positionOf(b) ? -1 : 1))
  return { ...pageOf(found, positionOf, { after, limit }), found: found.length, of: holders.length }
}

// An id and not a name: addresses of requests end up in the logs of whatever stands before Outpost.
const positionOf = ({ tenantId, id }: Holder): string => accountKey(tenantId, id)

/** Accounts whose name, address or licences hold every word of `search`. */
export function holdersFound<T extends Pick<Holder, 'displayName' | 'userPrincipalName' | 'licences'>>(accounts: readonly T[], search: string): T[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return accounts.filter((account) => {
    const text = [account.displayName, asWritten(account.userPrincipalName), ...account.licences].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
