// Changes: what open tabs should look at again. Ids only; rows live ten minutes.
import { createHash } from 'node:crypto'
import { ObjectId, type Collection, type IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
import type { Touched } from '../people/touched.ts'
import type { Change } from './model.ts'

/** A change with who may know of it, by their `listenerKey`; null: everybody with a role. */
export interface AddressedChange extends Change {
  audience: readonly string[] | null
}

interface ChangeDoc extends AddressedChange {
  _id: ObjectId
  at: Date
}

/** Of an audience key as in MessageDoc. Hashed, because changes hold ids and no addresses. */
export const listenerKey = (audienceKey: string): string => createHash('sha256').update(audienceKey).digest('base64url').slice(0, 16)

const indexes: IndexDescription[] = [{ key: { at: 1 }, expireAfterSeconds: 600 }, { key: { kind: 1, at: 1 } }]

/** More rows of the last moments than these are not read: whoever asks has to count with all having changed. */
export const mostAtOnce = 1000

function changesIn(collection: Collection<ChangeDoc>) {
  return {
    /** Tells of something that whoever has a role may see. */
    add: (at: Date, changes: Change[]): Promise<void> => insert(at, changes.map((change) => ({ ...change, audience: null }))),
    /** Tells those who may see it that a customer's mail or meetings changed. */
    addTouched: (at: Date, kind: 'messages' | 'meetings', touched: Touched): Promise<void> =>
      insert(at, [...touched].map(([customerId, audience]) => ({ kind, customerId, audience: audience.map(listenerKey) }))),
    /** Rows of the last moments. Clocks and inserts of several processes overlap, so the reader asks with an overlap and
     *  remembers what it has passed on. */
    since: (at: Date): Promise<ChangeDoc[]> => collection.find({ at: { $gte: at } }).sort({ at: 1 }).limit(mostAtOnce).toArray(),
    /** Whether there is one of these kinds. */
    anySince: async (at: Date, kinds: readonly Change['kind'][]): Promise<boolean> =>
      (await collection.findOne({ kind: { $in: [...kinds] }, at: { $gte: at } }, { projection: { _id: 1 } })) !== null,
  }

  async function insert(at: Date, changes: AddressedChange[]): Promise<void> {
    if (changes.length > 0) await collection.insertMany(changes.map((change) => ({ ...change, _id: new ObjectId(), at })))
  }
}
export const Changes = describe({ name: 'changes', indexes, open: changesIn })
export type Changes = RowsOf<typeof Changes>
