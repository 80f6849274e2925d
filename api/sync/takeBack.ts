// What sync has read goes with what it was read from: a tenant that is disconnected, a part of it that is no longer listed. That holds
// for what a round still wrote meanwhile, too: nobody else would remove it.
import type { Database, Described } from '../database/collection.ts'
import { deleteAll } from '../database/portions.ts'
import type { Belongings } from '../database/readings.ts'
import { Bookmarks } from './bookmarks.ts'
import type { Round } from './round.ts'
import type { Stream } from './stream.ts'
import { isOfTenant, Units, type UnitDoc, type UnitOfTenant } from './units.ts'
import type { WorkerOptions } from './options.ts'

/** To be called at the end of every round, however it ended. */
export async function takeBackIfRemoved(stream: Stream, round: Round): Promise<void> {
  const { db, unit } = round
  if ((await db(Units).get(unit._id)) !== null) return
  await forget(db, stream, unit, round.now())
}

/** Removes what a unit has read, and where it stopped. */
export async function forget(db: Database, stream: Stream, unit: UnitOfTenant, now: Date): Promise<void> {
  if (stream.forget !== undefined) await stream.forget(db, unit, now)
  else for (const list of stream.rows) await deleteAll(() => db(list).removeOfTenant(unit.tenantId))
  await db(Bookmarks).remove(unit._id)
}

/** The same of units that have been removed. */
export async function forgetEach(db: Database, streams: readonly Stream[], units: readonly UnitDoc[], now: Date): Promise<void> {
  for (const unit of units) {
    const stream = streams.find(({ name }) => name === unit.stream)
    if (stream !== undefined && isOfTenant(unit)) await forget(db, stream, unit, now)
  }
}

/** Removes everything that was read from a tenant. @returns how many rows of each collection, by its name */
export async function removeTenant(db: Database, belongings: readonly Described<Belongings>[], tenantId: string): Promise<Map<string, number>> {
  const removed = new Map<string, number>()
  for (const one of belongings) removed.set(one.name, await deleteAll(() => db(one).removeOfTenant(tenantId)))
  return removed
}

/**
 * Removes what is left of tenants that are no longer connected and of parts that are no longer listed: of a round, or of the
 * removal itself, that ended with its process or its database.
 */
export async function removeOrphans({ db, belongings, streams, tenants }: Pick<WorkerOptions, 'db' | 'belongings' | 'streams' | 'tenants'>): Promise<void> {
  const present = new Set((await Promise.all(belongings.map((one) => db(one).tenantIds()))).flat())
  // Asked afterwards: whose rows were there was connected before them.
  const connected = new Set((await tenants.connected()).map(({ _id }) => _id))
  for (const tenantId of present) {
    if (!connected.has(tenantId)) await removeTenant(db, belongings, tenantId)
    else for (const stream of streams) await stream.removeStrays?.(db, tenantId)
  }
}
