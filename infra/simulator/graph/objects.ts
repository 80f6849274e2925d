// Accounts, groups and service principals: by themselves, as members of something, and who has which app role of Outpost.
import type { Group, ServicePrincipal, Tenant, User, World } from '../world/model.ts'
import { findUser } from '../world/world.ts'
import { context, entity, linkTo, list, listPage, type Call, type Handler } from './call.ts'
import { deltaPage } from './delta.ts'
import { badRequest, graphError, noResource, unknown } from './errors.ts'
import { iso, nothing, only, project, type Fields } from './query.ts'

const USER: Fields<User> = {
  id: (u) => u.id, userPrincipalName: (u) => u.userPrincipalName, displayName: (u) => u.displayName, givenName: (u) => u.givenName,
  surname: (u) => u.surname, mail: (u) => u.mail, mailNickname: (u) => u.userPrincipalName.split('@')[0], proxyAddresses: (u) => u.proxyAddresses,
  accountEnabled: (u) => u.accountEnabled, userType: (u) => u.userType, jobTitle: (u) => u.jobTitle, createdDateTime: (u) => iso(u.createdAt),
  businessPhones: () => [], otherMails: () => [], mobilePhone: nothing, officeLocation: nothing, preferredLanguage: nothing, department: nothing,
  companyName: nothing, usageLocation: nothing, onPremisesSyncEnabled: nothing, deletedDateTime: nothing,
  externalUserState: (u) => (u.userType === 'Guest' ? 'Accepted' : null),
  assignedLicenses: (u) => u.licences.map((skuId) => ({ disabledPlans: [], skuId })),
}
// user resource: only these come without $select.
const USER_DEFAULTS = ['businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation', 'preferredLanguage',
  'surname', 'userPrincipalName']

const GROUP: Fields<Group> = {
  id: (g) => g.id, displayName: (g) => g.name, description: nothing, groupTypes: () => [], mail: nothing, mailEnabled: () => false,
  mailNickname: (g) => g.name.replaceAll(' ', ''), securityEnabled: () => true, isAssignableToRole: (g) => g.roleAssignable, deletedDateTime: nothing,
  proxyAddresses: () => [],
}

const principalFields = ({ outpost, msp }: World): Fields<ServicePrincipal> => ({
  id: (o) => o.id, appId: (o) => o.appId, displayName: (o) => o.name, appDisplayName: (o) => o.name, accountEnabled: () => true,
  appOwnerOrganizationId: () => msp.id, appRoleAssignmentRequired: () => true, servicePrincipalType: () => 'Application', deletedDateTime: nothing,
  appRoles: (o) => (o.id !== outpost.servicePrincipalId ? [] : Object.entries(outpost.roleIds).map(([value, id]) => (
    { id, value, displayName: value, description: `${value} of Outpost`, isEnabled: true, origin: 'Application', allowedMemberTypes: ['User'] }))),
})

/** Any of them: it says what it is, and shows those selected properties that its kind has. */
export function directoryObject(call: Call, id: string, select?: string): Record<string, unknown> {
  const { tenant, sim } = call
  const principals = principalFields(sim.world)
  const names = select?.split(',')
  const strange = names?.find((name) => !(name in USER) && !(name in GROUP) && !(name in principals))
  if (strange !== undefined) throw unknown(`the property ${strange} of a directory object`)
  const show = <T>(kind: string, fields: Fields<T>, item: T, defaults = Object.keys(fields)): Record<string, unknown> => {
    const shown = names?.filter((name) => name in fields).concat('id').join()
    return { '@odata.type': `#microsoft.graph.${kind}`, ...project(fields, item, shown, defaults, call.operation) }
  }
  const [user, group, principal] = [tenant.users.get(id), tenant.groups.get(id), tenant.servicePrincipals.get(id)]
  if (user) return show('user', USER, user, USER_DEFAULTS)
  if (group) return show('group', GROUP, group)
  if (principal) return show('servicePrincipal', principals, principal)
  throw noResource(id)
}

/** Objects of several kinds in one list. */
export function members(call: Call, ids: string[]): Record<string, unknown> {
  only(call.query)
  return { ...context('directoryObjects'), ...listPage(call, 100, () => ids, (id, q) => directoryObject(call, id, q.$select)) }
}

function user(call: Call): Record<string, unknown> {
  only(call.query)
  return entity(call, 'users', USER, accountOf(call), USER_DEFAULTS)
}

/** The account that a path names. */
export function accountOf(call: Call): User {
  const found = findUser(call.tenant, call.params[0] as string)
  if (!found) throw noResource(call.params[0] as string)
  return found
}

function userDelta(call: Call): Record<string, unknown> {
  const { tenant } = call
  const page = deltaPage(call, {
    of: `users|${tenant.id}`, log: tenant.userLog, size: 100, path: '/users/delta', limit: () => Infinity,
    check: (query) => {
      if (query.$top ?? query.$orderby ?? query.$expand)
        throw badRequest('The query specified in the URI is not valid with change tracking.', 'Request_UnsupportedQuery')
      only(query)
    },
    // What is selected is also what is tracked (user-delta).
    accept: ({ property }, query) => property === undefined || query.$select?.split(',').includes(property) === true,
    render: (change, query) => (change.removed ? { id: change.id, '@removed': { reason: change.removed } }
      : project(USER, tenant.users.get(change.id) as User, query.$select, USER_DEFAULTS, call.operation)),
    // Directory tokens are answered with where to begin again (delta-query-overview).
    expired: () => graphError(410, 'syncStateNotFound', 'The sync state is not found; start again.',
      { location: linkTo('/users/delta', '$deltatoken', '') }),
  })
  return { ...context('users'), ...page }
}

function group(call: Call): Group {
  const found = call.tenant.groups.get((call.params[0] as string).toLowerCase())
  if (!found) throw noResource(call.params[0] as string)
  return found
}

function transitive(tenant: Tenant, from: Group, seen = new Set<string>()): string[] {
  for (const id of from.members) {
    if (seen.has(id)) continue
    seen.add(id)
    const inner = tenant.groups.get(id)
    if (inner) transitive(tenant, inner, seen)
  }
  return [...seen]
}

function servicePrincipal(call: Call): ServicePrincipal {
  const wanted = (call.params[0] as string).toLowerCase()
  const key = call.operation.template.includes('appId=') ? 'appId' : 'id'
  const found = [...call.tenant.servicePrincipals.values()].find((p) => p[key] === wanted)
  if (!found) throw noResource(wanted)
  return found
}

const principal: Handler = (call) => {
  only(call.query)
  return entity(call, 'servicePrincipals', principalFields(call.sim.world), servicePrincipal(call))
}

function assignedTo(call: Call): Record<string, unknown> {
  const resource = servicePrincipal(call)
  const { msp, outpost } = call.sim.world
  const holder = (id: string): string | undefined => msp.users.get(id)?.displayName ?? msp.groups.get(id)?.name
  const fields: Fields<World['outpost']['assignments'][number]> = {
    id: (a) => a.id, deletedDateTime: nothing, appRoleId: (a) => outpost.roleIds[a.role], createdDateTime: () => '2024-02-01T08:00:00Z',
    principalId: (a) => a.principalId, principalType: (a) => a.principalType, principalDisplayName: (a) => holder(a.principalId),
    resourceDisplayName: () => resource.name, resourceId: () => resource.id,
  }
  const assignments = resource.id === outpost.servicePrincipalId ? outpost.assignments : []
  return list(call, 'appRoleAssignments', fields, assignments.filter((a) => holder(a.principalId) !== undefined))
}

/** Handlers by template. */
export const objectHandlers: Record<string, Handler> = {
  '/users': (call) => list(call, 'users', USER, [...call.tenant.users.values()], USER_DEFAULTS),
  '/users/{user-id}': user,
  '/users/delta()': userDelta,
  '/groups': (call) => list(call, 'groups', GROUP, [...call.tenant.groups.values()]),
  '/groups/{group-id}': (call) => entity(call, 'groups', GROUP, group(call)),
  '/groups/{group-id}/members': (call) => members(call, group(call).members),
  '/groups/{group-id}/transitiveMembers': (call) => members(call, transitive(call.tenant, group(call))),
  "/servicePrincipals(appId='{servicePrincipal-appId}')": principal,
  '/servicePrincipals/{servicePrincipal-id}': principal,
  "/servicePrincipals(appId='{servicePrincipal-appId}')/appRoleAssignedTo": assignedTo,
  '/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo': assignedTo,
}
