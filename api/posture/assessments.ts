// The outcome of a check for a customer: one row a customer and check. What cards in channels are made from.
import type { Db, IndexDescription } from 'mongodb'
import type { Check } from './model.ts'

export interface AssessmentDoc {
  /** `${customerId}|${check}` */
  _id: string
  customerId: string
  check: Check
  /** Accounts that fail, of all that the check is about, and those of which it is not known. */
  failing: number
  of: number
  unknown: number
  /** `none`: there has never been a finding. */
  state: 'none' | 'open' | 'resolved'
  /** When state or counts last changed. */
  changedAt: Date
  assessedAt: Date
}

export const assessmentIndexes: IndexDescription[] = [{ key: { state: 1, changedAt: 1 } }]

export function assessmentsIn(db: Db) {
  const collection = db.collection<AssessmentDoc>('assessments')
  return {
    /** Writes the outcome of an assessment; `changedAt` moves only when state or counts differ. */
    async put(doc: Omit<AssessmentDoc, '_id' | 'changedAt'>): Promise<{ changed: boolean }> {
      const _id = `${doc.customerId}|${doc.check}`
      const before = await collection.findOne({ _id })
      const same =
        before !== null &&
        before.state === doc.state &&
        before.failing === doc.failing &&
        before.of === doc.of &&
        before.unknown === doc.unknown
      const changedAt = same ? before.changedAt : doc.assessedAt
      await collection.replaceOne({ _id }, { ...doc, changedAt }, { upsert: true })
      return { changed: !same }
    },
    /** Outcomes that people are or were told about: every open or resolved one. */
    async told(): Promise<AssessmentDoc[]> {
      return collection.find({ state: { $in: ['open', 'resolved'] } }).sort({ changedAt: 1 }).toArray()
    },
    async ofCustomer(customerId: string): Promise<AssessmentDoc[]> {
      return collection.find({ _id: { $gte: `${customerId}|`, $lt: `${customerId}}` } }).toArray()
    },
  }
}
export type Assessments = ReturnType<typeof assessmentsIn>
