// The marks of lists, as they are asked for.
import { randomUUID } from 'node:crypto'
import type { Collection } from 'mongodb'
import { describe } from './collection.ts'
import { markId, type MarkDoc } from './marks.ts'
import { belongingsIn } from './readings.ts'

function marksIn(collection: Collection<MarkDoc>) {
  return {
    ...belongingsIn(collection),
    /** By `markId`; none for a list that has never had a row. */
    async of(tenantIds: readonly string[]): Promise<Map<string, string | null>> {
      return new Map((await collection.find({ tenantId: { $in: [...tenantIds] } }).toArray()).map(({ _id, mark }) => [_id, mark]))
    },
    /** Of lists whose rows are removed with what they were read from. */
    async drop(lists: readonly string[], tenantId: string): Promise<void> {
      await collection.deleteMany({ _id: { $in: lists.map((list) => markId(list, tenantId)) } })
    },
    /** To be called at the end of a round, while its lease is held: what it was writing when it failed is written by now, or never will be. */
    async settle(lists: readonly string[], tenantId: string): Promise<void> {
      await collection.updateMany({ _id: { $in: lists.map((list) => markId(list, tenantId)) }, mark: null }, { $set: { mark: randomUUID() } })
    },
  }
}
export const Marks = describe({ name: 'marks', indexes: [{ key: { tenantId: 1 } }], goesWith: ['tenant'], open: marksIn })
