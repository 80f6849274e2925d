// A unit for each stream of each connected tenant, whatever the release was that connected it: a stream that came later is read, too.
import type { WorkerOptions } from './options.ts'
import { unitsOf } from './stream.ts'
import { Units } from './units.ts'

/** Makes the units that are missing. Any number of workers may be at it. */
export async function ensureUnits({ db, streams, tenants, homeTenantId, now }: Pick<WorkerOptions, 'db' | 'streams' | 'tenants' | 'homeTenantId' | 'now'>): Promise<void> {
  const wanted = async () => (await tenants.connected()).flatMap((tenant) => unitsOf(streams, tenant, homeTenantId))
  const made = await db(Units).ensure(await wanted(), now())
  if (made.length === 0) return
  // Asked again: who has disconnected a tenant meanwhile, or taken a mailbox off its list, has not seen the units that came just now.
  const still = new Set((await wanted()).map(({ _id }) => _id))
  await db(Units).remove(made.filter((id) => !still.has(id)))
}
