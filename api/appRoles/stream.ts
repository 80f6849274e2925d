// Who holds a role in Outpost: assignments of the app roles of its own application.
import { roleSchema } from '../access/model.ts'
import { idIn } from '../graph/said.ts'
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import { listOf, replaceList } from '../sync/walk.ts'
import { directoryRead } from '../tenants/directoryRead.ts'
import { readAppRoles, readGroupMembers } from './graph.ts'
import { AppRoleHolders, type AppRoleHolderDoc } from './rows.ts'

/** Actors in chat are made from app roles that are at most ten minutes old, so these are read at least this often. */
const longestPauseSeconds = 240

export const appRoleStream: Stream = {
  name: 'appRoles',
  words: { title: 'Outpost roles', one: 'list of Outpost’s users', many: 'lists of Outpost’s users', per: 'tenant' },
  of: 'home',
  needs: [directoryRead],
  optional: [],
  order: 9,
  pace: (usual) => Math.min(usual, longestPauseSeconds),
  rows: [AppRoleHolders],
  read,
}

/**
 * Who holds a role in Outpost: assignments of our own app's roles, groups expanded to their direct members: Entra gives an
 * assigned group's app role to nobody below a nested group ("Assign users and groups to an application").
 * @returns holders seen
 */
async function read(round: Round): Promise<number> {
  const { db, graph, tenant } = round
  const { roles, assignments } = await readAppRoles(graph, round.ownClientId)
  const holders = new Map<string, AppRoleHolderDoc>()
  for (const assignment of assignments) {
    const role = roleSchema.safeParse(roles.get(assignment.appRoleId ?? '')?.toLowerCase())
    const principalId = idIn(assignment.principalId)
    if (!role.success || principalId === null) continue
    const members =
      assignment.principalType === 'Group'
        ? (await readGroupMembers(graph, principalId)).filter((member) => member['@odata.type'] === '#microsoft.graph.user')
        : [{ id: principalId }]
    for (const { id } of members) {
      const _id = `${tenant._id}|${id}|${role.data}`
      holders.set(_id, { _id, tenantId: tenant._id, userId: id, role: role.data, reading: 0 })
    }
    await round.keepLease()
  }
  const numbered = (number: number) => [...holders.values()].map((holder) => ({ ...holder, reading: number }))
  await replaceList(round, holders.size, listOf('appRoles', db(AppRoleHolders), tenant._id, numbered))
  return holders.size
}
