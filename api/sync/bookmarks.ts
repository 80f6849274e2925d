// Bookmarks: where sync stopped reading in a folder or a list. Written after the items of the page, never before.
import type { Db, IndexDescription } from 'mongodb'

export interface BookmarkDoc {
  /** `${unitId}|${container}` */
  _id: string
  unitId: string
  container: string
  /** Empty at the end of a plain list, which begins anew each time. */
  link: string
  kind: 'next' | 'delta' | 'end'
  /** Grows with each reading from the start. What a finished full round has not seen again is gone. */
  round: number
  /** Whether this round began from the start and has not swept yet. */
  full: boolean
  /** How the round was begun (customer filter, window); another version means: read again from the start. */
  version: string
  /** Items seen, and pages read, in this round so far. */
  items: number
  pages: number
  /** When the container was last read whole, and believed. */
  fullAt: Date | null
  /** When a complete reading was first not believed; null: the last one was. */
  doubtedAt: Date | null
  /** The round of that reading: what neither it nor a later one has seen goes once a second one agrees. */
  doubtedRound: number | null
  epoch: number
}

export const bookmarkIndexes: IndexDescription[] = [{ key: { unitId: 1 } }]

export function bookmarksIn(db: Db) {
  const collection = db.collection<BookmarkDoc>('bookmarks')
  return {
    get: (unitId: string, container: string): Promise<BookmarkDoc | null> => collection.findOne({ _id: `${unitId}|${container}` }),
    containersOf: async (unitId: string): Promise<string[]> =>
      (await collection.find({ unitId }, { projection: { container: 1 } }).toArray()).map(({ container }) => container),
    /**
     * Moves a bookmark, fenced by the lease's epoch: an older owner cannot move it back.
     * @returns false when a newer owner has been here: stop at once
     */
    async put(doc: Omit<BookmarkDoc, '_id'>): Promise<boolean> {
      const _id = `${doc.unitId}|${doc.container}`
      try {
        await collection.replaceOne({ _id, epoch: { $lte: doc.epoch } }, doc, { upsert: true })
        return true
      } catch (error) {
        if ((error as { code?: unknown }).code === 11000) return false
        throw error
      }
    },
    async remove(unitId: string, container?: string): Promise<void> {
      await collection.deleteMany(container === undefined ? { unitId } : { _id: `${unitId}|${container}` })
    },
  }
}
export type Bookmarks = ReturnType<typeof bookmarksIn>
