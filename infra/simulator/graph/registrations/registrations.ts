// The tenant itself, its licences and applications, and how its people can sign in.
import type { App, Registration, Sku, Tenant, User } from '../world/model.ts'
import { hash } from '../world/random.ts'
import { consumed, plansOf } from '../world/licences.ts'
import { context, entity, list, listPage, type Call, type Handler } from './call.ts'
import { graphError, noResource } from './errors.ts'
import { accountOf } from './objects.ts'
import { iso, only, type Fields } from './query.ts'

const ORGANIZATION: Fields<Tenant> = {
  id: (t) => t.id,
  displayName: (t) => t.name,
  verifiedDomains: (t) => t.domains.map((name, i) => (
    { capabilities: 'Email, OfficeCommunicationsOnline', isDefault: i === 0, isInitial: name.endsWith('.onmicrosoft.com'), name, type: 'Managed' })),
}

const skuFields = (tenant: Tenant): Fields<Sku> => ({
  id: (s) => `${tenant.id}_${s.id}`,
  skuId: (s) => s.id,
  skuPartNumber: (s) => s.partNumber,
  appliesTo: () => 'User',
  capabilityStatus: (s) => s.status,
  consumedUnits: (s) => consumed(tenant, s.id),
  prepaidUnits: ({ enabled, suspended, warning }) => ({ enabled, suspended, warning, lockedOut: 0 }),
  servicePlans: (s) => plansOf(tenant, s).map(([servicePlanId, servicePlanName]) => (
    { servicePlanId, servicePlanName, provisioningStatus: 'Success', appliesTo: 'User' })),
})

const APPLICATION: Fields<App> = {
  id: (a) => a.objectId,
  appId: (a) => a.clientId,
  displayName: (a) => a.name,
  passwordCredentials: ({ name, secretId, secret, secretFrom, secretTo }) => [{
    displayName: name, keyId: secretId, hint: secret.slice(0, 3), secretText: null, startDateTime: iso(secretFrom), endDateTime: iso(secretTo),
  }],
}

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

function registrations(call: Call): Record<string, unknown> {
  const rows = registered(call)
  return list(call, 'reports/authenticationMethods/userRegistrationDetails', REGISTRATION, rows)
}

function oneRegistration(call: Call): Record<string, unknown> {
  const row = registered(call).find(({ id }) => id === call.params[0])
  if (!row) throw noResource(call.params[0])
  return entity(call, 'reports/authenticationMethods/userRegistrationDetails', REGISTRATION, row)
}

/** Kinds of methods in v1.0, by what the registration report calls them; the report knows some that have no kind. */
const METHODS: readonly [RegExp, kind: string][] = [
  [/^microsoftAuthenticator/, 'microsoftAuthenticator'],
  [/^mobilePhone$/, 'phone'],
  [/^email$/, 'email'],
  [/^softwareOneTimePasscode$/, 'softwareOath'],
  [/^(fido2|passKey)/, 'fido2'],
  [/^windowsHello/, 'windowsHelloForBusiness'],
  [/^temporaryAccessPass$/, 'temporaryAccessPass'],
]

function authenticationMethods(call: Call): Record<string, unknown> {
  only(call.query)
  const user = accountOf(call)
  const method = (kind: string, id: string): unknown => ({ '@odata.type': `#microsoft.graph.${kind}AuthenticationMethod`, id })
  const registered = (user.registration?.methods ?? []).flatMap((name, i) => {
    const kind = METHODS.find(([pattern]) => pattern.test(name))?.[1]
    return kind === undefined ? [] : [method(kind, `${hash(user.id + name)}-${i}`)]
  })
  // Everybody has a password, under the same id.
  const all = [method('password', '28c10230-6103-485e-b985-444c60001490'), ...registered]
  return { ...context(`users('${user.id}')/authentication/methods`), ...listPage(call, () => all, (item) => item) }
}

/** Handlers by template. */
export const directoryHandlers: Record<string, Handler> = {
  '/organization': (call) => list(call, 'organization', ORGANIZATION, [call.tenant]),
  '/subscribedSkus': (call) => {
    const { tenant } = call
    return list(call, 'subscribedSkus', skuFields(tenant), tenant.skus.filter((s) => plansOf(tenant, s).length > 0))
  },
  '/applications': (call) => {
    const { msp, bot } = call.sim.world
    return list(call, 'applications', APPLICATION, call.tenant === msp ? [msp.app, bot] : [call.tenant.app])
  },
  '/reports/authenticationMethods/userRegistrationDetails': registrations,
  '/reports/authenticationMethods/userRegistrationDetails/{userRegistrationDetails-id}': oneRegistration,
  '/users/{user-id}/authentication/methods': authenticationMethods,
}
