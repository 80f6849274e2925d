// Directory roles: who holds which, directly, through a group, on a part of the tenant, or as eligible through PIM.
import type { DirectoryObject, Group, UnifiedRoleDefinition } from '@microsoft/microsoft-graph-types'
import type { Graph } from './client.ts'
import { readAll } from './list.ts'

/** Somebody or something that a role is assigned to. */
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
  return new Map(definitions.map(({ id, displayName, templateId }) => [id!, { name: displayName ?? '', templateId: (templateId ?? id!).toLowerCase() }]))
}

/** Active assignments, with whom they are to. Graph: "List unifiedRoleAssignments"; one expand is allowed. */
export const readRoleAssignments = (graph: Graph): Promise<Assignment[]> =>
  readAll<Assignment>(graph, '/roleManagement/directory/roleAssignments?$expand=principal')

/** What can be activated through PIM. Needs a permission of its own. Graph: "List roleEligibilityScheduleInstances". */
export const readEligibilities = (graph: Graph): Promise<Assignment[]> =>
  readAll<Assignment>(graph, '/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal')

/** Direct members of a role-assignable group; such a group can hold no other group. */
export const readRoleGroupMembers = (graph: Graph, groupId: string): Promise<(Group & Principal)[]> =>
  readAll<Group & Principal>(graph, `/groups/${groupId}/members?$select=id,displayName`)
