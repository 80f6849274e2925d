// What a round wrote after its mailbox was taken off the list, or its tenant disconnected, goes too: nobody else would remove it.
import type { Disconnection } from '../tenants/model.ts'
import { deleteAll } from '../database/portions.ts'
import type { Store } from '../database/database.ts'
import type { Round } from './walk.ts'

/** Removes what a unit has read of a mailbox, unless another unit reads it as well: it can be listed by two of its addresses. */
export async function removeMailbox({ store, unit, now }: Round, userId: string): Promise<void> {
  if (await store.units.isReadByOthers(unit, userId)) return
  const [kind, rows] = unit.stream === 'mail' ? (['communications', store.messages] as const) : (['meetings', store.meetings] as const)
  await store.changes.addTouched(now(), kind, await rows.removeOfMailbox(unit.tenantId, userId))
}

/** To be called at the end of every round, however it ended. */
export async function takeBackIfRemoved(round: Round): Promise<void> {
  const { store, unit } = round
  if ((await store.units.get(unit._id)) !== null) return
  const { tenantId, stream } = unit
  const lists = {
    organization: null, accounts: store.accounts, mfa: store.registrations, roles: store.roleMembers, eligibility: store.eligibleMembers,
    licences: store.licences, appRoles: store.appRoleHolders,
  }
  const list = stream === 'mail' || stream === 'calendar' ? null : lists[stream]
  if (list !== null) await deleteAll(() => list.removeOfTenant(tenantId))
  else if (unit.facts !== null) await removeMailbox(round, unit.facts.userId)
  await store.bookmarks.remove(unit._id)
  await store.folders.removeOfUnit(unit._id)
}

/** Removes everything that was read from a tenant. @returns how many rows of what a person would ask after */
export async function removeTenantRows(store: Store, tenantId: string): Promise<Disconnection['deleted']> {
  const { registrations, roleMembers, eligibleMembers, licences, appRoleHolders } = store
  const deleted = {
    messages: await deleteAll(() => store.messages.removeOfTenant(tenantId)),
    meetings: await deleteAll(() => store.meetings.removeOfTenant(tenantId)),
    accounts: await deleteAll(() => store.accounts.removeOfTenant(tenantId)),
  }
  for (const list of [registrations, roleMembers, eligibleMembers, licences, appRoleHolders]) await deleteAll(() => list.removeOfTenant(tenantId))
  return deleted
}

/**
 * Removes what is left of tenants that are no longer connected and of mailboxes that are no longer listed: of a round, or of the
 * removal itself, that ended with its process or its database.
 */
export async function removeOrphans(store: Store): Promise<void> {
  const { accounts, registrations, roleMembers, eligibleMembers, licences, appRoleHolders, messages, meetings } = store
  const lists = [accounts, registrations, roleMembers, eligibleMembers, licences, appRoleHolders, messages, meetings]
  const present = new Set((await Promise.all(lists.map((list) => list.tenantIds()))).flat())
  // Asked afterwards: whose rows were there was connected before them.
  const connected = new Set((await store.tenants.all()).map(({ _id }) => _id))
  for (const tenantId of present) {
    if (connected.has(tenantId)) await removeUnlistedMailboxes(store, tenantId)
    else await removeTenantRows(store, tenantId)
  }
}

async function removeUnlistedMailboxes(store: Store, tenantId: string): Promise<void> {
  for (const room of [store.messages, store.meetings]) {
    const present = await room.mailboxIds(tenantId)
    // Asked afterwards: whose rows were there, a unit knew the mailbox before them.
    const listed = new Set((await store.units.ofTenant(tenantId)).map(({ facts }) => facts?.userId))
    for (const mailboxId of present.filter((id) => !listed.has(id))) await room.removeOfMailbox(tenantId, mailboxId)
  }
}
