// Large deletions go in portions: no question to the database comes near its limit in time (deadline.ts), and nobody else's waits for long
// behind one of them.
import type { Collection, Document, Filter } from 'mongodb'

/** Rows that are deleted at once. A tenth of a second on the embedded database, which does one thing after the other. */
export const portion = 500

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

/**
 * The values that a text field has, each once, from one to the next by an index that begins with the fields of `of` and goes on with it: as
 * many steps as there are values, however many rows.
 */
export async function valuesOf<T extends Document>(collection: Collection<T>, field: string, of: Document = {}): Promise<string[]> {
  const values: string[] = []
  for (let last = ''; ; last = values.at(-1)!) {
    const next = await collection.findOne({ ...of, [field]: { $gt: last } } as Filter<T>, { sort: { [field]: 1 }, projection: { [field]: 1 } })
    if (next === null) return values
    values.push((next as Document)[field] as string)
  }
}
