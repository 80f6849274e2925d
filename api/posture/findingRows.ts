// Findings: one row an account and check, opened and resolved, never deleted, so that the card and the history stay true.
import type { AnyBulkWriteOperation, Collection, IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
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

const indexes: IndexDescription[] = [{ key: { customerId: 1, check: 1 } }, { key: { state: 1, customerId: 1 } }]

function findingsIn(collection: Collection<FindingDoc>) {
  return {
    ofCustomer: (customerId: string): Promise<FindingDoc[]> => collection.find({ customerId }).toArray(),
    async write(docs: FindingDoc[]): Promise<void> {
      if (docs.length === 0) return
      const operations: AnyBulkWriteOperation<FindingDoc>[] = docs.map((doc) => ({
        replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true },
      }))
      await collection.bulkWrite(operations, { writeConcern: { w: 'majority' } })
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
export const Findings = describe({ name: 'findings', indexes, open: findingsIn })
export type Findings = RowsOf<typeof Findings>
