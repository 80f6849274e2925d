// A master key is followed by another: what the old one has sealed is sealed anew, one secret at a time. Cut off anywhere, it may be
// repeated: each row says under which key it lies.
import type { Database } from '../database/collection.ts'
import type { Vault } from '../vault/vault.ts'
import { Tenants } from './rows.ts'

/** How many secrets lie under the newest key now, and the tenants whose secret no given key opens: those stay as they are. */
export interface Resealed {
  readonly resealed: number
  readonly already: number
  readonly closed: readonly string[]
}

/** To be called by one at a time, under a lease. @param keep throws when the lease is lost */
export async function reseal(db: Database, vault: Vault, keep: () => Promise<void>): Promise<Resealed> {
  let [resealed, already] = [0, 0]
  const closed: string[] = []
  for (const tenant of await db(Tenants).sealed()) {
    const { _id, secret } = tenant
    if (vault.isNewest(secret)) already++
    else if (!vault.opens(_id, secret)) closed.push(_id)
    else {
      await keep()
      // Another secret that was entered meanwhile is sealed under the newest key already.
      if (await db(Tenants).reseal(tenant, vault.seal(_id, vault.open(_id, secret)))) resealed++
      else already++
    }
  }
  return { resealed, already, closed }
}

/** How many tenants there are, and of how many no given key opens the secret. */
export async function countSealed(db: Database, vault: Vault): Promise<{ all: number; closed: number }> {
  const sealed = await db(Tenants).sealed()
  return { all: sealed.length, closed: sealed.filter(({ _id, secret }) => !vault.opens(_id, secret)).length }
}
