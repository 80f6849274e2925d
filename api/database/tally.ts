// What a complete reading of a list has seen of its rows, by the number of the round that each row carries.
import type { Collection, Document } from 'mongodb'

/** Rows of a list after a complete reading: those that it has seen, and those that it would remove. */
export interface Tally {
  readonly seen: number
  readonly unseen: number
}

/** @param of the rows of the list */
export async function tallyOf<T extends Document>(collection: Collection<T>, of: Document, round: number): Promise<Tally> {
  const count = (rounds: Document) => collection.countDocuments({ ...of, round: rounds })
  const [seen, unseen] = await Promise.all([count({ $gte: round }), count({ $lt: round })])
  return { seen, unseen }
}
