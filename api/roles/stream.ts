// Active assignments of a tenant's directory roles.
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import { listOf, replaceList } from '../sync/walk.ts'
import { directoryRead } from '../tenants/directoryRead.ts'
import { readRoleAssignments, readRoleDefinitions } from './graph.ts'
import { numbered, rowsOf } from './members.ts'
import { RoleMembers } from './rows.ts'

export const roleStream: Stream = {
  name: 'roles',
  words: { title: 'Directory roles', one: 'list of roles', many: 'lists of roles', per: 'tenant' },
  of: 'every',
  needs: [directoryRead],
  optional: [],
  order: 6,
  rows: [RoleMembers],
  read,
}

/** @returns rows written */
async function read(round: Round): Promise<number> {
  const assignments = await readRoleAssignments(round.graph)
  const rows = await rowsOf(round, 'active', assignments, await readRoleDefinitions(round.graph), round.db(RoleMembers))
  await replaceList(round, rows.length, listOf('roles', round.db(RoleMembers), round.tenant._id, numbered(rows)))
  return rows.length
}
