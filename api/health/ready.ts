// Whether this copy of the product can do its work, for whoever routes requests to it (`/readyz`).
import type { Clock } from '../clock.ts'
import type { OpenDatabase } from '../database/database.ts'
import { AppError, toAppError } from '../errors.ts'
import type { Readiness, Trouble } from '../http/model.ts'
import { countSealed } from '../tenants/reseal.ts'
import type { Vault } from '../vault/vault.ts'

/** Leases and what is kept for a time follow the database's clock, windows of days ours. */
const toleratedMilliseconds = 60_000

export interface ReadyOptions {
  readonly database: Pick<OpenDatabase, 'db' | 'probe'>
  readonly vault: Vault
  readonly clock: Clock
  readonly now: () => Date
}

const troubleOf = ({ code, message }: AppError): Trouble => ({ code, message })

/** Never throws: what cannot be looked at is a trouble. */
export async function readiness({ database, vault, clock, now }: ReadyOptions): Promise<Readiness> {
  const troubles: Trouble[] = []
  try {
    const theirs = await database.probe()
    const apart = Math.abs(theirs.getTime() - now().getTime())
    if (apart > toleratedMilliseconds)
      troubles.push(troubleOf(new AppError('clockWrong', { sentence: `The clocks of the machine that runs Outpost and of its database are ${Math.round(apart / 1000)} seconds apart. Let both set their time by themselves (NTP).` })))
    const problem = clock.problem()
    if (problem !== undefined) troubles.push(troubleOf(problem))
    const { all, closed } = await countSealed(database.db, vault)
    if (closed > 0) {
      const some = new AppError('masterKeyMissing', { sentence: `The client secrets of ${closed} of ${all} connected tenants lie under a master key that this copy of Outpost does not have. Give it that key as OUTPOST_MASTER_KEY_OLD, or enter these secrets again under Admin → Integrations.` })
      if (closed === all) return { status: 'notReady', troubles: [...troubles, troubleOf(new AppError('masterKeyMissing'))] }
      troubles.push(troubleOf(some))
    }
    return { status: 'ready', troubles }
  } catch (error) {
    const known = toAppError(error)
    return { status: 'notReady', troubles: [...troubles, troubleOf(known.code === 'internal' ? new AppError('databaseUnavailable') : known)] }
  }
}
