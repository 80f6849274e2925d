// What a stream is: one kind of thing that sync reads from a tenant, described in one place. The worker, the schedule, what a
// disconnect removes, freshness, the page of permissions and the test of a connection all follow from the description.
import type { Database, Described } from '../database/collection.ts'
import type { Belongings } from '../database/readings.ts'
import type { Permission } from '../graph/permission.ts'
import type { LaneLimits } from './lane.ts'
import type { StreamWords } from './model.ts'
import type { Connected, Round } from './round.ts'
import type { NewUnit, UnitDoc } from './units.ts'

export interface Stream {
  readonly name: string
  /** What people read of it. */
  readonly words: StreamWords
  /** Which tenants have it; `home` is the tenant of Outpost's own app. */
  readonly of: 'every' | 'msp' | 'home'
  /** Where it has more than one unit a tenant: what tells them apart, with their own fields. */
  split?(tenant: Connected): readonly Share[]
  /** Without these a tenant cannot be connected. */
  readonly needs: readonly Permission[]
  /** What it does without, and says so. */
  readonly optional: readonly Permission[]
  /** Of a tenant's streams that are due together those with a lower number go first. */
  readonly order: number
  /** Seconds between two rounds. @param usual as configured */
  pace?(usual: number): number
  /** Where Microsoft counts its requests together, in each tenant. */
  readonly lane?: LaneLimits
  /** What it writes, and sweeps when a reading is complete; it goes with the tenant. */
  readonly rows: readonly Described<Belongings>[]
  /** Whether what it keeps depends on the customer filter, so that it is read again when that changes. */
  readonly filtered?: true
  /** What a round of this unit has for itself, among all rounds in its tenant: the name of a mailbox. */
  aloneIn?(unit: UnitDoc): string | null
  /** Which of its units this is, for the log, by a name of what it is: an id, never an address. */
  logged?(unit: UnitDoc): Readonly<Record<string, string>>
  /** One round. @returns items seen, kept or not; @throws AppError, NotYet */
  read(round: Round): Promise<number>
  /** Removes a portion of rows in a tenant that none of its units reads any more. @returns how many it found; none: nothing is left */
  removeStrays?(db: Database, tenantId: string, now: Date): Promise<number>
  hasStrays?(db: Database, tenantId: string): Promise<boolean>
  /** Removes what else is kept of a unit beside its rows and bookmarks. */
  forgetUnit?(db: Database, unitId: string): Promise<void>
}

/** What one unit reads of a stream. */
export interface Share {
  /** The end of the unit's id. */
  readonly name: string
  /** Fields of its unit. */
  readonly own: object
}

/** @param homeTenantId the tenant of Outpost's own app */
export function unitsOf(streams: readonly Stream[], tenant: Connected, homeTenantId: string): NewUnit[] {
  return streams.filter((stream) => hasStream(stream, tenant, homeTenantId)).flatMap((stream) => {
    const unit = { _id: `${tenant._id}|${stream.name}`, tenantId: tenant._id, stream: stream.name, order: stream.order }
    return stream.split === undefined ? [unit] : stream.split(tenant).map(({ name, own }) => ({ ...unit, own, _id: `${unit._id}|${name}` }))
  })
}

function hasStream({ of }: Stream, { _id, customerId }: Connected, homeTenantId: string): boolean {
  if (of === 'home') return _id === homeTenantId
  return of === 'every' || customerId === null
}

/** Names of the streams that are read again when the customer filter changes. */
export const filteredNames = (streams: readonly Stream[]): string[] => streams.filter(({ filtered }) => filtered === true).map(({ name }) => name)
