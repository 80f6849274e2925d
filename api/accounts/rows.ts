// The accounts of a tenant's directory.
import type { Collection, Db, IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
import { countReadings, readIndex, readingsIn } from '../database/readings.ts'
import { normalAddress } from '../people/address.ts'

export interface AccountDoc {
  /** By `accountKey`. */
  _id: string
  tenantId: string
  accountId: string
  displayName: string
  userPrincipalName: string
  /** Lower-case addresses: mail, UPN, proxy addresses. */
  addresses: string[]
  /** The UPN's domain and its parent domains: what matches an account of the MSP's tenant to a customer. */
  domains: string[]
  enabled: boolean
  guest: boolean
  /** Ids of the SKUs assigned to it. */
  licences: string[]
  /** The full reading of its list that saw it last. */
  reading: number
}

/** @param accountId object id */
export const accountKey = (tenantId: string, accountId: string): string => `${tenantId}|${accountId}`

const indexes: IndexDescription[] = [{ key: { tenantId: 1, domains: 1 } }, { key: { tenantId: 1, addresses: 1 } }, readIndex]

function accountsIn(collection: Collection<AccountDoc>, db: Db) {
  return {
    ...readingsIn(collection, db),
    of: (tenantId: string, accountIds: string[]): Promise<AccountDoc[]> =>
      collection.find({ _id: { $in: accountIds.map((id) => accountKey(tenantId, id)) } }).toArray(),
    get: (tenantId: string, accountId: string): Promise<AccountDoc | null> => collection.findOne({ _id: accountKey(tenantId, accountId) }),
    /** Ids of the accounts that have this UPN; two where one of them has been deleted and its list does not say so yet. */
    async ofUserPrincipalName(tenantId: string, userPrincipalName: string): Promise<string[]> {
      const address = userPrincipalName.toLowerCase()
      const rows = await collection.find({ tenantId, addresses: normalAddress(address) ?? address }).toArray()
      return rows.filter((row) => row.userPrincipalName.toLowerCase() === address).map(({ accountId }) => accountId)
    },
    /** Those with a licence, without what nobody asks for who wants to know of licences. */
    licensed: (tenantIds: string[]): Promise<Pick<AccountDoc, 'tenantId' | 'accountId' | 'displayName' | 'userPrincipalName' | 'enabled' | 'licences'>[]> =>
      collection
        .find({ tenantId: { $in: tenantIds }, licences: { $ne: [] } }, { projection: { tenantId: 1, accountId: 1, displayName: 1, userPrincipalName: 1, enabled: 1, licences: 1 } })
        .toArray(),
    /** Accounts of the MSP's own tenants whose UPN lies at one of these domains. */
    atDomains: (tenantIds: string[], domains: string[]): Promise<AccountDoc[]> =>
      collection.find({ tenantId: { $in: tenantIds }, domains: { $in: domains } }).toArray(),
    /** Which of these domains, and their parents, accounts of these tenants lie at. */
    domainsHeld: (tenantIds: string[], domains: string[]): Promise<string[]> =>
      domains.length === 0 ? Promise.resolve([]) : collection.distinct('domains', { tenantId: { $in: tenantIds }, domains: { $in: domains } }),
    /** Accounts of a tenant whose UPN lies at none of these domains. */
    notAtDomains: (tenantId: string, domains: string[]): Promise<AccountDoc[]> =>
      collection.find({ tenantId, domains: { $nin: domains } }).toArray(),
    /** By account id; an account that has been deleted has none. */
    async userPrincipalNames(tenantId: string, accountIds: string[]): Promise<Map<string, string>> {
      if (accountIds.length === 0) return new Map()
      const rows = await collection
        .find({ _id: { $in: accountIds.map((id) => accountKey(tenantId, id)) } }, { projection: { accountId: 1, userPrincipalName: 1 } })
        .toArray()
      return new Map(rows.map((row) => [row.accountId, row.userPrincipalName]))
    },
    async names(tenantId: string, accountIds: string[]): Promise<Map<string, string>> {
      const rows = await collection
        .find({ _id: { $in: accountIds.map((id) => accountKey(tenantId, id)) } }, { projection: { accountId: 1, displayName: 1 } })
        .toArray()
      return new Map(rows.map((row) => [row.accountId, row.displayName]))
    },
  }
}
export const Accounts = describe({ name: 'accounts', indexes, goesWith: ['tenant'], migrations: [countReadings('accounts')], open: accountsIn })
export type Accounts = RowsOf<typeof Accounts>
