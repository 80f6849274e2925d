// Rows of a list that is read round by round: each carries the number of the full reading that saw it last, and what a finished one
// has not seen is swept.
import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb'
import type { Migration } from './collection.ts'
import { deletePortion } from './portions.ts'

/** Rows of a list after a complete reading: those that it has seen, and those that it would remove. */
export interface Tally {
  readonly seen: number
  readonly unseen: number
}

/** @param of the rows of the list; @param reading the number of the reading */
export async function tallyOf<T extends Document>(collection: Collection<T>, of: Document, reading: number): Promise<Tally> {
  const count = (readings: Document) => collection.countDocuments({ ...of, reading: readings })
  const [seen, unseen] = await Promise.all([count({ $gte: reading }), count({ $lt: reading })])
  return { seen, unseen }
}

export interface ReadRow {
  _id: string
  tenantId: string
  reading: number
}

/** Index of every such list. */
export const readIndex = { key: { tenantId: 1, reading: 1 } } as const

/** 0.1.0 called the number of a reading `round`, which is a worker's go at a unit. */
export const countReadings = (name: string): Migration => async (db) => {
  const collection = db.collection(name)
  await collection.updateMany({ reading: { $exists: false } }, [{ $set: { reading: '$round' } }])
  await collection.updateMany({ round: { $exists: true } }, { $unset: { round: '' } })
}

/** Writing and sweeping of a list of a tenant. */
export function readingsIn<T extends ReadRow>(collection: Collection<T>) {
  const cast = <F>(filter: F) => filter as never
  return {
    async write(docs: T[]): Promise<void> {
      if (docs.length === 0) return
      const operations = docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } }))
      await collection.bulkWrite(operations as unknown as AnyBulkWriteOperation<T>[], { ordered: false, writeConcern: { w: 'majority' } })
    },
    countOf: (tenantId: string): Promise<number> => collection.countDocuments(cast({ tenantId })),
    tally: (tenantId: string, reading: number) => tallyOf(collection, { tenantId }, reading),
    async sweep(tenantId: string, reading: number): Promise<void> {
      await collection.deleteMany(cast({ tenantId, reading: { $lt: reading } }))
    },
    async remove(ids: string[]): Promise<void> {
      if (ids.length > 0) await collection.deleteMany(cast({ _id: { $in: ids } }))
    },
    ofTenant: (tenantId: string): Promise<T[]> => collection.find(cast({ tenantId })).toArray() as Promise<T[]>,
    ...belongingsIn(collection),
  }
}

/** What every collection can say and do whose rows go with a tenant. */
export function belongingsIn<T extends Document>(collection: Collection<T>): Belongings {
  return {
    tenantIds: () => collection.distinct('tenantId', { tenantId: { $gt: '' } } as never),
    removeOfTenant: (tenantId) => deletePortion(collection, { tenantId } as never),
  }
}

export interface Belongings {
  /** Tenants of which there are rows. What belongs to none is left alone. */
  tenantIds(): Promise<string[]>
  /** Removes a portion of a tenant's rows. @returns how many it found; none: nothing is left */
  removeOfTenant(tenantId: string): Promise<number>
}

/** What every collection answers whose rows go with a customer. */
export interface CustomerBelongings {
  /** Removes a customer's rows: all of them, or those that touch these domains of it. */
  removeOfCustomer(customerId: string, domains?: readonly string[]): Promise<unknown>
}
