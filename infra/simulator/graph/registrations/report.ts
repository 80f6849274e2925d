// Microsoft's report: how the people of a tenant can sign in.
import type { User } from '../../world/accounts.ts'
import type { Registration } from '../../world/registrations.ts'
import { entity, list, type Call, type Handlers, type Json } from '../call.ts'
import { graphError, noResource } from '../errors.ts'
import { iso, type Fields } from '../query.ts'

type Registered = User & { registration: Registration }

const REGISTRATION: Fields<Registered> = {
  id: (u) => u.id,
  userPrincipalName: (u) => u.userPrincipalName,
  userDisplayName: (u) => u.displayName,
  userType: (u) => u.userType.toLowerCase(),
  isMfaRegistered: (u) => u.registration.registered,
  isMfaCapable: (u) => u.registration.capable,
  methodsRegistered: (u) => u.registration.methods,
  lastUpdatedDateTime: (u) => iso(u.registration.updatedAt),
}

function registered({ tenant }: Call): Registered[] {
  if (!tenant.premium)
    throw graphError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', "Tenant doesn't have premium license")
  return [...tenant.users.values()].filter((u): u is Registered => u.registration !== null)
}

function registrations(call: Call): Json {
  const rows = registered(call)
  return list(call, 'reports/authenticationMethods/userRegistrationDetails', REGISTRATION, rows)
}

function oneRegistration(call: Call): Json {
  const row = registered(call).find(({ id }) => id === call.params[0])
  if (!row) throw noResource(call.params[0])
  return entity(call, 'reports/authenticationMethods/userRegistrationDetails', REGISTRATION, row)
}

export const report: Handlers = {
  '/reports/authenticationMethods/userRegistrationDetails': registrations,
  '/reports/authenticationMethods/userRegistrationDetails/{userRegistrationDetails-id}': oneRegistration,
}
