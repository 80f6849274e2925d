// How old what is shown can be, and what went wrong last, of some sync units.
import type { Freshness, StreamName, StreamStatus, SyncStatus } from './model.ts'
import type { Store } from '../database/database.ts'
import type { UnitDoc } from './units.ts'

/** An optional permission that nobody has granted is no failure: it is said, and nothing else. */
const lacksOptional = (unit: UnitDoc) => unit.lastError?.code === 'notGranted'
const errorOf = (unit: UnitDoc) => (unit.lastError === null || lacksOptional(unit) ? null : { ...unit.lastError, at: unit.lastError.at.toISOString() })
function notGranted(units: readonly UnitDoc[]): { notGranted?: { message: string; at: string } } {
  const told = units.find(lacksOptional)?.lastError
  return told == null ? {} : { notGranted: { message: told.message, at: told.at.toISOString() } }
}

/** The status of one unit as administrators see it. */
export function statusOf(unit: UnitDoc, now: Date): StreamStatus {
  return {
    stream: unit.stream,
    mailbox: unit.mailbox,
    running: unit.leaseOwner !== null && unit.leaseUntil > now,
    lastSuccessAt: unit.lastSuccessAt?.toISOString() ?? null,
    lastError: errorOf(unit),
    ...notGranted([unit]),
    unread: unit.unread,
    items: unit.items,
    progress: unit.progress,
  }
}

/** All units of one stream in one line. The oldest success counts, because what is shown is as old as its oldest part. */
export function freshnessOf(stream: StreamName, units: readonly UnitDoc[]): Freshness {
  const successes = units.map((unit) => unit.lastSuccessAt)
  const known = successes.filter((at) => at !== null)
  const complete = units.length > 0 && known.length === units.length
  const errors = units.flatMap((unit) => errorOf(unit) ?? []).sort((a, b) => b.at.localeCompare(a.at))
  return {
    stream,
    of: units.length,
    current: units.filter((unit) => unit.lastSuccessAt !== null && unit.lastError === null).length,
    asOf: complete ? new Date(Math.min(...known.map((at) => at.getTime()))).toISOString() : null,
    lastError: errors[0] ?? null,
    ...notGranted(units),
  }
}

/** Units of a stream of the MSP's own tenants, from which all mail and meetings come. */
export async function ownUnits(store: Store, stream: 'mail' | 'calendar'): Promise<UnitDoc[]> {
  const own = await store.tenants.own()
  return store.units.ofStream(own.map(({ _id }) => _id), stream)
}

/** Sync in one look: a line a tenant and stream. */
export function syncStatusOf(tenants: readonly { _id: string; name: string }[], units: readonly UnitDoc[]): SyncStatus {
  return {
    tenants: tenants.map(({ _id, name }) => {
      const own = units.filter((unit) => unit.tenantId === _id)
      const streams = [...new Set(own.map((unit) => unit.stream))]
      return { name, streams: streams.map((stream) => freshnessOf(stream, own.filter((unit) => unit.stream === stream))) }
    }),
  }
}
