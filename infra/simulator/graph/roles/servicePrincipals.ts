// Service principals, and who has which app role of Outpost.
import type { ServicePrincipal } from '../../world/applications.ts'
import type { AppRoleAssignment, World } from '../../world/model.ts'
import { entity, list, type Call, type Handlers, type Json } from '../call.ts'
import { noResource } from '../errors.ts'
import type { Fields } from '../query.ts'

/** What is known of a service principal; Outpost's alone has app roles. */
export const principalFields = ({ outpost }: World): Fields<ServicePrincipal> => ({
  id: (p) => p.id,
  appId: (p) => p.appId,
  displayName: (p) => p.name,
  appRoles: (p) => (p.id !== outpost.servicePrincipalId ? [] : Object.entries(outpost.roleIds).map(([value, id]) => (
    { id, value, displayName: value, description: `${value} of Outpost`, isEnabled: true, origin: 'Application', allowedMemberTypes: ['User'] }))),
})

function servicePrincipal({ tenant, params: [appId] }: Call): ServicePrincipal {
  const found = [...tenant.servicePrincipals.values()].find((p) => p.appId === appId)
  if (!found) throw noResource(appId)
  return found
}

function assignedTo(call: Call): Json {
  const resource = servicePrincipal(call)
  const { msp, outpost } = call.sim.world
  const fields: Fields<AppRoleAssignment> = {
    id: (a) => a.id, appRoleId: (a) => outpost.roleIds[a.role], principalId: (a) => a.principalId, principalType: (a) => a.principalType,
  }
  const assignments = resource.id === outpost.servicePrincipalId ? outpost.assignments : []
  // An assignment ends with the account that has it.
  return list(call, 'appRoleAssignments', fields, assignments.filter((a) => msp.users.has(a.principalId) || msp.groups.has(a.principalId)))
}

export const servicePrincipals: Handlers = {
  "/servicePrincipals(appId='{servicePrincipal-appId}')": (call) =>
    entity(call, 'servicePrincipals', principalFields(call.sim.world), servicePrincipal(call)),
  "/servicePrincipals(appId='{servicePrincipal-appId}')/appRoleAssignedTo": assignedTo,
}
