// What a worker is given.
import type { Database, Described } from '../database/collection.ts'
import type { Belongings } from '../database/readings.ts'
import type { Log } from '../log.ts'
import type { Job } from './job.ts'
import type { ConnectedTenants } from './round.ts'
import type { Stream } from './stream.ts'

export interface WorkerOptions {
  readonly db: Database
  readonly streams: readonly Stream[]
  readonly jobs: readonly Job[]
  /** What goes with a tenant. */
  readonly belongings: readonly Described<Belongings>[]
  readonly tenants: ConnectedTenants
  readonly log: Log
  readonly now: () => Date
  /** Outpost's own app, which people sign in to, and the tenant of that. */
  readonly ownClientId: string
  readonly homeTenantId: string
  readonly syncSeconds: number
  /** How long a lease lasts without renewal; after a crash the work waits so long. */
  readonly leaseSeconds: number
}
