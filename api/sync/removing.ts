// Removes what nobody lists any more of what was read from a tenant: everything where it is disconnected, else the rows of mailboxes that are
// no longer on its list. A job, so it goes on behind the answer, in portions, by whichever worker is free, and again after any end. What is to
// go follows from what is connected and listed now, so nothing has to be remembered, and nobody sees it meanwhile.
import { setTimeout } from 'node:timers/promises'
import type { Database, Described } from '../database/collection.ts'
import type { Belongings } from '../database/readings.ts'
import { AppError } from '../errors.ts'
import { unitIdOf, type Job } from './job.ts'
import type { Stream } from './stream.ts'
import { Units } from './units.ts'

export interface Removing {
  /** What goes with a tenant. */
  readonly belongings: readonly Described<Belongings>[]
  readonly streams: readonly Stream[]
  readonly isConnected: (db: Database, tenantId: string) => Promise<boolean>
}

const removingJob = 'removing'
export const removing = (parts: Removing): Job => ({
  name: removingJob,
  about: 'tenant',
  once: true,
  async run(db, tenantId, go) {
    while ((await removePortion(db, parts, tenantId, go.now)) > 0) await go.keepLease()
  },
})

/** @returns how many rows it found; none: nothing is left */
async function removePortion(db: Database, { belongings, streams, isConnected }: Removing, tenantId: string, now: Date): Promise<number> {
  // First, because whoever looks at mail or meetings is told.
  for (const stream of streams) {
    const found = (await stream.removeStrays?.(db, tenantId, now)) ?? 0
    if (found > 0) return found
  }
  // Asked with each portion: what is connected again is no longer to go.
  if (await isConnected(db, tenantId)) return 0
  for (const one of belongings) {
    const found = await db(one).removeOfTenant(tenantId)
    if (found > 0) return found
  }
  return 0
}

/** Whoever connects or lists something again waits a little for the rest of what it was before to go, and not for ever. */
const longestMilliseconds = 5_000
const pauseMilliseconds = 100

/**
 * The same at once, before something is connected or listed again: what is still to go must not go with what is read then.
 * @throws AppError `conflict` where there is too much of it: the job goes on
 */
export async function removedBefore(db: Database, parts: Removing, tenantId: string, now: Date): Promise<void> {
  const until = performance.now() + longestMilliseconds
  while ((await removePortion(db, parts, tenantId, now)) > 0 || (await isUnderWay(db, tenantId))) {
    if (performance.now() > until) throw new AppError('conflict', { sentence: 'What was read from it before is still being deleted. Try again in a few minutes.' })
  }
}

/** What the job has chosen before something is connected again it would still remove afterwards: the database may keep it waiting for long. */
async function isUnderWay(db: Database, tenantId: string): Promise<boolean> {
  if (!(await db(Units).isHeld(unitIdOf(removingJob, tenantId)))) return false
  await setTimeout(pauseMilliseconds)
  return true
}
