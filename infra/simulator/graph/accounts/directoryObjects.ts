// What may be an account, a group or a service principal.
import { context, type Call, type Handler } from '../call.ts'
import { noResource } from '../errors.ts'
import { GROUP } from '../groups/fields.ts'
import { only, project } from '../query.ts'
import { principalFields } from '../roles/servicePrincipals.ts'
import { showUser } from './users.ts'

type Json = Record<string, unknown>

/** An account, a group or a service principal: it says itself which. */
export function directoryObject({ tenant, sim }: Call, id: string, select?: string): Json {
  const typed = (kind: string, shown: Json): Json => ({ '@odata.type': `#microsoft.graph.${kind}`, ...shown })
  const [user, group, principal] = [tenant.users.get(id), tenant.groups.get(id), tenant.servicePrincipals.get(id)]
  if (user) return typed('user', showUser(user, select))
  if (group) return typed('group', project(GROUP, group, select))
  if (principal) return typed('servicePrincipal', project(principalFields(sim.world), principal, select))
  throw noResource(id)
}

/** Handlers by template. */
export const directoryObjects: Record<string, Handler> = {
  '/directoryObjects/{directoryObject-id}': (call) => {
    only(call.query)
    return { ...context('directoryObjects/$entity'), ...directoryObject(call, call.params[0], call.query.$select) }
  },
}
