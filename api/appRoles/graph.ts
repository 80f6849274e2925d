// Who may use Outpost: the app roles of its own application, and who holds them.
import type { AppRoleAssignment, DirectoryObject, ServicePrincipal } from '@microsoft/microsoft-graph-types'
import type { Graph } from '../graph/graph.ts'
import { noneIfDeleted, readAll } from '../graph/list.ts'
import { hasId, objectsIn } from '../graph/page.ts'
import { idIn, textIn } from '../graph/said.ts'

const pageSize = 999

export type Member = DirectoryObject & { id: string; '@odata.type'?: string }

/** The direct members of a group; none of one that was deleted: an assignment can outlive its group. */
export async function readGroupMembers(graph: Graph, groupId: string): Promise<Member[]> {
  return (await noneIfDeleted(() => readAll<Member>(graph, `/groups/${groupId}/members?$select=id&$top=${pageSize}`))).filter(hasId<Member>)
}

/** The app roles of an application and who holds them. Graph: "List appRoleAssignments granted for a service principal". */
export async function readAppRoles(
  graph: Graph,
  clientId: string,
): Promise<{ roles: Map<string, string>; assignments: AppRoleAssignment[] }> {
  const path = `/servicePrincipals(appId='${clientId}')`
  const application = (await graph.get(`${path}?$select=id,appRoles`)) as ServicePrincipal
  const roles = new Map(objectsIn(application.appRoles).flatMap(({ id, value }) => (idIn(id) && textIn(value) ? [[id!, value!] as const] : [])))
  const assignments = await readAll<AppRoleAssignment>(graph, `${path}/appRoleAssignedTo`)
  return { roles, assignments }
}
