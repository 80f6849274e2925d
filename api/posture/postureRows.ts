// The posture of a customer in numbers, as last judged: what lists across customers are made from.
import type { Collection } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import { replaceNewer } from '../database/guarded.ts'
import type { Coverage } from './model.ts'

export interface PostureDoc {
  /** The customer's id. */
  _id: string
  mfa: Coverage
  /** Null: the roles of its tenants have not been read, so nobody knows who is privileged. */
  privilegedMfa: Coverage | null
  /** Accounts known of the customer, of any kind. */
  accounts: number
  judgedAt: Date
  /** What it rests on, as `evidenceMarks` gives it; null: not known, or not all of it is written yet. */
  evidence: string | null
  /** Of the lease under which it was judged: an older one writes nothing over it. */
  epoch: number
}

/** 0.1.0 called judging assessing. */
const nameJudging: Migration = async (db) => {
  const postures = db.collection('postures')
  await postures.updateMany({ judgedAt: { $exists: false } }, [{ $set: { judgedAt: '$assessedAt' } }])
  await postures.updateMany({ assessedAt: { $exists: true } }, { $unset: { assessedAt: '' } })
}

/** What was judged before evidence had marks is judged anew. */
const markEvidence: Migration = (db) => db.collection('postures').updateMany({ epoch: { $exists: false } }, { $set: { evidence: null, epoch: 0 } })

function posturesIn(collection: Collection<PostureDoc>) {
  return {
    /** The first thing that a judging writes. @returns false when a newer one has been here: write nothing more */
    async put(doc: Omit<PostureDoc, 'evidence'>): Promise<boolean> {
      return replaceNewer(() => collection.replaceOne({ _id: doc._id, epoch: { $lte: doc.epoch } }, { ...doc, evidence: null }, { upsert: true }))
    },
    /** The last thing: all that follows from this evidence is written. */
    async restsOn(customerId: string, epoch: number, evidence: string | null): Promise<void> {
      await collection.updateOne({ _id: customerId, epoch }, { $set: { evidence } })
    },
    /** The same evidence was read again: no part of it is older than this. */
    async readAgain({ _id, evidence, mfa, privilegedMfa }: PostureDoc, since: Date): Promise<void> {
      const later = <C extends Coverage | null>(coverage: C) => (coverage === null || coverage.asOf === null || coverage.asOf > since.toISOString() ? coverage : { ...coverage, asOf: since.toISOString() })
      await collection.updateOne({ _id, evidence }, { $set: { mfa: later(mfa), privilegedMfa: later(privilegedMfa) } })
    },
    async of(customerIds: string[]): Promise<Map<string, PostureDoc>> {
      return new Map((await collection.find({ _id: { $in: customerIds } }).toArray()).map((doc) => [doc._id, doc]))
    },
  }
}
export const Postures = describe({ name: 'postures', migrations: [nameJudging, markEvidence], open: posturesIn })
export type Postures = RowsOf<typeof Postures>
