// Role streams of a tenant: active assignments and, where it may be read, what PIM makes eligible. Groups are expanded here.
import { AppError, type ErrorCode } from '../errors.ts'
import {
  readEligibilities, readGroupEligibilities, readRoleAssignments, readRoleDefinitions, readRoleGroupMembers, type Assignment, type Principal,
} from './graph.ts'
import type { RoleMemberDoc } from '../posture/evidence.ts'
import type { RoleMembers } from '../accounts/rows.ts'
import { listOf, replaceList, type Round } from '../sync/walk.ts'

const kinds: Record<string, RoleMemberDoc['memberKind']> = {
  '#microsoft.graph.user': 'user',
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.servicePrincipal': 'servicePrincipal',
}
const kindOf = (principal: Principal | null | undefined) => kinds[principal?.['@odata.type'] ?? ''] ?? 'unknown'

/** Active role assignments. @returns rows written */
export async function syncRoles(round: Round): Promise<number> {
  const assignments = await readRoleAssignments(round.graph)
  const rows = await rowsOf(round, 'active', assignments, await readRoleDefinitions(round.graph), round.store.roleMembers)
  await replaceList(round, rows.length, listOf('roles', round.store.roleMembers, round.tenant._id, numbered(rows)))
  return rows.length
}

/**
 * Eligible role assignments, and who can become a member of a group that holds a role. Without the permission for one of them this
 * stream fails, and what it would say stays unknown.
 * @returns rows written
 */
export async function syncEligibility(round: Round): Promise<number> {
  const { store, tenant } = round
  const eligible = await readEligibilities(round.graph)
  const definitions = await readRoleDefinitions(round.graph)
  const rows = await rowsOf(round, 'eligible', eligible, definitions, store.eligibleMembers)
  const assignments = [...(await readRoleAssignments(round.graph)), ...eligible]
  const { joinable, failure } = await readJoinable(round, assignments.filter(({ principal }) => kindOf(principal) === 'group'), definitions)
  // What could not be read this time is not gone.
  const kept = failure === null ? [] : (await store.eligibleMembers.ofTenant(tenant._id)).filter(isJoinable)
  const all = [...new Map([...kept, ...rows, ...joinable].map((row) => [row._id, row])).values()]
  await replaceList(round, all.length, listOf('eligibility', store.eligibleMembers, tenant._id, numbered(all)))
  if (failure !== null) throw failure
  return all.length
}

/** Marks the rows of those who hold a role once they have made themselves members of a group. */
const joinableMark = '|pim'
const isJoinable = ({ _id }: RoleMemberDoc): boolean => _id.endsWith(joinableMark)

const ofOneGroup: ReadonlySet<ErrorCode> = new Set(['graphUnexpected', 'objectGone', 'refused'])

/** Roles within reach of those who can become members of a group. @returns what could be read, and what stopped the rest */
async function readJoinable(round: Round, ofGroups: Assignment[], definitions: Definitions): Promise<{ joinable: RoleMemberDoc[]; failure: AppError | null }> {
  const joinable: RoleMemberDoc[] = []
  let first: AppError | null = null
  for (const groupId of new Set(ofGroups.map(({ principalId }) => principalId))) {
    try {
      const members = await readGroupEligibilities(round.graph, groupId, round.now())
      for (const one of ofGroups.filter(({ principalId }) => principalId === groupId)) {
        for (const member of members) {
          const row = rowOf(round, 'eligible', one, member, one.principal!, definitions)
          joinable.push({ ...row, _id: `${row._id}${joinableMark}` })
        }
      }
    } catch (failure) {
      if (!(failure instanceof AppError) || failure.code === 'leaseLost') throw failure
      first ??= failure
      // What is not about this group alone would stop the others, too.
      if (!ofOneGroup.has(failure.code)) break
    }
    await round.keepLease()
  }
  return { joinable, failure: first }
}

const numbered = (rows: RoleMemberDoc[]) => (number: number) => rows.map((row) => ({ ...row, round: number }))

type Definitions = Awaited<ReturnType<typeof readRoleDefinitions>>

/** @param stored where the rows of a group that cannot be read this time are kept from */
async function rowsOf(round: Round, assignment: RoleMemberDoc['assignment'], assignments: Assignment[], definitions: Definitions, stored: RoleMembers): Promise<RoleMemberDoc[]> {
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

function rowOf({ tenant }: Round, assignment: RoleMemberDoc['assignment'], one: Assignment, member: Principal, via: Principal | null, definitions: Definitions): RoleMemberDoc {
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
    memberName: kindOf(member) === 'servicePrincipal' ? (member.displayName ?? '') : null,
    assignment,
    viaGroup: via === null ? null : (via.displayName ?? ''),
    scope: scope === '/' ? 'tenant' : 'limited',
    round: 0,
  }
}
