// Mail folders of a mailbox: which there are and what lies below what. No names: they can say too much.
import type { AnyBulkWriteOperation, Collection, IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
import { countReadings, tallyOf } from '../database/readings.ts'

export interface FolderDoc {
  /** `${unitId}|${folderId}` */
  _id: string
  unitId: string
  folderId: string
  parentFolderId: string | null
  reading: number
}

const indexes: IndexDescription[] = [{ key: { unitId: 1, reading: 1 } }]

function foldersIn(collection: Collection<FolderDoc>) {
  return {
    ofUnit: (unitId: string): Promise<FolderDoc[]> => collection.find({ unitId }).sort({ _id: 1 }).toArray(),
    /** @param seen without a parent where Graph told only what else has changed: such a folder stays where it is known to lie */
    async write(unitId: string, seen: { folderId: string; parentFolderId: string | undefined; reading: number }[], removed: string[]): Promise<void> {
      const operations: AnyBulkWriteOperation<FolderDoc>[] = [
        ...seen.map(({ folderId, parentFolderId, reading }) => {
          const place = parentFolderId === undefined ? { $set: { reading }, $setOnInsert: { unitId, folderId, parentFolderId: null } } : { $set: { unitId, folderId, parentFolderId, reading } }
          return { updateOne: { filter: { _id: `${unitId}|${folderId}` }, update: place, upsert: true } }
        }),
        ...removed.map((folderId) => ({ deleteOne: { filter: { _id: `${unitId}|${folderId}` } } })),
      ]
      if (operations.length > 0) await collection.bulkWrite(operations)
    },
    tally: (unitId: string, reading: number) => tallyOf(collection, { unitId }, reading),
    async sweep(unitId: string, reading: number): Promise<void> {
      await collection.deleteMany({ unitId, reading: { $lt: reading } })
    },
    async removeOfUnit(unitId: string): Promise<void> {
      await collection.deleteMany({ unitId })
    },
  }
}
export const Folders = describe({ name: 'folders', indexes, migrations: [countReadings('folders')], open: foldersIn })
export type Folders = RowsOf<typeof Folders>
