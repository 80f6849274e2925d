// Changes: what open tabs should look at again. Ids only; rows live ten minutes.
import { ObjectId, type Db, type IndexDescription } from 'mongodb'
import type { Change } from '../model/change.ts'

interface ChangeDoc extends Change {
  _id: ObjectId
  at: Date
}

export const changeIndexes: IndexDescription[] = [{ key: { at: 1 }, expireAfterSeconds: 600 }]

export function changesIn(db: Db) {
  const collection = db.collection<ChangeDoc>('changes')
  return {
    async add(at: Date, changes: Change[]): Promise<void> {
      if (changes.length > 0) await collection.insertMany(changes.map((change) => ({ ...change, _id: new ObjectId(), at })))
    },
    /** Rows of the last moments. Clocks and inserts of several processes overlap, so the reader asks with an overlap and
     *  remembers what it has passed on. */
    since: (at: Date): Promise<ChangeDoc[]> => collection.find({ at: { $gte: at } }).sort({ at: 1 }).limit(1000).toArray(),
  }
}
export type Changes = ReturnType<typeof changesIn>
