// The result of a check for a customer: one row a customer and check. What cards in channels are made from.
import type { Collection, IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import { replaceNewer } from '../database/guarded.ts'
import type { CheckId } from './model.ts'

export interface ResultDoc {
  /** `${customerId}|${check}` */
  _id: string
  customerId: string
  check: CheckId
  /** Accounts that fail, of all that the check is about, and those of which it is not known. */
  failing: number
  of: number
  unknown: number
  /** `none`: there has never been a finding. */
  state: 'none' | 'open' | 'resolved'
  /** When state or counts last changed. */
  changedAt: Date
  judgedAt: Date
}

const indexes: IndexDescription[] = [{ key: { state: 1, changedAt: 1 } }]

/** 0.1.0 called a result an assessment. */
const nameResults: Migration = async (db) => {
  for (const { _id, assessedAt, ...row } of await db.collection<Omit<ResultDoc, 'judgedAt'> & { assessedAt: Date }>('assessments').find().toArray()) {
    await db.collection<ResultDoc>('results').updateOne({ _id }, { $setOnInsert: { ...row, judgedAt: assessedAt } }, { upsert: true })
  }
  await db.collection('assessments').drop().catch(() => undefined)
}

/** 0.1.0 did not say under which lease something was judged. */
const countEpochs: Migration = (db) => db.collection('results').updateMany({ epoch: { $exists: false } }, { $set: { epoch: 0 } })

function resultsIn(collection: Collection<ResultDoc & { epoch: number }>) {
  return {
    /**
     * Writes a result; `changedAt` moves only when state or counts differ.
     * @param epoch of the lease under which it was judged: what a newer one wrote stays
     */
    async put(doc: Omit<ResultDoc, '_id' | 'changedAt'>, epoch: number): Promise<{ changed: boolean }> {
      const _id = `${doc.customerId}|${doc.check}`
      const before = await collection.findOne({ _id })
      const same =
        before !== null &&
        before.state === doc.state &&
        before.failing === doc.failing &&
        before.of === doc.of &&
        before.unknown === doc.unknown
      const changedAt = same ? before.changedAt : doc.judgedAt
      const written = await replaceNewer(() => collection.replaceOne({ _id, epoch: { $lte: epoch } }, { ...doc, changedAt, epoch }, { upsert: true }))
      return { changed: written && !same }
    },
    /** Those that people are or were told about. */
    async openOrResolved(): Promise<ResultDoc[]> {
      return collection.find({ state: { $in: ['open', 'resolved'] } }).sort({ changedAt: 1 }).toArray()
    },
    async ofCustomer(customerId: string): Promise<ResultDoc[]> {
      return collection.find({ _id: { $gte: `${customerId}|`, $lt: `${customerId}}` } }).toArray()
    },
  }
}
export const Results = describe({ name: 'results', indexes, migrations: [nameResults, countEpochs], open: resultsIn })
export type Results = RowsOf<typeof Results>
