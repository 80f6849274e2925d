// The posture of a customer in numbers, as last judged: what lists across customers are made from.
import type { Collection } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
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
}

/** 0.1.0 called judging assessing. */
const nameJudging: Migration = async (db) => {
  const postures = db.collection('postures')
  await postures.updateMany({ judgedAt: { $exists: false } }, [{ $set: { judgedAt: '$assessedAt' } }])
  await postures.updateMany({ assessedAt: { $exists: true } }, { $unset: { assessedAt: '' } })
}

function posturesIn(collection: Collection<PostureDoc>) {
  return {
    async put(doc: PostureDoc): Promise<void> {
      await collection.replaceOne({ _id: doc._id }, doc, { upsert: true })
    },
    async of(customerIds: string[]): Promise<Map<string, PostureDoc>> {
      return new Map((await collection.find({ _id: { $in: customerIds } }).toArray()).map((doc) => [doc._id, doc]))
    },
  }
}
export const Postures = describe({ name: 'postures', migrations: [nameJudging], open: posturesIn })
export type Postures = RowsOf<typeof Postures>
