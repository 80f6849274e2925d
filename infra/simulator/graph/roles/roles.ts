// Directory roles: every assignment with its scope, and eligibility (PIM).
import type { Tenant } from '../../world/model.ts'
import { ROLE_TEMPLATES, type Grant, type Joinable } from '../../world/roles.ts'
import { directoryObject } from '../accounts/directoryObjects.ts'
import { list, type Handler, type Handlers } from '../call.ts'
import { badRequest, unknown } from '../errors.ts'
import { iso, type Fields } from '../query.ts'

interface Definition { id: string; name: string; builtIn: boolean }

// The id of a built-in definition is its template's, in every tenant.
const definitions = (tenant: Tenant): Definition[] => [
  ...Object.entries(ROLE_TEMPLATES).map(([name, id]) => ({ id, name, builtIn: true })),
  ...(tenant.customRole ? [{ ...tenant.customRole, builtIn: false }] : []),
]

const DEFINITION: Fields<Definition> = { id: (d) => d.id, displayName: (d) => d.name, isBuiltIn: (d) => d.builtIn, templateId: (d) => d.id }

/** Active assignments: the direct members of the roles, and what is granted in other ways. */
export const assignments = (tenant: Tenant): Grant[] => [
  ...tenant.roles.flatMap((r) => r.members.map((principalId) => ({ roleId: r.templateId, principalId, scope: '/', from: 0, to: null }))),
  ...tenant.granted,
]

const bytes = (...guids: string[]): string => Buffer.from(guids.map((g) => g.replaceAll('-', '')).join(''), 'hex').toString('base64url')

const ASSIGNMENT: Fields<Grant> = {
  id: (g) => `${bytes(g.roleId, g.principalId, ...(g.scope === '/' ? [] : [g.scope.slice(-36)]))}-1`,
  principalId: (g) => g.principalId,
  roleDefinitionId: (g) => g.roleId,
  directoryScopeId: (g) => g.scope,
}
const ELIGIBLE: Fields<Grant> = {
  ...ASSIGNMENT,
  startDateTime: (g) => iso(g.from),
  endDateTime: (g) => (g.to === null ? null : iso(g.to)),
  memberType: () => 'Direct',
}

const JOINABLE: Fields<Joinable> = {
  id: (j) => `${j.groupId}_member_${j.principalId}`,
  accessId: () => 'member',
  groupId: (j) => j.groupId,
  principalId: (j) => j.principalId,
  memberType: () => 'direct',
  status: () => 'Provisioned',
  scheduleInfo: (j) => ({ startDateTime: iso(j.from), recurrence: null, expiration: { type: 'noExpiration', endDateTime: null, duration: null } }),
}

/** PIM for Groups: who can become a member. The filter by group or principal is required there. */
const joinable: Handler = (call) => {
  if (call.query.$filter === undefined) throw badRequest('The filter groupId or principalId is required.')
  return list(call, 'identityGovernance/privilegedAccess/group/eligibilitySchedules', JOINABLE, call.tenant.joinable, ({ principalId }, wanted) => {
    if (wanted !== 'principal') throw unknown(`$expand=${wanted}`)
    return { principal: directoryObject(call, principalId) }
  })
}

/** A list of grants; of their relationships only the principal can be expanded here. */
const grants = (what: string, fields: Fields<Grant>, of: (tenant: Tenant) => Grant[]): Handler => (call) =>
  list(call, `roleManagement/directory/${what}`, fields, of(call.tenant), (grant, wanted) => {
    if (wanted !== 'principal') throw unknown(`$expand=${wanted}`)
    return { principal: directoryObject(call, grant.principalId) }
  })

export const roles: Handlers = {
  '/roleManagement/directory/roleDefinitions': (call) =>
    list(call, 'roleManagement/directory/roleDefinitions', DEFINITION, definitions(call.tenant)),
  '/roleManagement/directory/roleAssignments': grants('roleAssignments', ASSIGNMENT, assignments),
  '/roleManagement/directory/roleEligibilityScheduleInstances': grants('roleEligibilityScheduleInstances', ELIGIBLE, (t) => t.eligible),
  '/identityGovernance/privilegedAccess/group/eligibilitySchedules': joinable,
}
