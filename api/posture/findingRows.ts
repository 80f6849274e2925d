// Findings: one row an account and check, opened and resolved, never deleted, so that the card and the history stay true.
import type { AnyBulkWriteOperation, Collection, IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import { ignoreOlder } from '../database/guarded.ts'
import type { CheckId } from './model.ts'

export interface FindingDoc {
  /** `${customerId}|${check}|${tenantId}|${accountId}` */
  _id: string
  customerId: string
  check: CheckId
  tenantId: string
  accountId: string
  accountName: string
  state: 'open' | 'resolved'
  reason: string
  openedAt: Date
  resolvedAt: Date | null
}

const indexes: IndexDescription[] = [{ key: { customerId: 1, check: 1 } }, { key: { state: 1, customerId: 1 } }, { key: { customerId: 1, state: 1, resolvedAt: -1 } }]

type Stored = FindingDoc & { epoch: number }

/** 0.1.0 did not say under which lease something was judged. */
const countEpochs: Migration = (db) => db.collection('findings').updateMany({ epoch: { $exists: false } }, { $set: { epoch: 0 } })

function findingsIn(collection: Collection<Stored>) {
  return {
    /** Open ones, and those that were resolved since, newest first; of very many the first. */
    recent: (customerId: string, since: Date, limit: number): Promise<FindingDoc[]> =>
      Promise.all([
        collection.find({ customerId, state: 'open' }).sort({ openedAt: -1 }).limit(limit).toArray(),
        collection.find({ customerId, state: 'resolved', resolvedAt: { $gte: since } }).sort({ resolvedAt: -1 }).limit(limit).toArray(),
      ]).then((both) => both.flat()),
    ofCustomer: (customerId: string): Promise<FindingDoc[]> => collection.find({ customerId }).toArray(),
    /** @param epoch of the lease under which they were judged: what a newer one wrote stays */
    async write(docs: FindingDoc[], epoch: number): Promise<void> {
      if (docs.length === 0) return
      const operations: AnyBulkWriteOperation<Stored>[] = docs.map((doc) => ({
        replaceOne: { filter: { _id: doc._id, epoch: { $lte: epoch } }, replacement: { ...doc, epoch }, upsert: true },
      }))
      await ignoreOlder(() => collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority' } }))
    },
    async openCounts(customerIds: string[]): Promise<Map<string, number>> {
      const rows = await collection
        .aggregate<{ _id: string; n: number }>([
          { $match: { state: 'open', customerId: { $in: customerIds } } },
          { $group: { _id: '$customerId', n: { $sum: 1 } } },
        ])
        .toArray()
      return new Map(rows.map(({ _id, n }) => [_id, n]))
    },
  }
}
export const Findings = describe({ name: 'findings', indexes, migrations: [countEpochs], open: findingsIn })
export type Findings = RowsOf<typeof Findings>
