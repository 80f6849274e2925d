// Large deletions go in portions, so that no question to the database comes near its limit in time (deadline.ts).
import type { Collection, Document, Filter } from 'mongodb'

export const portion = 5_000

/** Deletes a portion of what a filter finds. @returns how many rows it found; none: nothing is left */
export async function deletePortion<T extends Document>(collection: Collection<T>, filter: Filter<T>): Promise<number> {
  const found = await collection.find(filter).project<{ _id: never }>({ _id: 1 }).limit(portion).toArray()
  if (found.length > 0) await collection.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } })
  return found.length
}

/** Asks for portion after portion until nothing is left. @returns how many rows there were */
export async function deleteAll(deleteNext: () => Promise<number>): Promise<number> {
  let rows = 0
  for (;;) {
    const found = await deleteNext()
    if (found === 0) return rows
    rows += found
  }
}
