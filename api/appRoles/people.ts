// Who somebody is to Outpost, by the directory of the home tenant as sync read it.
import type { People } from '../access/actor.ts'
import { Accounts } from '../accounts/rows.ts'
import type { Database } from '../database/collection.ts'
import { Units } from '../sync/units.ts'
import { AppRoleHolders } from './rows.ts'
import { appRoleStream } from './stream.ts'

export const peopleIn = (db: Database): People => ({
  addressesOf: async (tenantId, userId) => (await db(Accounts).get(tenantId, userId))?.addresses ?? [],
  async rolesOf(tenantId, userId) {
    const [[unit], roles] = await Promise.all([db(Units).ofStreams([tenantId], [appRoleStream.name]), db(AppRoleHolders).rolesOf(tenantId, userId)])
    return { roles, readAt: unit?.lastSuccessAt ?? null }
  },
})
