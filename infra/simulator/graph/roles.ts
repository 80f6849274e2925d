// Directory roles: activated ones with their members, every assignment with its scope, and eligibility (PIM).
import { ROLE_TEMPLATES } from '../world/directory.ts'
import type { DirectoryRole, Grant, Tenant } from '../world/model.ts'
import { list, type Call, type Handler } from './call.ts'
import { badRequest, noResource, unknown } from './errors.ts'
import { directoryObject, members } from './objects.ts'
import { iso, nothing, project, type Fields } from './query.ts'

const ROLE: Fields<DirectoryRole> = {
  id: (r) => r.id, deletedDateTime: nothing, description: (r) => `Members of ${r.name}.`, displayName: (r) => r.name,
  roleTemplateId: (r) => r.templateId,
}

function role(call: Call): DirectoryRole {
  const found = call.tenant.roles.find((r) => r.id === call.params[0])
  if (!found) throw noResource(call.params[0] as string)
  return found
}

interface Definition { id: string; name: string; builtIn: boolean }

// The id of a built-in definition is its template's, in every tenant.
const definitions = (tenant: Tenant): Definition[] => [
  ...Object.entries(ROLE_TEMPLATES).map(([name, id]) => ({ id, name, builtIn: true })),
  ...(tenant.customRole ? [{ ...tenant.customRole, builtIn: false }] : []),
]

const DEFINITION: Fields<Definition> = {
  id: (d) => d.id, description: (d) => `Can do what ${d.name} does.`, displayName: (d) => d.name, isBuiltIn: (d) => d.builtIn, isEnabled: () => true,
  resourceScopes: () => ['/'], templateId: (d) => d.id, version: () => '1',
  rolePermissions: () => [{ allowedResourceActions: ['microsoft.directory/users/standard/read'], condition: null }],
}

/** Active assignments: the direct members of the roles, and what is granted in other ways. */
export const assignments = (tenant: Tenant): Grant[] => [
  ...tenant.roles.flatMap((r) => r.members.map((principalId) => ({ roleId: r.templateId, principalId, scope: '/', from: 0, to: null }))),
  ...tenant.granted,
]

const bytes = (...guids: string[]): string => Buffer.from(guids.map((g) => g.replaceAll('-', '')).join(''), 'hex').toString('base64url')
const idOf = (g: Grant): string => `${bytes(g.roleId, g.principalId, ...(g.scope === '/' ? [] : [g.scope.slice(-36)]))}-1`

const ASSIGNMENT: Fields<Grant> = {
  id: idOf, principalId: (g) => g.principalId, roleDefinitionId: (g) => g.roleId, directoryScopeId: (g) => g.scope, appScopeId: nothing,
}
const INSTANCE: Fields<Grant> = {
  ...ASSIGNMENT, startDateTime: (g) => (g.from === 0 ? null : iso(g.from)), endDateTime: (g) => (g.to === null ? null : iso(g.to)),
  memberType: () => 'Direct',
}
const ACTIVE: Fields<Grant> = { ...INSTANCE, assignmentType: () => 'Assigned', roleAssignmentOriginId: idOf, roleAssignmentScheduleId: idOf }
const ELIGIBLE: Fields<Grant> = { ...INSTANCE, roleEligibilityScheduleId: idOf }

/** A list of grants; one relationship can be expanded at a time (rbacapplication-list-roleassignments). */
const grants = (what: string, fields: Fields<Grant>, of: (tenant: Tenant) => Grant[]): Handler => (call) => {
  const { tenant } = call
  const expand = (g: Grant, wanted: string | undefined): Record<string, unknown> => {
    if (wanted === undefined) return {}
    if (wanted.includes(',')) throw badRequest('Only one property can be expanded in a single query.', 'Request_UnsupportedQuery')
    if (wanted === 'principal') return { principal: directoryObject(call, g.principalId) }
    const definition = definitions(tenant).find((d) => d.id === g.roleId)
    if (wanted !== 'roleDefinition' || !definition) throw unknown(`$expand=${wanted}`)
    return { roleDefinition: project(DEFINITION, definition, undefined, Object.keys(DEFINITION), call.operation) }
  }
  return list(call, `roleManagement/directory/${what}`, fields, of(tenant), Object.keys(fields), expand)
}

/** Handlers by template. */
export const roleHandlers: Record<string, Handler> = {
  '/directoryRoles': (call) => list(call, 'directoryRoles', ROLE, call.tenant.roles),
  '/directoryRoles/{directoryRole-id}/members': (call) => members(call, role(call).members),
  '/roleManagement/directory/roleDefinitions': (call) => list(call, 'roleManagement/directory/roleDefinitions', DEFINITION, definitions(call.tenant)),
  '/roleManagement/directory/roleAssignments': grants('roleAssignments', ASSIGNMENT, assignments),
  '/roleManagement/directory/roleAssignmentScheduleInstances': grants('roleAssignmentScheduleInstances', ACTIVE, assignments),
  '/roleManagement/directory/roleEligibilityScheduleInstances': grants('roleEligibilityScheduleInstances', ELIGIBLE, (t) => t.eligible),
}
