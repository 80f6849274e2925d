// Mail folders of a mailbox: which there are and what lies below what. No names: they can say too much.
import type { AnyBulkWriteOperation, Db, IndexDescription } from 'mongodb'

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
    async write(unitId: string, docs: Omit<FolderDoc, '_id' | 'unitId'>[], removed: string[]): Promise<void> {
      const operations: AnyBulkWriteOperation<FolderDoc>[] = [
        ...docs.map((doc) => ({
          replaceOne: { filter: { _id: `${unitId}|${doc.folderId}` }, replacement: { unitId, ...doc }, upsert: true },
        })),
        ...removed.map((folderId) => ({ deleteOne: { filter: { _id: `${unitId}|${folderId}` } } })),
      ]
      if (operations.length > 0) await collection.bulkWrite(operations)
    },
    async sweep(unitId: string, round: number): Promise<void> {
      await collection.deleteMany({ unitId, round: { $lt: round } })
    },
    async removeOfUnit(unitId: string): Promise<void> {
      await collection.deleteMany({ unitId })
    },
  }
}
export type Folders = ReturnType<typeof foldersIn>
