// The tenant itself, its domains, licences and applications, and how its people can sign in.
import { assignments } from './roles.ts'
import type { App, Registration, Sku, Tenant, User } from '../world/model.ts'
import { hash } from '../world/random.ts'
import { consumed, plansOf } from '../world/licences.ts'
import { context, entity, list, listPage, type Call, type Handler } from './call.ts'
import { badRequest, graphError, noResource } from './errors.ts'
import { accountOf } from './objects.ts'
import { filtered, iso, nothing, only, project, type Fields } from './query.ts'

const DOMAIN: Fields<{ name: string; tenant: Tenant }> = {
  id: (d) => d.name, authenticationType: () => 'Managed', availabilityStatus: nothing, isAdminManaged: () => true, isVerified: () => true,
  isDefault: (d) => d.name === d.tenant.domains[0], isInitial: (d) => d.name.endsWith('.onmicrosoft.com'),
  isRoot: (d) => !d.tenant.domains.some((o) => d.name.endsWith(`.${o}`)), supportedServices: () => ['Email', 'OfficeCommunicationsOnline'],
}

const ORGANIZATION: Fields<Tenant> = {
  id: (t) => t.id, displayName: (t) => t.name, deletedDateTime: nothing, createdDateTime: () => '2019-05-04T09:00:00Z', tenantType: () => 'AAD',
  businessPhones: () => [], city: nothing, country: nothing, countryLetterCode: () => 'DE', preferredLanguage: () => 'en',
  onPremisesSyncEnabled: nothing, technicalNotificationMails: () => [], assignedPlans: () => [], provisionedPlans: () => [],
  verifiedDomains: (t) => t.domains.map((name, i) => (
    { capabilities: 'Email, OfficeCommunicationsOnline', isDefault: i === 0, isInitial: name.endsWith('.onmicrosoft.com'), name, type: 'Managed' })),
}

function subscribedSkus(call: Call): Record<string, unknown> {
  const { tenant } = call
  const fields: Fields<Sku> = {
    id: (s) => `${tenant.id}_${s.id}`, accountId: () => tenant.id, accountName: () => tenant.name, appliesTo: () => 'User',
    capabilityStatus: (s) => s.status, consumedUnits: (s) => consumed(tenant, s.id), skuId: (s) => s.id, skuPartNumber: (s) => s.partNumber,
    prepaidUnits: ({ enabled, suspended, warning }) => ({ enabled, suspended, warning, lockedOut: 0 }), subscriptionIds: () => [],
    servicePlans: (s) => plansOf(tenant, s).map(([servicePlanId, servicePlanName]) => (
      { servicePlanId, servicePlanName, provisioningStatus: 'Success', appliesTo: 'User' })),
  }
  return list(call, 'subscribedSkus', fields, tenant.skus.filter((s) => plansOf(tenant, s).length > 0))
}

const APPLICATION: Fields<App> = {
  id: (a) => a.objectId, appId: (a) => a.clientId, displayName: (a) => a.name, deletedDateTime: nothing, signInAudience: () => 'AzureADMyOrg',
  createdDateTime: (a) => iso(a.secretFrom), keyCredentials: () => [], identifierUris: () => [],
  passwordCredentials: (a) => [{
    customKeyIdentifier: null, displayName: a.name, keyId: a.secretId, hint: a.secret.slice(0, 3), secretText: null, startDateTime: iso(a.secretFrom),
    endDateTime: iso(a.secretTo),
  }],
}

const applications = ({ tenant, sim: { world } }: Call): App[] => [tenant.app, ...(tenant === world.msp ? [world.bot] : [])]

function application(call: Call): Record<string, unknown> {
  const found = applications(call).find((a) => a.objectId === call.params[0])
  if (!found) throw noResource(call.params[0] as string)
  return entity(call, 'applications', APPLICATION, found)
}

function registrationFields(tenant: Tenant): Fields<User> {
  const row = (u: User): Registration => u.registration as Registration
  const holders = new Set(assignments(tenant).flatMap(({ principalId }) => [principalId, ...(tenant.groups.get(principalId)?.members ?? [])]))
  return {
    id: (u) => u.id, userPrincipalName: (u) => u.userPrincipalName, userDisplayName: (u) => u.displayName, userType: (u) => u.userType.toLowerCase(),
    isAdmin: (u) => holders.has(u.id), isSsprRegistered: (u) => row(u).methods.length > 1, isSsprEnabled: () => true,
    isSsprCapable: (u) => row(u).methods.length > 1, isMfaRegistered: (u) => row(u).registered, isMfaCapable: (u) => row(u).capable,
    isPasswordlessCapable: (u) => row(u).methods.some((m) => /fido2|passKey|windowsHello|Passwordless/.test(m)),
    methodsRegistered: (u) => row(u).methods,
    isSystemPreferredAuthenticationMethodEnabled: () => true,
    systemPreferredAuthenticationMethods: (u) => (row(u).preferred === 'push' ? ['PhoneAppNotification'] : []),
    userPreferredMethodForSecondaryAuthentication: (u) => row(u).preferred, lastUpdatedDateTime: (u) => iso(row(u).updatedAt),
  }
}

function registrations(call: Call): Record<string, unknown> {
  if (!call.tenant.premium)
    throw graphError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', "Neither tenant is B2C or tenant doesn't have premium license")
  const fields = registrationFields(call.tenant)
  // api/authenticationmethodsroot-list-userregistrationdetails: only $filter and $orderby; $top is declared.
  if (Object.keys(call.query).some((name) => !['$filter', '$orderby', '$top', '$skiptoken'].includes(name)))
    throw badRequest('The query option is not supported by userRegistrationDetails.')
  const page = listPage(call, 100, (q) => {
    const rows = filtered(fields, [...call.tenant.users.values()].filter((u) => u.registration !== null), q.$filter)
    const [name = '', direction = 'asc'] = q.$orderby?.split(' ') ?? []
    const by = fields[name]
    if (q.$orderby !== undefined && !by) throw badRequest(`Could not find a property named '${name}'.`)
    return by ? rows.sort((a, b) => String(by(a)).localeCompare(String(by(b))) * (direction === 'desc' ? -1 : 1)) : rows
  }, (row) => project(fields, row, undefined, Object.keys(fields), call.operation))
  return { ...context('reports/authenticationMethods/userRegistrationDetails'), ...page }
}

/** Kinds of methods in v1.0, by what the registration report calls them; the report knows some that have no kind. */
const METHODS: readonly [RegExp, kind: string, (user: User) => Record<string, unknown>][] = [
  [/^microsoftAuthenticator/, 'microsoftAuthenticator', (u) => ({ displayName: `Phone of ${u.displayName}`, phoneAppVersion: '6.2401.0617' })],
  [/^mobilePhone$/, 'phone', (u) => ({ phoneNumber: `+49 1555${hash(u.id)}`, phoneType: 'mobile', smsSignInState: 'notEnabled' })],
  [/^email$/, 'email', (u) => ({ emailAddress: `${hash(u.id)}@private.example` })],
  [/^softwareOneTimePasscode$/, 'softwareOath', () => ({ secretKey: null })],
  [/^(fido2|passKey)/, 'fido2', () => ({ displayName: 'Security key', model: 'Key 5', attestationCertificates: [] })],
  [/^windowsHello/, 'windowsHelloForBusiness', () => ({ displayName: 'Laptop', keyStrength: 'normal' })],
  [/^temporaryAccessPass$/, 'temporaryAccessPass', () => ({ isUsable: true, isUsableOnce: false, lifetimeInMinutes: 60 })],
]

function authenticationMethods(call: Call): Record<string, unknown> {
  only(call.query)
  const user = accountOf(call)
  const { methods, updatedAt } = user.registration ?? { methods: [], updatedAt: user.createdAt }
  const typed = (kind: string, id: string, more: Record<string, unknown>): Record<string, unknown> => (
    { '@odata.type': `#microsoft.graph.${kind}AuthenticationMethod`, id, createdDateTime: iso(updatedAt), ...more })
  const registered = methods.flatMap((name, i) => {
    const [, kind, make] = METHODS.find(([pattern]) => pattern.test(name)) ?? []
    return kind !== undefined && make ? [typed(kind, `${hash(user.id + name)}-${i}`, make(user))] : []
  })
  // Everybody has a password, under the same id.
  const all = [typed('password', '28c10230-6103-485e-b985-444c60001490', { password: null }), ...registered]
  return { ...context(`users('${user.id}')/authentication/methods`), ...listPage(call, 100, () => all, (item) => item) }
}

/** Handlers by template. */
export const directoryHandlers: Record<string, Handler> = {
  '/organization': (call) => list(call, 'organization', ORGANIZATION, [call.tenant]),
  '/domains': (call) => list(call, 'domains', DOMAIN, call.tenant.domains.map((name) => ({ name, tenant: call.tenant }))),
  '/subscribedSkus': subscribedSkus,
  '/applications': (call) => list(call, 'applications', APPLICATION, applications(call)),
  '/applications/{application-id}': application,
  '/reports/authenticationMethods/userRegistrationDetails': registrations,
  '/users/{user-id}/authentication/methods': authenticationMethods,
}
