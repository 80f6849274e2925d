// Organisation, domains, accounts, roles, groups, registrations and the app roles of Outpost.
import type { DirectoryRole, Group, Tenant, User, World } from '../world/model.ts'
import { findUser } from '../world/world.ts'
import { context, entity, listPage, linkTo, type Call, type Handler } from './call.ts'
import { deltaPage } from './delta.ts'
import { badRequest, graphError, noResource, unknown } from './errors.ts'
import { filtered, only, project, type Fields } from './query.ts'

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
const nothing = (): null => null

const USER: Fields<User> = {
  id: (u) => u.id, userPrincipalName: (u) => u.userPrincipalName, displayName: (u) => u.displayName, givenName: (u) => u.givenName, surname: (u) => u.surname,
  mail: (u) => u.mail, mailNickname: (u) => u.userPrincipalName.split('@')[0], proxyAddresses: (u) => u.proxyAddresses, accountEnabled: (u) => u.accountEnabled,
  userType: (u) => u.userType, jobTitle: (u) => u.jobTitle, createdDateTime: (u) => iso(u.createdAt), businessPhones: () => [], otherMails: () => [], mobilePhone: nothing,
  officeLocation: nothing, preferredLanguage: nothing, department: nothing, companyName: nothing, usageLocation: nothing, onPremisesSyncEnabled: nothing,
  externalUserState: (u) => (u.userType === 'Guest' ? 'Accepted' : null), deletedDateTime: nothing,
}
// user resource: only these come without $select.
const USER_DEFAULTS = ['businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation', 'preferredLanguage', 'surname', 'userPrincipalName']

function list<T>(call: Call, what: string, fields: Fields<T>, items: T[], defaults: readonly string[] = Object.keys(fields)): Record<string, unknown> {
  only(call.query, '$filter')
  const page = listPage(call, 100, (q) => filtered(fields, items, q.$filter), (item, q) => project(fields, item, q.$select, defaults, call.operation))
  return { ...context(what), ...page }
}

function user(call: Call): Record<string, unknown> {
  const found = findUser(call.tenant, call.params[0] as string)
  if (!found) throw noResource(call.params[0] as string)
  only(call.query)
  return entity(call, 'users', USER, found, USER_DEFAULTS)
}

function userDelta(call: Call): Record<string, unknown> {
  const { tenant } = call
  const page = deltaPage(call, {
    of: `users|${tenant.id}`, log: tenant.userLog, size: 100, path: '/users/delta', limit: () => Infinity,
    check: (query) => {
      if (query.$top ?? query.$orderby ?? query.$expand) throw badRequest('The query specified in the URI is not valid with change tracking.', 'Request_UnsupportedQuery')
      only(query)
    },
    accept: () => true,
    render: (change, query) => (change.removed ? { id: change.id, '@removed': { reason: change.removed } }
      : project(USER, tenant.users.get(change.id) as User, query.$select, USER_DEFAULTS, call.operation)),
    // Directory tokens are answered with where to begin again (delta-query-overview).
    expired: () => graphError(410, 'syncStateNotFound', 'The sync state is not found; start again.', { location: linkTo('/users/delta', '$deltatoken', '') }),
  })
  return { ...context('users'), ...page }
}

/** Objects of several kinds in one list: each says what it is, and shows those selected properties that its kind has. */
function members(call: Call, ids: string[]): Record<string, unknown> {
  only(call.query)
  const show = <T>(fields: Fields<T>, item: T, select: string | undefined, defaults: readonly string[]): Record<string, unknown> => {
    const strange = select?.split(',').find((name) => !(name in USER) && !(name in GROUP))
    if (strange !== undefined) throw unknown(`the property ${strange} of members`)
    return project(fields, item, select?.split(',').filter((name) => name in fields).concat('id').join(), defaults, call.operation)
  }
  const page = listPage(call, 100, () => ids, (id, q) => {
    const person = call.tenant.users.get(id)
    if (person) return { '@odata.type': '#microsoft.graph.user', ...show(USER, person, q.$select, USER_DEFAULTS) }
    return { '@odata.type': '#microsoft.graph.group', ...show(GROUP, call.tenant.groups.get(id) as Group, q.$select, Object.keys(GROUP)) }
  })
  return { ...context('directoryObjects'), ...page }
}

const GROUP: Fields<Group> = {
  id: (g) => g.id, displayName: (g) => g.name, description: nothing, groupTypes: () => [], mail: nothing, mailEnabled: () => false, mailNickname: (g) => g.name.replaceAll(' ', ''),
  securityEnabled: () => true, isAssignableToRole: (g) => g.roleAssignable, deletedDateTime: nothing, proxyAddresses: () => [],
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

const ROLE: Fields<DirectoryRole> = {
  id: (r) => r.id, deletedDateTime: nothing, description: (r) => `Members of ${r.name}.`, displayName: (r) => r.name, roleTemplateId: (r) => r.templateId,
}

function role(call: Call): DirectoryRole {
  const found = call.tenant.roles.find((r) => r.id === call.params[0])
  if (!found) throw noResource(call.params[0] as string)
  return found
}

const holdsRole = (tenant: Tenant, id: string): boolean => tenant.roles.some((r) => r.members.some((m) => m === id || tenant.groups.get(m)?.members.includes(id)))

function registrationFields(tenant: Tenant): Fields<User> {
  const row = (u: User) => u.registration as NonNullable<User['registration']>
  return {
    id: (u) => u.id, userPrincipalName: (u) => u.userPrincipalName, userDisplayName: (u) => u.displayName, userType: (u) => u.userType.toLowerCase(), isAdmin: (u) => holdsRole(tenant, u.id),
    isSsprRegistered: (u) => row(u).methods.length > 1, isSsprEnabled: () => true, isSsprCapable: (u) => row(u).methods.length > 1,
    isMfaRegistered: (u) => row(u).registered, isMfaCapable: (u) => row(u).capable,
    isPasswordlessCapable: (u) => row(u).methods.some((m) => /fido2|passKey|windowsHello|Passwordless/.test(m)), methodsRegistered: (u) => row(u).methods,
    isSystemPreferredAuthenticationMethodEnabled: () => true,
    systemPreferredAuthenticationMethods: (u) => (row(u).preferred === 'push' ? ['PhoneAppNotification'] : []),
    userPreferredMethodForSecondaryAuthentication: (u) => row(u).preferred, lastUpdatedDateTime: (u) => iso(row(u).updatedAt),
  }
}

function registrations(call: Call): Record<string, unknown> {
  const fields = registrationFields(call.tenant)
  // api/authenticationmethodsroot-list-userregistrationdetails: only $filter and $orderby; $top is declared.
  if (Object.keys(call.query).some((name) => !['$filter', '$orderby', '$top', '$skiptoken'].includes(name))) throw badRequest('The query option is not supported by userRegistrationDetails.')
  const page = listPage(call, 100, (q) => {
    const rows = filtered(fields, [...call.tenant.users.values()].filter((u) => u.registration !== null), q.$filter)
    const [name = '', direction = 'asc'] = q.$orderby?.split(' ') ?? []
    const by = fields[name]
    if (q.$orderby !== undefined && !by) throw badRequest(`Could not find a property named '${name}'.`)
    return by ? rows.sort((a, b) => String(by(a)).localeCompare(String(by(b))) * (direction === 'desc' ? -1 : 1)) : rows
  }, (row) => project(fields, row, undefined, Object.keys(fields), call.operation))
  return { ...context('reports/authenticationMethods/userRegistrationDetails'), ...page }
}

const DOMAIN: Fields<{ name: string; tenant: Tenant }> = {
  id: (d) => d.name, authenticationType: () => 'Managed', availabilityStatus: nothing, isAdminManaged: () => true, isDefault: (d) => d.name === d.tenant.domains[0],
  isInitial: (d) => d.name.endsWith('.onmicrosoft.com'), isRoot: (d) => !d.tenant.domains.some((o) => d.name.endsWith(`.${o}`)), isVerified: () => true, supportedServices: () => ['Email', 'OfficeCommunicationsOnline'],
}

const ORGANIZATION: Fields<Tenant> = {
  id: (t) => t.id, displayName: (t) => t.name, deletedDateTime: nothing, createdDateTime: () => '2019-05-04T09:00:00Z', tenantType: () => 'AAD', businessPhones: () => [], city: nothing, country: nothing,
  countryLetterCode: () => 'DE', preferredLanguage: () => 'en', onPremisesSyncEnabled: nothing, technicalNotificationMails: () => [], assignedPlans: () => [], provisionedPlans: () => [],
  verifiedDomains: (t) => t.domains.map((name) => ({ capabilities: 'Email, OfficeCommunicationsOnline', isDefault: name === t.domains[0], isInitial: name.endsWith('.onmicrosoft.com'), name, type: 'Managed' })),
}

const SKU: Fields<Tenant> = {
  id: (t) => `${t.id}_cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46`, accountId: (t) => t.id, accountName: (t) => t.name, appliesTo: () => 'User', capabilityStatus: () => 'Enabled', consumedUnits: (t) => t.users.size,
  prepaidUnits: (t) => ({ enabled: t.users.size + 5, suspended: 0, warning: 0, lockedOut: 0 }), skuId: () => 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46', skuPartNumber: () => 'SPB', subscriptionIds: () => [],
  servicePlans: () => [{ servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', servicePlanName: 'AAD_PREMIUM', provisioningStatus: 'Success', appliesTo: 'User' }],
}

function servicePrincipal(call: Call): World['outpost'] & { world: World } {
  const { world } = call.sim
  const wanted = (call.params[0] as string).toLowerCase()
  if (call.tenant !== world.msp || ![world.outpost.servicePrincipalId, world.msp.app.clientId].includes(wanted)) throw noResource(wanted)
  if (call.operation.template.includes('appId=') !== (wanted === world.msp.app.clientId)) throw noResource(wanted)
  return { ...world.outpost, world }
}

const PRINCIPAL: Fields<ReturnType<typeof servicePrincipal>> = {
  id: (o) => o.servicePrincipalId, appId: (o) => o.world.msp.app.clientId, displayName: (o) => o.world.msp.app.name, appDisplayName: (o) => o.world.msp.app.name, accountEnabled: () => true,
  appOwnerOrganizationId: (o) => o.world.msp.id, appRoleAssignmentRequired: () => true, servicePrincipalType: () => 'Application', deletedDateTime: nothing,
  appRoles: (o) => Object.entries(o.roleIds).map(([value, id]) => ({ id, value, displayName: value, description: `${value} of Outpost`, isEnabled: true, origin: 'Application', allowedMemberTypes: ['User'] })),
}

function assignedTo(call: Call): Record<string, unknown> {
  const outpost = servicePrincipal(call)
  const { msp } = outpost.world
  const fields: Fields<World['outpost']['assignments'][number]> = {
    id: (a) => a.id, deletedDateTime: nothing, appRoleId: (a) => outpost.roleIds[a.role], createdDateTime: () => '2024-02-01T08:00:00Z', principalId: (a) => a.principalId, principalType: (a) => a.principalType,
    principalDisplayName: (a) => msp.users.get(a.principalId)?.displayName ?? msp.groups.get(a.principalId)?.name ?? null, resourceDisplayName: () => msp.app.name, resourceId: () => outpost.servicePrincipalId,
  }
  const gone = (a: { principalId: string }): boolean => !msp.users.has(a.principalId) && !msp.groups.has(a.principalId)
  return list(call, 'appRoleAssignments', fields, outpost.assignments.filter((a) => !gone(a)))
}

const principal: Handler = (call) => {
  only(call.query)
  return entity(call, 'servicePrincipals', PRINCIPAL, servicePrincipal(call))
}

/** Handlers by template. */
export const directoryHandlers: Record<string, Handler> = {
  '/organization': (call) => list(call, 'organization', ORGANIZATION, [call.tenant]),
  '/domains': (call) => list(call, 'domains', DOMAIN, call.tenant.domains.map((name) => ({ name, tenant: call.tenant }))),
  '/subscribedSkus': (call) => list(call, 'subscribedSkus', SKU, [call.tenant]),
  '/users': (call) => list(call, 'users', USER, [...call.tenant.users.values()], USER_DEFAULTS),
  '/users/{user-id}': user,
  '/users/delta()': userDelta,
  '/directoryRoles': (call) => list(call, 'directoryRoles', ROLE, call.tenant.roles),
  '/directoryRoles/{directoryRole-id}/members': (call) => members(call, role(call).members),
  '/groups/{group-id}/members': (call) => members(call, group(call).members),
  '/groups/{group-id}/transitiveMembers': (call) => members(call, transitive(call.tenant, group(call))),
  '/reports/authenticationMethods/userRegistrationDetails': registrations,
  "/servicePrincipals(appId='{servicePrincipal-appId}')": principal,
  '/servicePrincipals/{servicePrincipal-id}': principal,
  "/servicePrincipals(appId='{servicePrincipal-appId}')/appRoleAssignedTo": assignedTo,
  '/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo': assignedTo,
}
