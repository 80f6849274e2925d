// Directory roles: who holds which, directly, through a group, on a part of the tenant, or as eligible through PIM.
import type { DirectoryObject, Group, PrivilegedAccessGroupEligibilitySchedule, UnifiedRoleDefinition } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { askEach } from '../graph/batch.ts'
import type { Graph } from '../graph/graph.ts'
import { noneIfDeleted, readAll } from '../graph/list.ts'
import { hasId, objectsIn } from '../graph/page.ts'
import type { Permission } from '../graph/permission.ts'
import { idIn, textIn } from '../graph/said.ts'

export const rolesThroughPim: Permission = {
  name: 'Roles through PIM',
  permission: 'RoleManagement.Read.Directory',
  orElse: ['RoleEligibilitySchedule.Read.Directory'],
  read: 'roles that can be activated through PIM',
  without: 'roles that can be activated through PIM stay unknown',
  paths: [/^\/roleManagement\/directory\/roleEligib/],
}

export const groupsThroughPim: Permission = {
  name: 'Groups through PIM',
  permission: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  orElse: [],
  read: 'who can become a member of a group with a role (PIM for Groups)',
  without: 'who can become a member of a group with a role (PIM for Groups) stays unknown',
  paths: [/^\/identityGovernance\/privilegedAccess\/group\//],
}

/** Somebody or something that a role is assigned to. Without a type: nobody that Microsoft still knows. */
export type Principal = DirectoryObject & { id: string; '@odata.type'?: string; displayName?: string | null }

export interface Assignment {
  readonly roleDefinitionId: string
  readonly principalId: string
  /** "/" for the whole tenant. */
  readonly directoryScopeId?: string | null
  readonly principal?: Principal | null
}

/** Names of the tenant's roles by id; of built-in roles the id is the template's. Graph: "List roleDefinitions". */
export async function readRoleDefinitions(graph: Graph): Promise<Map<string, { name: string; templateId: string }>> {
  const definitions = await readAll<UnifiedRoleDefinition>(graph, '/roleManagement/directory/roleDefinitions?$select=id,displayName,templateId')
  return new Map(definitions.filter(hasId<UnifiedRoleDefinition & { id: string }>).map(({ id, displayName, templateId }) => [id, { name: textIn(displayName) ?? '', templateId: (idIn(templateId) ?? id).toLowerCase() }]))
}

/** Active assignments, with whom they are to. Graph: "List unifiedRoleAssignments". */
export const readRoleAssignments = (graph: Graph): Promise<Assignment[]> => withPrincipals(graph, '/roleManagement/directory/roleAssignments')

/** What can be activated through PIM. Needs a permission of its own. Graph: "List roleEligibilityScheduleInstances". */
export const readEligibilities = (graph: Graph): Promise<Assignment[]> => withPrincipals(graph, '/roleManagement/directory/roleEligibilityScheduleInstances')

/** One expand is allowed. The whole list is refused for one principal that was deleted; then each is asked for by itself. */
async function withPrincipals(graph: Graph, path: string): Promise<Assignment[]> {
  try {
    return assignmentsIn(await readAll<Assignment>(graph, `${path}?$expand=principal`))
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 404) throw error
  }
  const assignments = assignmentsIn(await readAll<Assignment>(graph, path))
  const principals = await readPrincipals(graph, [...new Set(assignments.map(({ principalId }) => principalId))])
  return assignments.map((assignment) => ({ ...assignment, principal: principals.get(assignment.principalId) ?? null }))
}

/**
 * Assignments as they can be told: to whom, and of what.
 * @throws AppError `serviceUnavailable` for one that does not say it: somebody holds a role, and to leave them out would be to say that nobody does
 */
function assignmentsIn(list: readonly Assignment[]): Assignment[] {
  return list.map((one) => {
    const [roleDefinitionId, principalId] = [idIn(one.roleDefinitionId), idIn(one.principalId)]
    if (roleDefinitionId === null || principalId === null) throw new AppError('serviceUnavailable', { cause: new Error('an assignment of nothing or to nobody') })
    return { roleDefinitionId, principalId, directoryScopeId: idIn(one.directoryScopeId), principal: hasId<Principal>(one.principal) ? one.principal : null }
  })
}

/** Those that there still are, by id. Graph: "Get directoryObject". */
async function readPrincipals(graph: Graph, ids: readonly string[]): Promise<Map<string, Principal>> {
  const found = new Map<string, Principal>()
  for (const answer of await askEach(graph, ids.map((id) => ({ path: `/directoryObjects/${id}` })))) {
    if (answer.ok) {
      if (hasId<Principal>(answer.body)) found.set(answer.body.id, answer.body)
    } else if (answer.error.status !== 404) throw answer.error
  }
  return found
}

/** As many members as `$expand` shows of a group at most. Graph: "Use query parameters", expand. */
const mostExpanded = 20

/**
 * Direct members of a role-assignable group; such a group can hold no other group. "List group members" leaves service principals
 * out in v1.0 and names `$expand=members` as the way around, which shows twenty; of more members an eventually consistent list
 * holds them all (msgraph-sdk-powershell, issue 2853).
 * @returns none of a group that was deleted meanwhile
 */
export function readRoleGroupMembers(graph: Graph, groupId: string): Promise<Principal[]> {
  const members = `/groups/${groupId}/members?$select=id,displayName`
  return noneIfDeleted(async () => {
    const listed = await readAll<Principal>(graph, members)
    const expanded = await expandedMembers(graph, groupId)
    const eventual = { get: (link: string) => graph.get(link, undefined, 'eventual') }
    const others = expanded.length < mostExpanded ? expanded : await readAll<Principal>(eventual, `${members}&$count=true`)
    return [...new Map([...listed, ...others].filter(hasId<Principal>).map((member) => [member.id, member])).values()]
  })
}

async function expandedMembers(graph: Graph, groupId: string): Promise<Principal[]> {
  try {
    const group = (await graph.get(`/groups/${groupId}?$select=id&$expand=members($select=id,displayName)`)) as Group & { members?: Principal[] }
    return objectsIn(group.members)
  } catch (error) {
    // The accounts of the group are listed already: a way around that is refused takes nothing from that.
    if (error instanceof AppError && error.code === 'graphUnexpected') return []
    throw error
  }
}

/**
 * Who can become a member of a group through PIM for Groups now. Needs a permission of its own. Graph: "List eligibilitySchedules"
 * of privilegedAccessGroup.
 * @returns nobody of a group that was deleted meanwhile
 */
export async function readGroupEligibilities(graph: Graph, groupId: string, now: Date): Promise<Principal[]> {
  const path = `/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=groupId eq '${groupId}'&$expand=principal`
  const schedules = await noneIfDeleted(() => readAll<Schedule>(graph, path))
  const current = schedules.filter(({ accessId, scheduleInfo }) => {
    const [from, until] = [Date.parse(textIn(scheduleInfo?.startDateTime) ?? ''), Date.parse(textIn(scheduleInfo?.expiration?.endDateTime) ?? '')]
    return accessId === 'member' && !(from > now.getTime()) && !(until <= now.getTime())
  })
  return current.flatMap(({ principalId, principal }) => (hasId<Principal>(principal) ? [principal] : idIn(principalId) !== null ? [{ id: principalId! }] : []))
}

type Schedule = PrivilegedAccessGroupEligibilitySchedule & { principal?: Principal | null }
