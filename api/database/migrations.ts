// Stored shapes change. Each collection has a version, the number of its migrations; a row in `schema` says which one its rows have.
// One copy of the process at a time brings a database forward, under a lease; the others wait until it is done.
import { isDeepStrictEqual } from 'node:util'
import { MongoServerError, type Db, type IndexDescription } from 'mongodb'
import { AppError, toAppError } from '../errors.ts'
import type { Described } from './collection.ts'
import { withLease } from './lease.ts'

/** Of a collection: `_id` is its name. */
interface VersionRow {
  _id: string
  version: number
}

/**
 * Brings a database of any earlier release to the shape of this one: rows first, then indexes.
 * @throws AppError `databaseNewer` when a later release has been here: its rows may not be what this one takes them for;
 *   `databaseUnmigrated` when a step fails, which the next start tries again; `databaseUnavailable`
 */
export async function migrate(db: Db, collections: readonly Described[]): Promise<void> {
  await withLease(db, 'lease', async (keep) => {
    for (const one of collections) {
      try {
        await bringForward(db, one, keep)
      } catch (error) {
        const known = toAppError(error)
        throw known.code === 'internal' ? new AppError('databaseUnmigrated', { cause: error, sentence: `Outpost could not bring the collection ${one.name} to the shape that it needs. Nothing is lost. Start it again; if that does not help, report it with what the log says.` }) : known
      }
    }
  })
}

async function bringForward(db: Db, one: Described, keep: () => Promise<void>): Promise<void> {
  const versions = db.collection<VersionRow>('schema')
  const stored = (await versions.findOne({ _id: one.name }))?.version ?? 0
  if (stored > one.migrations.length) throw new AppError('databaseNewer')
  for (const [index, step] of one.migrations.entries()) {
    if (index < stored) continue
    await keep()
    await step(db)
    await versions.updateOne({ _id: one.name }, { $set: { version: index + 1 } }, { upsert: true })
  }
  await matchIndexes(db, one, keep)
}

/** Makes indexes that are missing, and makes those anew that are another one by now. What nobody asks for any more goes; what is there stays, unasked. */
async function matchIndexes(db: Db, { name, indexes }: Described, keep: () => Promise<void>): Promise<void> {
  const collection = db.collection(name)
  const present = await collection.indexes().catch((error: unknown) => {
    // There is no such collection yet.
    if (error instanceof MongoServerError && error.code === 26) return []
    throw error
  })
  const wanted = indexes.map((index) => ({ ...index, name: nameOf(index) }))
  const kept = new Set<string>()
  for (const { name: old, ...found } of present) {
    if (old === undefined || old === '_id_') continue
    if (wanted.some((one) => one.name === old && isDeepStrictEqual(essence(one), essence(found)))) kept.add(old)
    else await collection.dropIndex(old)
  }
  for (const index of wanted) {
    if (kept.has(index.name)) continue
    await keep()
    await collection.createIndexes([index])
  }
}

/** As the driver names one. */
const nameOf = ({ key }: IndexDescription): string => Object.entries(key as Record<string, number>).flat().join('_')

/** What makes an index another one. */
const essence = ({ key, unique, expireAfterSeconds, partialFilterExpression }: IndexDescription) => ({
  key: Object.entries(key as Record<string, unknown>).map(([field, way]) => [field, Number(way)]), unique: unique === true, expireAfterSeconds: expireAfterSeconds === undefined ? null : Number(expireAfterSeconds), only: JSON.stringify(partialFilterExpression ?? null),
})
