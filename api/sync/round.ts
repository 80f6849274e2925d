// A round: one go of a worker at a unit, under its lease.
import type { Database } from '../database/collection.ts'
import type { Ends, Graph } from '../graph/graph.ts'
import type { Lane } from './lane.ts'
import type { Parts } from './parts.ts'
import type { UnitDoc } from './units.ts'

/** What sync knows of a connected tenant. */
export interface Connected {
  readonly _id: string
  /** Null: the MSP's own. */
  readonly customerId: string | null
  readonly clientId: string
  /** Listed technician mailboxes. */
  readonly mailboxes: readonly string[]
}

/** What of the tenants sync has to be told: their subject fills it. */
export interface ConnectedTenants {
  /** All of them, as they are now. */
  connected(): Promise<readonly Connected[]>
  /** Null: it is no longer connected. @throws AppError `secretInvalid` */
  open(tenantId: string, ends?: Ends): Promise<{ tenant: Connected; graph: Graph; clientSecret: string } | null>
}

/** @template Unit with the fields of its own stream */
export interface Round<Unit extends UnitDoc = UnitDoc> {
  readonly db: Database
  readonly graph: Graph
  readonly tenant: Connected
  /** Of the tenant, opened: a secret is recognised by its first characters. */
  readonly clientSecret: string
  /** Outpost's own app, which people sign in to. */
  readonly ownClientId: string
  readonly unit: Unit & { tenantId: string }
  readonly now: () => Date
  /** What of this round fails alone, without stopping the rest. */
  readonly parts: Parts
  /** Where the stream's requests in this tenant wait for their place; null where it has none. */
  readonly lane: Lane | null
  /** Keeps the lease, and notes how far the round is or what it knows by now. @throws AppError `leaseLost`: stop at once */
  keepLease(change?: Partial<Unit>): Promise<void>
}

/** A round that has nothing to do before another stream has been read: no error, and tried again soon. */
export class NotYet extends Error {
  readonly seconds: number

  /** @param seconds until it is tried again */
  constructor(seconds: number) {
    super('Another stream has to be read first.')
    this.seconds = seconds
  }
}
