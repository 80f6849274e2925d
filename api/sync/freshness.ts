// How old what is shown can be, and what went wrong last, of some units.
import type { Database } from '../database/collection.ts'
import type { Freshness, StreamStatus } from './model.ts'
import type { Stream } from './stream.ts'
import { Units, type UnitDoc } from './units.ts'

/** An optional permission that nobody has granted is no failure: it is said, and nothing else. */
const lacksOptional = (unit: UnitDoc) => unit.lastError?.code === 'notGranted'
const errorOf = (unit: UnitDoc) => (unit.lastError === null || lacksOptional(unit) ? null : { ...unit.lastError, at: unit.lastError.at.toISOString() })
function notGranted(units: readonly UnitDoc[]): { notGranted?: { message: string; at: string } } {
  const error = units.find(lacksOptional)?.lastError
  return error == null ? {} : { notGranted: { message: error.message, at: error.at.toISOString() } }
}

/** The status of one unit as administrators see it, but for the mailbox that it reads. */
export function statusOf({ name, words }: Stream, unit: UnitDoc, now: Date): Omit<StreamStatus, 'mailbox'> {
  return {
    stream: name,
    words,
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
export function freshnessOf({ name, words }: Stream, units: readonly UnitDoc[]): Freshness {
  const successes = units.map((unit) => unit.lastSuccessAt)
  const known = successes.filter((at) => at !== null)
  const complete = units.length > 0 && known.length === units.length
  const errors = units.flatMap((unit) => errorOf(unit) ?? []).sort((a, b) => b.at.localeCompare(a.at))
  return {
    stream: name,
    words,
    of: units.length,
    current: units.filter((unit) => unit.lastSuccessAt !== null && unit.lastError === null).length,
    asOf: complete ? new Date(Math.min(...known.map((at) => at.getTime()))).toISOString() : null,
    lastError: errors[0] ?? null,
    ...notGranted(units),
  }
}

/** The same of each of some streams, in some tenants. */
export async function freshnessIn(db: Database, streams: readonly Stream[], tenantIds: readonly string[]): Promise<Freshness[]> {
  const units = await db(Units).ofStreams(tenantIds, streams.map(({ name }) => name))
  return streams.map((stream) => freshnessOf(stream, units.filter((unit) => unit.stream === stream.name)))
}
