// Accounts.
import { findUser, type User } from '../../world/accounts.ts'
import { context, linkTo, type Call, type Handlers, type Json } from '../call.ts'
import { deltaPage } from '../delta.ts'
import { graphError, noResource } from '../errors.ts'
import { only, project, type Fields } from '../query.ts'

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
export const showUser = (user: User, select = 'displayName,mail,userPrincipalName'): Json => project(USER, user, select)

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

export const users: Handlers = {
  '/users/{user-id}': (call) => {
    only(call.query)
    return { ...context('users/$entity'), ...showUser(accountOf(call), call.query.$select) }
  },
  '/users/delta()': userDelta,
}
