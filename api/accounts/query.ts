// People of the home tenant, as sync read them: who is asking, and which addresses are theirs.
import type { Actor, Me } from '../access/model.ts'
import type { Asking } from '../context.ts'
import { Accounts } from './rows.ts'

async function me({ db }: Asking, actor: Actor): Promise<Me> {
  const account = await db(Accounts).get(actor.tenantId, actor.userId)
  const { userId, tenantId, role, addresses } = actor
  return { userId, tenantId, role, addresses: [...addresses], name: account?.displayName ?? null }
}

export const accountQueries = { me }
