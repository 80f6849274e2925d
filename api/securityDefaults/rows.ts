// Whether a tenant has security defaults on: one row a tenant.
import type { Collection } from 'mongodb'
import { describe } from '../database/collection.ts'
import { belongingsIn } from '../database/readings.ts'

export interface SecurityDefaultsDoc {
  /** The tenant's id. */
  _id: string
  tenantId: string
  enabled: boolean
  readAt: Date
}

function securityDefaultsIn(collection: Collection<SecurityDefaultsDoc>) {
  return {
    ...belongingsIn(collection),
    /** @returns whether that is news */
    async put(tenantId: string, enabled: boolean, readAt: Date): Promise<boolean> {
      const before = await collection.findOneAndReplace({ _id: tenantId }, { tenantId, enabled, readAt }, { upsert: true })
      return before?.enabled !== enabled
    },
    of: (tenantIds: string[]): Promise<SecurityDefaultsDoc[]> => collection.find({ _id: { $in: tenantIds } }).toArray(),
  }
}
export const SecurityDefaults = describe({ name: 'securityDefaults', indexes: [{ key: { tenantId: 1 } }], goesWith: ['tenant'], open: securityDefaultsIn })
