// How far what a judging rests on has been read in each tenant.
import { accountStream } from '../accounts/stream.ts'
import type { Database } from '../database/collection.ts'
import { registrationStream } from '../registrations/stream.ts'
import { roleStream } from '../roles/stream.ts'
import type { Stream } from '../sync/stream.ts'
import { Units, type UnitOfTenant } from '../sync/units.ts'
import type { States } from './unknown.ts'

export const judgedStreams = [accountStream, registrationStream, roleStream] as const

/** State of these streams in some tenants. */
export const statesIn = async (db: Database, tenantIds: readonly string[]): Promise<States> =>
  statesOf(await db(Units).ofStreams(tenantIds, judgedStreams.map(({ name }) => name)))

/** The same of units that have been read. */
export function statesOf(units: readonly UnitOfTenant[]): States {
  const of = ({ name }: Stream) => new Map(units.filter(({ stream }) => stream === name).map((unit) => [unit.tenantId, unit]))
  return { accounts: of(accountStream), mfa: of(registrationStream), roles: of(roleStream) }
}
