// Accounts, groups and service principals: by themselves, as members of something, and who has which app role of Outpost.
import type { AppRoleAssignment, Group, ServicePrincipal, User, World } from '../world/model.ts'
import { findUser } from '../world/world.ts'
import { context, entity, linkTo, list, listPage, type Call, type Handler } from './call.ts'
import { deltaPage } from './delta.ts'
import { graphError, noResource, unknown } from './errors.ts'
import { only, project, type Fields } from './query.ts'

type Json = Record<string, unknown>

const USER: Fields<User> = {
  id: (u) => u.id,
  userPrincipalName: (u) => u.userPrincipalName,
  displayName: (u) => u.displayName,
  mail: (u) => u.mail,
  proxyAddresses: (u) => u.proxyAddresses,
  accountEnabled: (u) => u.accountEnabled,
  userType: (u) => u.userType,
  assignedLicenses: (u) => u.licences.map((skuId) => ({ disabledPlans: [], skuId })),
}

/** user resource: "Only a subset of user properties are returned by default". */
const showUser = (user: User, select = 'displayName,mail,userPrincipalName'): Json => project(USER, user, select)

const GROUP: Fields<Group> = { id: (g) => g.id, displayName: (g) => g.name, isAssignableToRole: (g) => g.roleAssignable }

const principalFields = ({ outpost }: World): Fields<ServicePrincipal> => ({
  id: (p) => p.id,
  appId: (p) => p.appId,
  displayName: (p) => p.name,
  appRoles: (p) => (p.id !== outpost.servicePrincipalId ? [] : Object.entries(outpost.roleIds).map(([value, id]) => (
    { id, value, displayName: value, description: `${value} of Outpost`, isEnabled: true, origin: 'Application', allowedMemberTypes: ['User'] }))),
})

/** An account, a group or a service principal: it says itself which. */
export function directoryObject({ tenant, sim }: Call, id: string, select?: string): Json {
  const typed = (kind: string, shown: Json): Json => ({ '@odata.type': `#microsoft.graph.${kind}`, ...shown })
  const [user, group, principal] = [tenant.users.get(id), tenant.groups.get(id), tenant.servicePrincipals.get(id)]
  if (user) return typed('user', showUser(user, select))
  if (group) return typed('group', project(GROUP, group, select))
  if (principal) return typed('servicePrincipal', project(principalFields(sim.world), principal, select))
  throw noResource(id)
}

/** The account that a path names. */
export function accountOf({ tenant, params: [id] }: Call): User {
  const found = findUser(tenant, id)
  if (!found) throw noResource(id)
  return found
}

function userDelta(call: Call): Json {
  const { users, userLog, id } = call.tenant
  const page = deltaPage(call, {
    of: `users|${id}`,
    log: userLog,
    size: 100,
    path: '/users/delta',
    check: only,
    render: ({ id, removed }, query) => (removed ? { id, '@removed': { reason: removed } } : showUser(users.get(id) as User, query.$select)),
    // Directory tokens are answered with where to begin again (delta-query-overview).
    expired: () => graphError(410, 'syncStateNotFound', 'The sync state is not found; start again.',
      { location: linkTo('/users/delta', '$deltatoken', '') }),
  })
  return { ...context('users'), ...page }
}

function groupMembers(call: Call): Json {
  only(call.query)
  const { groups, servicePrincipals } = call.tenant
  const group = groups.get(call.params[0])
  if (!group) throw noResource(call.params[0])
  // group-list-members: in v1.0 service principals are not listed.
  const listed = group.members.filter((id) => !servicePrincipals.has(id))
  return { ...context('directoryObjects'), ...listPage(call, () => listed, (id, query) => directoryObject(call, id, query.$select)) }
}

/** A group; of its members `$expand` shows twenty, service principals too, and no link to more (query-parameters). */
function oneGroup(call: Call): Json {
  only(call.query, '$expand')
  const group = call.tenant.groups.get(call.params[0])
  if (!group) throw noResource(call.params[0])
  const { $select, $expand } = call.query
  const [, selected] = /^members(?:\(\$select=([^)]*)\))?$/.exec($expand ?? 'members') ?? []
  if ($expand !== undefined && !$expand.startsWith('members')) throw unknown(`$expand=${$expand} here`)
  const members = $expand === undefined ? {} : { members: group.members.slice(0, 20).map((id) => directoryObject(call, id, selected)) }
  return { ...context('groups/$entity'), ...project(GROUP, group, $select), ...members }
}

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

/** Handlers by template. */
export const objectHandlers: Record<string, Handler> = {
  '/users/{user-id}': (call) => {
    only(call.query)
    return { ...context('users/$entity'), ...showUser(accountOf(call), call.query.$select) }
  },
  '/users/delta()': userDelta,
  '/groups/{group-id}': oneGroup,
  '/groups/{group-id}/members': groupMembers,
  '/directoryObjects/{directoryObject-id}': (call) => {
    only(call.query)
    return { ...context('directoryObjects/$entity'), ...directoryObject(call, call.params[0], call.query.$select) }
  },
  "/servicePrincipals(appId='{servicePrincipal-appId}')": (call) =>
    entity(call, 'servicePrincipals', principalFields(call.sim.world), servicePrincipal(call)),
  "/servicePrincipals(appId='{servicePrincipal-appId}')/appRoleAssignedTo": assignedTo,
}
