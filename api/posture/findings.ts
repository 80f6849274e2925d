// Findings: one row an account and check, opened and resolved, never deleted, so that the card and the history stay true.
import type { AnyBulkWriteOperation, Db, IndexDescription } from 'mongodb'
import type { FindingDoc } from './evidence.ts'
import type { Check } from './model.ts'

export const findingIndexes: IndexDescription[] = [{ key: { customerId: 1, check: 1 } }, { key: { state: 1, customerId: 1 } }]

export function findingsIn(db: Db) {
  const collection = db.collection<FindingDoc>('findings')
  return {
    ofCustomer: (customerId: string): Promise<FindingDoc[]> => collection.find({ customerId }).toArray(),
    ofCheck: (customerId: string, check: Check): Promise<FindingDoc[]> => collection.find({ customerId, check }).toArray(),
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
export type Findings = ReturnType<typeof findingsIn>
