// Groups and their members.
import { directoryObject, GROUP } from '../accounts/directoryObjects.ts'
import { context, listPage, type Call, type Handlers, type Json } from '../call.ts'
import { noResource, unknown } from '../errors.ts'
import { only, project } from '../query.ts'

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

export const groups: Handlers = {
  '/groups/{group-id}': oneGroup,
  '/groups/{group-id}/members': groupMembers,
}
