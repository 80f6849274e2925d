// Whose mailbox a unit reads. A mailbox belongs to a user, an object with an id; the address on the list is a name for it. The listed
// address decides: a user who gets another address is read on, and where somebody else has got the address, theirs is read.
import { readUserId } from './graph.ts'
import type { Round } from '../sync/walk.ts'
import { removeMailbox } from '../sync/takeBack.ts'

/**
 * The user who has the listed address now: asked for once, then held against the directory as sync has read it.
 * @returns object id
 */
export async function userOfMailbox(round: Round): Promise<string> {
  const { store, unit, graph, tenant } = round
  const address = unit.mailbox!
  const known = unit.facts?.userId ?? (await readByOthers(round))
  const holders = known === undefined ? [] : await store.accounts.ofUserPrincipalName(tenant._id, address)
  // Of two accounts with one address one has been deleted, which its list will say.
  if (known !== undefined && (holders.length === 0 || holders.includes(known))) {
    if (unit.facts === null) await round.keepLease({ facts: { userId: known } })
    return known
  }
  const userId = await readUserId(graph, address)
  if (known !== undefined && unit.facts !== null && userId !== known) await letGo(round, known)
  if (unit.facts?.userId !== userId) await round.keepLease({ facts: { userId } })
  return userId
}

/** Mail and calendar of a mailbox have the same user. */
async function readByOthers({ store, unit, tenant }: Round): Promise<string | undefined> {
  const units = await store.units.ofMailbox(tenant._id, unit.mailbox!)
  return units.find((other) => other.facts !== null)?.facts?.userId
}

/** Nothing more is read of a mailbox whose address somebody else has got, and what was read of it goes. */
async function letGo(round: Round, userId: string): Promise<void> {
  const { store, unit } = round
  await removeMailbox(round, userId)
  await store.bookmarks.remove(unit._id)
  await store.folders.removeOfUnit(unit._id)
}
