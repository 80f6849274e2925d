// The cards that people were shown without asking: one row a channel, customer and check, and one row a person, tenant and
// reminder, written before the card is sent. Leases follow the database's clock ($$NOW) and carry an epoch, so that two copies of
// the process never send the same card.
import { MongoServerError, type Collection, type IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../../api/database/collection.ts'
import type { CheckId } from '../../api/posture/model.ts'

/** A reminder of a secret that expires: the day on which it does, and how many days before. The next secret has its own. */
export type ReminderKey = `secretExpiry|${string}|${number}`

export interface CardDoc {
  /** `${targetId}|${customerId}|${check}`: what makes a second card for the same thing impossible */
  _id: string
  /** Id of the installation whose channel or private chat it is in. */
  targetId: string
  /** Of a reminder, the id of the tenant. */
  customerId: string
  check: CheckId | ReminderKey
  /**
   * sending: a copy of the process holds the lease and sends it for the first time. posted: it is there. refused: it is surely
   * not there, and is tried again. unknown: nobody can tell, so it is never sent again by itself. gone: somebody deleted it. Both
   * end with the finding.
   */
  state: 'sending' | 'posted' | 'refused' | 'unknown' | 'gone'
  conversationId: string | null
  activityId: string | null
  /** Of the facts that the card shows; null before it was shown. */
  contentHash: string | null
  /** What people were last told of a finding, whatever became of the card since; null of a reminder, and before it was shown. */
  told: Told | null
  /** A reply in the card's thread, for what an edited card would hide: due, or being sent. It is sent at most once. */
  reply: { what: News; sending: boolean } | null
  /** Failures since the last success. */
  attempts: number
  /** Times that it was posted anew because it was no longer there. */
  reposts: number
  /** Not to be tried before. */
  notBefore: Date
  leaseUntil: Date
  epoch: number
  /** What the last failure was: a status or a word, never a text. */
  error: string | null
  createdAt: Date
}

/** again: what was resolved is open again. worse: more accounts fail than people were told. */
export type News = 'again' | 'worse'

/** Of a result: whether accounts fail, and how many. */
export interface Told {
  state: 'open' | 'resolved'
  failing: number
}

/**
 * Rows that were written before it was kept what people were told: the outcome that is known now was on the card a moment after.
 * May be repeated.
 */
export const rememberWhatCardsTold: Migration = async (db) => {
  const cards = db.collection<CardDoc>('cards')
  const results = db.collection<{ _id: string; state: 'none' | 'open' | 'resolved'; failing: number }>('results')
  for (const { _id, customerId, check } of await cards.find({ told: { $exists: false } }).toArray()) {
    const result = await results.findOne({ _id: `${customerId}|${check}` })
    const told = result === null || result.state === 'none' ? null : { state: result.state, failing: result.failing }
    await cards.updateOne({ _id, told: { $exists: false } }, { $set: { told, reply: null } })
  }
}

const indexes: IndexDescription[] = [{ key: { targetId: 1 } }]

export type CardKey = Pick<CardDoc, 'targetId' | 'customerId' | 'check'>

export const cardIdOf = ({ targetId, customerId, check }: CardKey): string => `${targetId}|${customerId}|${check}`

function cardsIn(collection: Collection<CardDoc>) {
  const after = (seconds: number) => ({ $add: ['$$NOW', Math.round(seconds * 1000)] })
  const free = { $and: [{ $lte: ['$leaseUntil', '$$NOW'] }, { $lte: ['$notBefore', '$$NOW'] }] }
  const next = { leaseUntil: '$$NOW', attempts: { $add: ['$attempts', 1] } }
  const literals = (values: Partial<CardDoc>) => Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { $literal: value }]))

  return {
    ofTarget: (targetId: string): Promise<CardDoc[]> => collection.find({ targetId }).toArray(),

    /**
     * Takes the right to post a card for the first time, before it is sent.
     * @returns the epoch under which to report how it went; null when another copy has, or had, that right
     */
    async begin({ targetId, customerId, check }: CardKey, seconds: number): Promise<number | null> {
      const fresh = {
        ...literals({ targetId, customerId, check, state: 'sending', conversationId: null, activityId: null, contentHash: null }),
        ...literals({ attempts: 0, reposts: 0, epoch: 1, error: null, told: null, reply: null }),
        notBefore: '$$NOW', createdAt: '$$NOW', leaseUntil: after(seconds),
      }
      try {
        // What is stored already wins over what is fresh, so an existing row stays as it is.
        const keep = [{ $replaceWith: { $mergeObjects: [fresh, '$$ROOT'] } }]
        const result = await collection.updateOne({ _id: cardIdOf({ targetId, customerId, check }) }, keep, { upsert: true })
        return result.upsertedCount === 1 ? 1 : null
      } catch (error) {
        if (error instanceof MongoServerError && error.code === 11000) return null
        throw error
      }
    },
    /** The same for a card that was refused before, once its time has come. */
    async beginAgain(id: string, seconds: number): Promise<number | null> {
      const doc = await collection.findOneAndUpdate(
        { _id: id, state: 'refused', $expr: free },
        [{ $set: { state: { $literal: 'sending' }, leaseUntil: after(seconds), epoch: { $add: ['$epoch', 1] } } }],
        { returnDocument: 'after' },
      )
      return doc?.epoch ?? null
    },
    /** It is there. Also when the lease has run out meanwhile: knowing is better than not. */
    async posted(id: string, epoch: number, where: { conversationId: string; activityId: string }, shown: Pick<CardDoc, 'contentHash' | 'told'>): Promise<void> {
      await collection.updateOne({ _id: id, epoch }, [
        { $set: { ...literals({ state: 'posted', ...where, ...shown, reply: null, attempts: 0, error: null }), leaseUntil: '$$NOW', notBefore: '$$NOW' } },
      ])
    },
    /** Of a finding that nobody was told of yet there is no row: those are made and sent in one pass. */
    countPending: (): Promise<number> => collection.countDocuments({ $or: [{ state: { $in: ['sending', 'refused'] } }, { reply: { $ne: null } }] }),
    /** It is surely not there; to be tried again in some seconds. */
    async refused(id: string, epoch: number, seconds: number, error: string): Promise<void> {
      await collection.updateOne({ _id: id, epoch }, [{ $set: { ...literals({ state: 'refused', error }), ...next, notBefore: after(seconds) } }])
    },
    /** Nobody knows whether it is there. */
    async unknown(id: string, epoch: number, error: string): Promise<void> {
      await collection.updateOne({ _id: id, epoch }, [{ $set: { ...literals({ state: 'unknown', error }), ...next } }])
    },
    /**
     * A card whose sender has not reported within its lease: it was killed, and nobody knows whether the card is there.
     * @returns true for the one caller that found it
     */
    async expire(id: string): Promise<boolean> {
      const result = await collection.updateOne({ _id: id, state: 'sending', $expr: { $lt: ['$leaseUntil', '$$NOW'] } }, {
        $set: { state: 'unknown', error: 'interrupted' },
      })
      return result.matchedCount === 1
    },
    /** Takes the lease for replacing a card in place; null when somebody else has it or its time has not come. */
    claimUpdate: (id: string, seconds: number): Promise<CardDoc | null> =>
      collection.findOneAndUpdate(
        { _id: id, state: 'posted', $expr: free },
        [{ $set: { leaseUntil: after(seconds), epoch: { $add: ['$epoch', 1] } } }],
        { returnDocument: 'after' },
      ),
    /** @param news what of it has to be said in its thread as well; null for nothing */
    async updated(id: string, epoch: number, shown: Pick<CardDoc, 'contentHash' | 'told'>, news: News | null): Promise<void> {
      // Whoever deletes the next card does not want to see this finding again; after it was resolved it is another one.
      const afresh = shown.told?.state === 'resolved' ? { reposts: 0 } : {}
      const values = { ...shown, reply: news === null ? null : { what: news, sending: false }, ...afresh, attempts: 0, error: null }
      await collection.updateOne({ _id: id, epoch }, [{ $set: { ...literals(values), leaseUntil: '$$NOW', notBefore: '$$NOW' } }])
    },
    /** Takes the right to send the reply that is due, before it is sent; null when another copy has it or its time has not come. */
    claimReply: (id: string, seconds: number): Promise<CardDoc | null> =>
      collection.findOneAndUpdate(
        { _id: id, state: 'posted', 'reply.sending': false, $expr: free },
        [{ $set: { reply: { $mergeObjects: ['$reply', { sending: true }] }, leaseUntil: after(seconds), epoch: { $add: ['$epoch', 1] } } }],
        { returnDocument: 'after' },
      ),
    /** The reply is there, or nobody knows whether it is. @param error what went wrong then */
    async replied(id: string, epoch: number, error: string | null = null): Promise<void> {
      await collection.updateOne({ _id: id, epoch }, [{ $set: { ...literals({ reply: null, attempts: 0, error }), leaseUntil: '$$NOW' } }])
    },
    /** The reply is surely not there; to be tried again in some seconds. */
    async replyRefused(id: string, epoch: number, seconds: number, error: string): Promise<void> {
      await collection.updateOne({ _id: id, epoch }, [{ $set: { ...literals({ error }), reply: { $mergeObjects: ['$reply', { sending: false }] }, ...next, notBefore: after(seconds) } }])
    },
    /** A reply whose sender was killed: nobody knows whether it is there. @returns true for the one caller that found it */
    async expireReply(id: string): Promise<boolean> {
      const result = await collection.updateOne({ _id: id, 'reply.sending': true, $expr: { $lt: ['$leaseUntil', '$$NOW'] } }, { $set: { reply: null, error: 'interrupted' } })
      return result.matchedCount === 1
    },
    /** Replacing is repeatable, so whatever went wrong is tried again in some seconds. */
    async updateFailed(id: string, epoch: number, seconds: number, error: string): Promise<void> {
      await collection.updateOne({ _id: id, epoch }, [{ $set: { ...literals({ error }), ...next, notBefore: after(seconds) } }])
    },
    /** The card is no longer in the channel. @param again whether it is to be posted anew */
    async lost(id: string, epoch: number, again: boolean): Promise<void> {
      await collection.updateOne({ _id: id, epoch }, [
        {
          $set: {
            ...literals({ state: again ? 'refused' : 'gone', conversationId: null, activityId: null, contentHash: null, told: null, reply: null, attempts: 0, error: 'gone' }),
            reposts: { $add: ['$reposts', 1] }, leaseUntil: '$$NOW', notBefore: '$$NOW',
          },
        },
      ])
    },
    /** Forgets a card that was never shown, is gone, or of which nobody knows. */
    async forget(id: string): Promise<void> {
      await collection.deleteOne({ _id: id, state: { $in: ['refused', 'unknown', 'gone'] } })
    },
  }
}
export const Cards = describe({ name: 'cards', indexes, migrations: [rememberWhatCardsTold], open: cardsIn })
export type Cards = RowsOf<typeof Cards>
