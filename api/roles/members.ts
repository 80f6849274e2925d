// Assignments of roles become rows: one a holder, with groups expanded to their members.
import { textIn } from '../graph/said.ts'
import type { Round } from '../sync/round.ts'
import { readRoleGroupMembers, type Assignment, type Principal, type readRoleDefinitions } from './graph.ts'
import type { RoleMemberDoc, RoleMembers } from './rows.ts'

const kinds = new Map<unknown, RoleMemberDoc['memberKind']>([
  ['#microsoft.graph.user', 'user'], ['#microsoft.graph.group', 'group'], ['#microsoft.graph.servicePrincipal', 'servicePrincipal'],
])
export const kindOf = (principal: Principal | null | undefined) => kinds.get(principal?.['@odata.type']) ?? 'unknown'

/** Marks the rows of those who hold a role once they have made themselves members of a group. */
export const joinableMark = '|pim'
export const isJoinable = ({ _id }: RoleMemberDoc): boolean => _id.endsWith(joinableMark)

export const numbered = (rows: RoleMemberDoc[]) => (number: number) => rows.map((row) => ({ ...row, reading: number }))

export type Definitions = Awaited<ReturnType<typeof readRoleDefinitions>>

/** @param stored where the rows of a group that cannot be read this time are kept from */
export async function rowsOf(round: Round, assignment: RoleMemberDoc['assignment'], assignments: Assignment[], definitions: Definitions, stored: RoleMembers): Promise<RoleMemberDoc[]> {
  const groups = new Map<string, Principal[] | undefined>()
  const rows = new Map<string, RoleMemberDoc>()
  for (const one of assignments) {
    const direct: Principal = one.principal ?? { id: one.principalId }
    const via = kindOf(direct) === 'group' ? direct : null
    if (via !== null && !groups.has(via.id)) {
      groups.set(via.id, await round.parts.attempt({ what: 'group', id: via.id }, () => readRoleGroupMembers(round.graph, via.id)))
      await round.keepLease()
    }
    for (const member of via === null ? [direct] : (groups.get(via.id) ?? [])) {
      const row = rowOf(round, assignment, one, member, via, definitions)
      rows.set(row._id, row)
    }
  }
  const unread = [...groups].flatMap(([id, members]) => (members === undefined ? [id] : []))
  const kept = unread.length === 0 ? [] : (await stored.ofTenant(round.tenant._id)).filter((row) => !isJoinable(row) && unread.includes(groupOf(row)))
  return [...kept, ...rows.values()]
}

/** Id of the group through which a role is held; "-" without one. */
const groupOf = ({ _id }: RoleMemberDoc): string => _id.split('|')[3]!

export function rowOf({ tenant }: Round, assignment: RoleMemberDoc['assignment'], one: Assignment, member: Principal, via: Principal | null, definitions: Definitions): RoleMemberDoc {
  const definition = definitions.get(one.roleDefinitionId)
  const roleTemplateId = definition?.templateId ?? one.roleDefinitionId.toLowerCase()
  const scope = one.directoryScopeId ?? '/'
  return {
    _id: [tenant._id, roleTemplateId, member.id, via?.id ?? '-', scope].join('|'),
    tenantId: tenant._id,
    roleTemplateId,
    roleName: definition?.name ?? '',
    memberId: member.id,
    memberKind: kindOf(member),
    memberName: kindOf(member) === 'servicePrincipal' ? (textIn(member.displayName) ?? '') : null,
    assignment,
    viaGroup: via === null ? null : (textIn(via.displayName) ?? ''),
    scope: scope === '/' ? 'tenant' : 'limited',
    reading: 0,
  }
}
