// Who holds a role in Outpost, as assigned in Microsoft Entra.
import type { Collection, Db, IndexDescription } from 'mongodb'
import type { Role } from '../access/model.ts'
import { describe } from '../database/collection.ts'
import { countReadings, readIndex, readingsIn } from '../database/readings.ts'

export interface AppRoleHolderDoc {
  /** `${tenantId}|${objectId}|${role}` */
  _id: string
  tenantId: string
  userId: string
  role: Role
  reading: number
}

const indexes: IndexDescription[] = [{ key: { tenantId: 1, userId: 1 } }, readIndex]

function appRoleHoldersIn(collection: Collection<AppRoleHolderDoc>, db: Db) {
  return {
    ...readingsIn(collection, db),
    rolesOf: async (tenantId: string, userId: string): Promise<Role[]> => (await collection.find({ tenantId, userId }).toArray()).map(({ role }) => role),
  }
}
export const AppRoleHolders = describe({ name: 'appRoleHolders', indexes, goesWith: ['tenant'], migrations: [countReadings('appRoleHolders')], open: appRoleHoldersIn })
