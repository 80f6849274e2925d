// What may be an account, a group or a service principal.
import type { Group } from '../../world/groups.ts'
import { context, type Call, type Handlers, type Json } from '../call.ts'
import { noResource } from '../errors.ts'
import { only, project, type Fields } from '../query.ts'
import { principalFields } from '../roles/servicePrincipals.ts'
import { showUser } from './users.ts'

/** What is known of a group. */
export const GROUP: Fields<Group> = { id: (g) => g.id, displayName: (g) => g.name, isAssignableToRole: (g) => g.roleAssignable }

/** An account, a group or a service principal: it says itself which. */
export function directoryObject({ tenant, sim }: Call, id: string, select?: string): Json {
  const typed = (kind: string, shown: Json): Json => ({ '@odata.type': `#microsoft.graph.${kind}`, ...shown })
  const [user, group, principal] = [tenant.users.get(id), tenant.groups.get(id), tenant.servicePrincipals.get(id)]
  if (user) return typed('user', showUser(user, select))
  if (group) return typed('group', project(GROUP, group, select))
  if (principal) return typed('servicePrincipal', project(principalFields(sim.world), principal, select))
  throw noResource(id)
}

export const directoryObjects: Handlers = {
  '/directoryObjects/{directoryObject-id}': (call) => {
    only(call.query)
    return { ...context('directoryObjects/$entity'), ...directoryObject(call, call.params[0], call.query.$select) }
  },
}
