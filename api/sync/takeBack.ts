// What a round wrote after its mailbox was taken off the list, or its tenant disconnected, goes too: nobody else would remove it.
import type { Store } from '../store/store.ts'
import type { Round } from './round.ts'

/** To be called at the end of every round, however it ended. */
export async function takeBackIfRemoved({ store, unit }: Round): Promise<void> {
  if ((await store.units.get(unit._id)) !== null) return
  const { tenantId, stream } = unit
  const lists = {
    organization: null, accounts: store.accounts, mfa: store.registrations, roles: store.roleMembers, eligibility: store.eligibleMembers,
    licences: store.licences, appRoles: store.appRoleHolders,
  }
  if (stream !== 'mail' && stream !== 'calendar') await lists[stream]?.removeOfTenant(tenantId)
  else if (unit.facts !== null) await (stream === 'mail' ? store.messages : store.meetings).removeOfMailbox(tenantId, unit.facts.userId)
  await store.bookmarks.remove(unit._id)
  await store.folders.removeOfUnit(unit._id)
}

/**
 * Removes what is left of tenants that are no longer connected: of a round, or of disconnecting itself, that ended with its
 * process. To be called when a process starts.
 */
export async function removeOrphans(store: Store): Promise<void> {
  const { accounts, registrations, roleMembers, eligibleMembers, licences, appRoleHolders, messages, meetings } = store
  for (const room of [accounts, registrations, roleMembers, eligibleMembers, licences, appRoleHolders, messages, meetings]) {
    const present = await room.tenantIds()
    // Asked afterwards: whose rows were there was connected before them.
    const connected = new Set((await store.tenants.all()).map(({ _id }) => _id))
    for (const tenantId of present.filter((id) => !connected.has(id))) await room.removeOfTenant(tenantId)
  }
}
