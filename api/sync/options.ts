// What a worker is given.
import type { Database, Described } from '../database/collection.ts'
import type { Belongings } from '../database/readings.ts'
import type { Graph } from '../graph/graph.ts'
import type { Log } from '../log.ts'
import type { Job } from './job.ts'
import type { Connected } from './round.ts'
import type { Stream } from './stream.ts'

/** What of the tenants sync has to be told: their subject fills it. */
export interface Tenants {
  /** Ids of those that are connected. */
  connected(): Promise<readonly string[]>
  /** Null: it is no longer connected. @throws AppError `secretInvalid` */
  open(tenantId: string): Promise<{ tenant: Connected; graph: Graph; clientSecret: string } | null>
}

export interface WorkerOptions {
  readonly db: Database
  readonly streams: readonly Stream[]
  readonly jobs: readonly Job[]
  /** What goes with a tenant. */
  readonly belongings: readonly Described<Belongings>[]
  readonly tenants: Tenants
  readonly log: Log
  readonly now: () => Date
  /** Outpost's own app, which people sign in to. */
  readonly ownClientId: string
  readonly syncSeconds: number
  /** How long a lease lasts without renewal; after a crash the work waits so long. */
  readonly leaseSeconds: number
}
