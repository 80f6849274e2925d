// Bookmarks: where sync stopped reading in a folder or a list. Written after the items of the page, never before.
import type { Collection, IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import { countReadings } from '../database/readings.ts'

export interface BookmarkDoc {
  /** `${unitId}|${container}` */
  _id: string
  unitId: string
  container: string
  /** Empty at the end of a plain list, which begins anew each time. */
  link: string
  kind: 'next' | 'delta' | 'end'
  /** Grows with each reading from the start. What a finished full reading has not seen again is gone. */
  reading: number
  /** Whether this reading began from the start and has not swept yet. */
  full: boolean
  /** How the reading was begun (customer filter, window); another version means: read again from the start. */
  version: string
  /** Items seen, and pages read, in this reading so far. */
  items: number
  pages: number
  /** When the container was last read whole, and believed. */
  fullAt: Date | null
  /** When a complete reading was first not believed; null: the last one was. */
  doubtedAt: Date | null
  /** The number of that reading: what neither it nor a later one has seen goes once a second one agrees. */
  doubtedReading: number | null
  epoch: number
}

const indexes: IndexDescription[] = [{ key: { unitId: 1 } }]

/** 0.1.0 did not say when a container was last read whole, and believed every list. */
const readWholeLater: Migration = (db) =>
  db.collection('bookmarks').updateMany({ doubtedAt: { $exists: false } }, { $set: { pages: 0, fullAt: null, doubtedAt: null, doubtedReading: null } })

/** The number of a reading was called `round`, which is a worker's go at a unit. */
const nameReadings: Migration = async (db) => {
  const bookmarks = db.collection('bookmarks')
  await bookmarks.updateMany({ doubtedRound: { $exists: true } }, [{ $set: { doubtedReading: '$doubtedRound' } }])
  await bookmarks.updateMany({ doubtedRound: { $exists: true } }, { $unset: { doubtedRound: '' } })
}

function bookmarksIn(collection: Collection<BookmarkDoc>) {
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
export const Bookmarks = describe({ name: 'bookmarks', indexes, migrations: [readWholeLater, nameReadings, countReadings('bookmarks')], open: bookmarksIn })
export type Bookmarks = RowsOf<typeof Bookmarks>
