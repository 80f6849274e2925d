// Licences that a tenant has bought.
import type { Collection, Db, IndexDescription } from 'mongodb'
import { listIn } from '../accounts/rows.ts'

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
  round: number
}

export const licenceIndexes: IndexDescription[] = [{ key: { tenantId: 1, round: 1 } }]

export function licencesIn(db: Db) {
  const collection: Collection<LicenceDoc> = db.collection('licences')
  return listIn(collection)
}
export type LicenceStore = ReturnType<typeof licencesIn>
