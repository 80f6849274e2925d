// Whose mailbox a unit reads. A mailbox belongs to a user, an object with an id; the address on the list is a name for it. The listed
// address decides: a user who gets another address is read on, and where somebody else has got the address, theirs is read.
import { Accounts } from '../accounts/rows.ts'
import { Bookmarks } from '../sync/bookmarks.ts'
import { readUserId } from './graph.ts'
import { MailboxUnits } from './rows.ts'
import type { MailboxRound } from './stream.ts'

/**
 * The user who has the listed address now: asked for once, then held against the directory as sync has read it.
 * @param forget removes what the unit has read, when somebody else has got its address
 * @returns object id
 */
export async function userOfMailbox(round: MailboxRound, forget: () => Promise<void>): Promise<string> {
  const { db, unit, graph, tenant } = round
  const known = unit.facts?.userId ?? (await readByOthers(round))
  const holders = known === undefined ? [] : await db(Accounts).ofUserPrincipalName(tenant._id, unit.mailbox)
  // Of two accounts with one address one has been deleted, which its list will say.
  if (known !== undefined && (holders.length === 0 || holders.includes(known))) {
    if (unit.facts === null) await round.keepLease({ facts: { userId: known } })
    return known
  }
  const userId = await readUserId(graph, unit.mailbox)
  if (known !== undefined && unit.facts !== null && userId !== known) {
    await forget()
    await db(Bookmarks).remove(unit._id)
  }
  if (unit.facts?.userId !== userId) await round.keepLease({ facts: { userId } })
  return userId
}

/** Mail and calendar of a mailbox have the same user. */
async function readByOthers({ db, unit, tenant }: MailboxRound): Promise<string | undefined> {
  const units = await db(MailboxUnits).ofMailbox(tenant._id, unit.mailbox)
  return units.find((other) => other.facts !== null)?.facts?.userId
}
