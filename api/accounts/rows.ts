// Evidence about accounts: the directory's accounts, their MFA registration, the members of roles, the holders of app roles.
// Each list is written page by page with the number of its round; what a finished round has not seen is swept.
import type { AnyBulkWriteOperation, Collection, Db, IndexDescription } from 'mongodb'
import type { Role } from '../access/model.ts'
import { normalAddress } from '../people/address.ts'
import type { AccountDoc, RegistrationDoc, RoleMemberDoc } from '../posture/evidence.ts'
import { deletePortion } from '../database/portions.ts'
import { tallyOf } from '../database/tally.ts'

export interface AppRoleHolderDoc {
  /** `${tenantId}|${objectId}|${role}` */
  _id: string
  tenantId: string
  userId: string
  role: Role
  round: number
}

export interface Rounded {
  _id: string
  tenantId: string
  round: number
}

export const accountIndexes: IndexDescription[] = [{ key: { tenantId: 1, domains: 1 } }, { key: { tenantId: 1, addresses: 1 } }, { key: { tenantId: 1, round: 1 } }]
export const registrationIndexes: IndexDescription[] = [{ key: { tenantId: 1, round: 1 } }]
export const roleMemberIndexes: IndexDescription[] = [{ key: { tenantId: 1, round: 1 } }]
export const appRoleHolderIndexes: IndexDescription[] = [{ key: { tenantId: 1, userId: 1 } }, { key: { tenantId: 1, round: 1 } }]

/** Writing and sweeping of a list that is read round by round. */
export function listIn<T extends Rounded>(collection: Collection<T>) {
  const cast = <F>(filter: F) => filter as never
  return {
    async write(docs: T[]): Promise<void> {
      if (docs.length === 0) return
      const operations = docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } }))
      await collection.bulkWrite(operations as unknown as AnyBulkWriteOperation<T>[], { ordered: false, writeConcern: { w: 'majority' } })
    },
    countOf: (tenantId: string): Promise<number> => collection.countDocuments(cast({ tenantId })),
    tally: (tenantId: string, round: number) => tallyOf(collection, { tenantId }, round),
    async sweep(tenantId: string, round: number): Promise<void> {
      await collection.deleteMany(cast({ tenantId, round: { $lt: round } }))
    },
    tenantIds: (): Promise<string[]> => collection.distinct('tenantId'),
    /** A portion of a tenant's rows. @returns how many; none: nothing is left */
    removeOfTenant: (tenantId: string): Promise<number> => deletePortion(collection, cast({ tenantId })),
    async remove(ids: string[]): Promise<void> {
      if (ids.length > 0) await collection.deleteMany(cast({ _id: { $in: ids } }))
    },
    ofTenant: (tenantId: string): Promise<T[]> => collection.find(cast({ tenantId })).toArray() as Promise<T[]>,
  }
}

export function accountsIn(db: Db) {
  const collection = db.collection<AccountDoc>('accounts')
  return {
    ...listIn(collection),
    of: (tenantId: string, accountIds: string[]): Promise<AccountDoc[]> =>
      collection.find({ _id: { $in: accountIds.map((id) => `${tenantId}|${id}`) } }).toArray(),
    get: (tenantId: string, accountId: string): Promise<AccountDoc | null> => collection.findOne({ _id: `${tenantId}|${accountId}` }),
    /** Ids of the accounts that have this UPN; two where one of them has been deleted and its list does not say so yet. */
    async ofUserPrincipalName(tenantId: string, userPrincipalName: string): Promise<string[]> {
      const address = userPrincipalName.toLowerCase()
      const rows = await collection.find({ tenantId, addresses: normalAddress(address) ?? address }).toArray()
      return rows.filter((row) => row.userPrincipalName.toLowerCase() === address).map(({ accountId }) => accountId)
    },
    /** Accounts of the MSP's own tenants whose UPN lies at one of these domains. */
    atDomains: (tenantIds: string[], domains: string[]): Promise<AccountDoc[]> =>
      collection.find({ tenantId: { $in: tenantIds }, domains: { $in: domains } }).toArray(),
    /** Accounts of a tenant whose UPN lies at none of these domains. */
    notAtDomains: (tenantId: string, domains: string[]): Promise<AccountDoc[]> =>
      collection.find({ tenantId, domains: { $nin: domains } }).toArray(),
    /** By account id; an account that has been deleted has none. */
    async userPrincipalNames(tenantId: string, accountIds: string[]): Promise<Map<string, string>> {
      if (accountIds.length === 0) return new Map()
      const rows = await collection
        .find({ _id: { $in: accountIds.map((id) => `${tenantId}|${id}`) } }, { projection: { accountId: 1, userPrincipalName: 1 } })
        .toArray()
      return new Map(rows.map((row) => [row.accountId, row.userPrincipalName]))
    },
    async names(tenantId: string, accountIds: string[]): Promise<Map<string, string>> {
      const rows = await collection
        .find({ _id: { $in: accountIds.map((id) => `${tenantId}|${id}`) } }, { projection: { accountId: 1, displayName: 1 } })
        .toArray()
      return new Map(rows.map((row) => [row.accountId, row.displayName]))
    },
  }
}
export type Accounts = ReturnType<typeof accountsIn>

export function registrationsIn(db: Db) {
  const collection = db.collection<RegistrationDoc>('registrations')
  return {
    ...listIn(collection),
    of: (ids: string[]): Promise<RegistrationDoc[]> => collection.find({ _id: { $in: ids } }).toArray(),
  }
}
export type Registrations = ReturnType<typeof registrationsIn>

export function roleMembersIn(db: Db) {
  return listIn(db.collection<RoleMemberDoc>('roleMembers'))
}
export type RoleMembers = ReturnType<typeof roleMembersIn>

/** Roles that can be activated through PIM, in the same form. */
export function eligibleMembersIn(db: Db) {
  return listIn(db.collection<RoleMemberDoc>('eligibleMembers'))
}

export function appRoleHoldersIn(db: Db) {
  const collection = db.collection<AppRoleHolderDoc>('appRoleHolders')
  return {
    ...listIn(collection),
    rolesOf: async (tenantId: string, userId: string): Promise<Role[]> =>
      (await collection.find({ tenantId, userId }).toArray()).map(({ role }) => role),
  }
}
export type AppRoleHolders = ReturnType<typeof appRoleHoldersIn>
