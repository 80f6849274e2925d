// The last question of a person in a private chat: which customer, what kind of question and which time, never its words. Makes "and
// meetings?" mean something in every copy of the process. Forgotten after ten minutes.
import type { Collection, IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../../api/database/collection.ts'
import type { Range } from '../understand/range.ts'
import type { Talk } from '../understand/talk.ts'

export interface TalkDoc {
  /** `${tenantId}|${userId}` */
  _id: string
  /** The last customer that was asked about; null when none was. */
  customerId: string | null
  /** Kind of the last question. */
  topic: string
  /** The time of the last question, as the grammar knows it. */
  range?: Range | null
  at: Date
}

const keptSeconds = 600

const indexes: IndexDescription[] = [{ key: { at: 1 }, expireAfterSeconds: keptSeconds }]

const idOf = (tenantId: string, userId: string): string => `${tenantId}|${userId}`

function talksIn(collection: Collection<TalkDoc>) {
  // The index deletes about once a minute, so the age is looked at here, too.
  const fresh = (now: Date): Date => new Date(now.getTime() - keptSeconds * 1000)
  return {
    async last(tenantId: string, userId: string, now: Date): Promise<Talk | null> {
      const doc = await collection.findOne({ _id: idOf(tenantId, userId), at: { $gt: fresh(now) } })
      return doc === null ? null : { customerId: doc.customerId, topic: doc.topic, range: doc.range ?? null }
    },
    /** @param talk a customerId of null keeps the one that is known */
    async remember(tenantId: string, userId: string, talk: Talk, now: Date): Promise<void> {
      const _id = idOf(tenantId, userId)
      const known = talk.customerId === null ? ((await collection.findOne({ _id, at: { $gt: fresh(now) } }))?.customerId ?? null) : talk.customerId
      await collection.replaceOne({ _id }, { customerId: known, topic: talk.topic, range: talk.range, at: now }, { upsert: true })
    },
  }
}
export const Talks = describe({ name: 'talks', indexes, open: talksIn })
export type Talks = RowsOf<typeof Talks>
