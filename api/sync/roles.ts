// Role streams of a tenant: active assignments and, where it may be read, what PIM makes eligible. Groups are expanded here.
import { AppError } from '../errors.ts'
import { readEligibilities, readRoleAssignments, readRoleDefinitions, readRoleGroupMembers, type Assignment, type Principal } from '../graph/roles.ts'
import type { RoleMemberDoc } from '../model/evidence.ts'
import { listOf, replaceList, type Round } from './round.ts'

const kinds: Record<string, RoleMemberDoc['memberKind']> = {
  '#microsoft.graph.user': 'user',
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.servicePrincipal': 'servicePrincipal',
}
const kindOf = (principal: Principal | null | undefined) => kinds[principal?.['@odata.type'] ?? ''] ?? 'unknown'

/** Active role assignments. @returns rows written */
export async function syncRoles(round: Round): Promise<number> {
  const rows = await rowsOf(round, 'active', await readRoleAssignments(round.graph))
  await replaceList(round, rows.length, listOf('roles', round.store.roleMembers, round.tenant._id, numbered(rows)))
  return rows.length
}

/** Eligible role assignments. Without the permission for it this stream fails, and what it would say stays unknown. */
export async function syncEligibility(round: Round): Promise<number> {
  const assignments = await readEligibilities(round.graph).catch((error: unknown) => {
    if (!(error instanceof AppError) || (error.code !== 'consentMissing' && error.code !== 'accessDenied')) throw error
    throw new AppError(error.code, {
      cause: error,
      sentence: 'Optional, and not granted: RoleManagement.Read.Directory. Without it, roles that can be activated through PIM stay unknown.',
    })
  })
  const rows = await rowsOf(round, 'eligible', assignments)
  await replaceList(round, rows.length, listOf('eligibility', round.store.eligibleMembers, round.tenant._id, numbered(rows)))
  return rows.length
}

const numbered = (rows: RoleMemberDoc[]) => (number: number) => rows.map((row) => ({ ...row, round: number }))

async function rowsOf(round: Round, assignment: RoleMemberDoc['assignment'], assignments: Assignment[]): Promise<RoleMemberDoc[]> {
  const definitions = await readRoleDefinitions(round.graph)
  const groups = new Map<string, Principal[]>()
  const rows = new Map<string, RoleMemberDoc>()
  for (const one of assignments) {
    const definition = definitions.get(one.roleDefinitionId)
    const direct: Principal = one.principal ?? { id: one.principalId }
    const via = kindOf(direct) === 'group' ? { id: direct.id, name: direct.displayName ?? '' } : null
    if (via !== null && !groups.has(via.id)) {
      groups.set(via.id, await readRoleGroupMembers(round.graph, via.id))
      await round.keepLease()
    }
    for (const member of via === null ? [direct] : groups.get(via.id)!) {
      const roleTemplateId = definition?.templateId ?? one.roleDefinitionId.toLowerCase()
      const scope = (one.directoryScopeId ?? '/') === '/' ? 'tenant' : 'limited'
      const row: RoleMemberDoc = {
        _id: [round.tenant._id, roleTemplateId, member.id, via?.id ?? '-', one.directoryScopeId ?? '/'].join('|'),
        tenantId: round.tenant._id,
        roleTemplateId,
        roleName: definition?.name ?? '',
        memberId: member.id,
        memberKind: kindOf(member),
        memberName: kindOf(member) === 'servicePrincipal' ? (member.displayName ?? '') : null,
        assignment,
        viaGroup: via?.name ?? null,
        scope,
        round: 0,
      }
      rows.set(row._id, row)
    }
  }
  return [...rows.values()]
}
