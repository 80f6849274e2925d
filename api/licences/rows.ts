// Licences that a tenant has bought.
import type { Collection, Db } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
import { countReadings, readIndex, readingsIn } from '../database/readings.ts'

export interface LicenceDoc {
  /** `${tenantId}|${skuId}` */
  _id: string
  tenantId: string
  skuId: string
  partNumber: string
  enabled: number
  warning: number
  suspended: number
  consumed: number
  reading: number
}

function licencesIn(collection: Collection<LicenceDoc>, db: Db) {
  return {
    ...readingsIn(collection, db),
    ofTenants: (tenantIds: string[]): Promise<LicenceDoc[]> => collection.find({ tenantId: { $in: tenantIds } }).toArray(),
  }
}
export const LicenceSkus = describe({ name: 'licences', indexes: [readIndex], goesWith: ['tenant'], migrations: [countReadings('licences')], open: licencesIn })
export type LicenceSkus = RowsOf<typeof LicenceSkus>
