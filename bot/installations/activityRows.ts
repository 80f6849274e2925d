// Activities that were taken on. Teams sends one again when the answer takes more than about 15 seconds, and each must have its
// effect once: the first insert wins. Forgotten after a day.
import { MongoServerError, type Collection, type IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../../api/database/collection.ts'

export interface ActivityDoc {
  /** `${conversationId}|${activityId}`: activity ids are unique in their conversation only. */
  _id: string
  at: Date
}

const indexes: IndexDescription[] = [{ key: { at: 1 }, expireAfterSeconds: 24 * 60 * 60 }]

const idOf = (conversationId: string, activityId: string): string => `${conversationId}|${activityId}`

function activitiesIn(collection: Collection<ActivityDoc>) {
  return {
    /** @returns true for the one caller that may act on this activity */
    async claim(conversationId: string, activityId: string, now: Date): Promise<boolean> {
      try {
        await collection.insertOne({ _id: idOf(conversationId, activityId), at: now })
        return true
      } catch (error) {
        if (error instanceof MongoServerError && error.code === 11000) return false
        throw error
      }
    },
    /** Was it acted on already? For effects that are claimed only when they are complete. */
    async claimed(conversationId: string, activityId: string): Promise<boolean> {
      return (await collection.findOne({ _id: idOf(conversationId, activityId) })) !== null
    },
  }
}
export const Activities = describe({ name: 'activities', indexes, open: activitiesIn })
export type Activities = RowsOf<typeof Activities>
