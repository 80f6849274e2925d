// Who holds which directory role: active assignments, and in the same form what can be activated through PIM.
import type { Collection, Db } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
import { countReadings, readIndex, readingsIn } from '../database/readings.ts'

export interface RoleMemberDoc {
  /** tenant, role, member, group and scope, joined by | */
  _id: string
  tenantId: string
  roleTemplateId: string
  roleName: string
  memberId: string
  memberKind: 'user' | 'group' | 'servicePrincipal' | 'unknown'
  /** Of a service principal; an account's name stands in the directory. */
  memberName: string | null
  assignment: 'active' | 'eligible'
  /** Name of the group through which the role is held. */
  viaGroup: string | null
  scope: 'tenant' | 'limited'
  /** The full reading of its list that saw it last. */
  reading: number
}

const membersIn = (name: string) =>
  describe({ name, indexes: [readIndex], goesWith: ['tenant'], migrations: [countReadings(name)], open: (collection: Collection<RoleMemberDoc>, db: Db) => readingsIn(collection, db) })

export const RoleMembers = membersIn('roleMembers')
export const EligibleMembers = membersIn('eligibleMembers')
export type RoleMembers = RowsOf<typeof RoleMembers>
