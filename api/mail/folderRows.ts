// Mail folders of a mailbox: which there are and what lies below what. No names: they can say too much.
import type { AnyBulkWriteOperation, Db, IndexDescription } from 'mongodb'
import { tallyOf } from '../database/tally.ts'

export interface FolderDoc {
  /** `${unitId}|${folderId}` */
  _id: string
  unitId: string
  folderId: string
  parentFolderId: string | null
  round: number
}

export const folderIndexes: IndexDescription[] = [{ key: { unitId: 1, round: 1 } }]

export function foldersIn(db: Db) {
  const collection = db.collection<FolderDoc>('folders')
  return {
    ofUnit: (unitId: string): Promise<FolderDoc[]> => collection.find({ unitId }).sort({ _id: 1 }).toArray(),
    /** @param seen without a parent where Graph told only what else has changed: such a folder stays where it is known to lie */
    async write(unitId: string, seen: { folderId: string; parentFolderId: string | undefined; round: number }[], removed: string[]): Promise<void> {
      const operations: AnyBulkWriteOperation<FolderDoc>[] = [
        ...seen.map(({ folderId, parentFolderId, round }) => {
          const place = parentFolderId === undefined ? { $set: { round }, $setOnInsert: { unitId, folderId, parentFolderId: null } } : { $set: { unitId, folderId, parentFolderId, round } }
          return { updateOne: { filter: { _id: `${unitId}|${folderId}` }, update: place, upsert: true } }
        }),
        ...removed.map((folderId) => ({ deleteOne: { filter: { _id: `${unitId}|${folderId}` } } })),
      ]
      if (operations.length > 0) await collection.bulkWrite(operations)
    },
    tally: (unitId: string, round: number) => tallyOf(collection, { unitId }, round),
    async sweep(unitId: string, round: number): Promise<void> {
      await collection.deleteMany({ unitId, round: { $lt: round } })
    },
    async removeOfUnit(unitId: string): Promise<void> {
      await collection.deleteMany({ unitId })
    },
  }
}
export type Folders = ReturnType<typeof foldersIn>
