// A mark of the rows of a list and a tenant: another word whenever these rows have become others, and the same one while they only were
// seen again. Whoever has drawn a conclusion from them tells by it whether the conclusion still rests on what is there.
import { randomUUID } from 'node:crypto'
import type { Db } from 'mongodb'

export interface MarkDoc {
  /** By `markId`. */
  _id: string
  tenantId: string
  /** Null while rows are being written: nobody can tell what a reader sees then. */
  mark: string | null
}

/** @param list name of the collection */
export const markId = (list: string, tenantId: string): string => `${list}|${tenantId}`

/**
 * Writes rows, and gives them another mark. The old one goes before the first row is written, so that a crash in the middle is no reason to
 * believe it.
 */
export async function marking(db: Db, { list, tenantId }: { list: string; tenantId: string }, write: () => Promise<unknown>): Promise<void> {
  const set = (mark: string | null) => db.collection<MarkDoc>('marks').updateOne({ _id: markId(list, tenantId) }, { $set: { tenantId, mark } }, { upsert: true })
  await set(null)
  await write()
  await set(randomUUID())
}
