// What a round wrote after its mailbox was taken off the list, or its tenant disconnected, goes too: nobody else would remove it.
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
