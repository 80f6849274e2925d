// What sync has read goes with what it was read from: a tenant that is disconnected, a part of it that is no longer listed. That holds
// for what a round still wrote meanwhile, too. A job removes all of it (removing.ts), so that who connects again can wait for that.
import type { Database } from '../database/collection.ts'
import { Bookmarks } from './bookmarks.ts'
import { wishJobs } from './job.ts'
import type { Stream } from './stream.ts'
import { Units, type UnitDoc, type UnitOfTenant } from './units.ts'
import type { WorkerOptions } from './options.ts'

/** To be called at the end of every round, however it ended. */
export async function takeBackIfRemoved({ db, streams, jobs, now }: Pick<WorkerOptions, 'db' | 'streams' | 'jobs' | 'now'>, unit: UnitOfTenant): Promise<void> {
  if ((await db(Units).get(unit._id)) !== null) return
  await forgetUnits(db, streams, [unit])
  await wishJobs(db, jobs, 'tenant', [unit.tenantId], now())
}

/** Of units that have been removed: where they stopped, and what else is small. Their rows go by a job (removing.ts). */
export async function forgetUnits(db: Database, streams: readonly Stream[], units: readonly UnitDoc[]): Promise<void> {
  for (const { _id, stream } of units) {
    await streams.find(({ name }) => name === stream)?.forgetUnit?.(db, _id)
    await db(Bookmarks).remove(_id)
  }
}

/**
 * Asks for the removal of what is left of tenants that are no longer connected and of parts that are no longer listed: of a round, or of the
 * removal itself, that ended with its process or its database.
 */
export async function removeOrphans({ db, belongings, streams, tenants, jobs, now }: Pick<WorkerOptions, 'db' | 'belongings' | 'streams' | 'tenants' | 'jobs' | 'now'>): Promise<void> {
  const present = new Set((await Promise.all(belongings.map((one) => db(one).tenantIds()))).flat())
  // Asked afterwards: whose rows were there was connected before them.
  const connected = new Set((await tenants.connected()).map(({ _id }) => _id))
  const orphaned: string[] = []
  for (const tenantId of present) if (!connected.has(tenantId) || (await hasStrays(db, streams, tenantId))) orphaned.push(tenantId)
  await wishJobs(db, jobs, 'tenant', orphaned, now())
}

async function hasStrays(db: Database, streams: readonly Stream[], tenantId: string): Promise<boolean> {
  for (const stream of streams) if ((await stream.hasStrays?.(db, tenantId)) === true) return true
  return false
}
