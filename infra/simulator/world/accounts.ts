// Tenants and their accounts: who exists, who may administer, who has registered what.
import { FIRST, LAST, localPart } from './names.ts'
import { ChangeLog, type App, type Customer, type DirectoryRole, type Registration, type Tenant, type User } from './model.ts'
import { seeded, type Random } from './random.ts'

/** Template ids of directory roles are the same in every tenant (Entra: permissions-reference). */
export const ROLE_TEMPLATES: Record<string, string> = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'Security Administrator': '194ae4cb-b126-40b2-bd5b-6091b380977d',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'Helpdesk Administrator': '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  'Exchange Administrator': '29232cdf-9323-42fd-ade2-1d097af3e4de',
  'Teams Administrator': '69091246-20e8-4a56-aa4d-066075b2a7a8',
  'Directory Writers': '9360feb5-f418-4baa-8175-e2a00bac4301',
}

/** The application permissions that an administrator consents to for Outpost: the customers' to none for mail. */
const PERMISSIONS = {
  msp: ['Directory.Read.All', 'Mail.Read', 'Calendars.Read', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'],
  customer: ['Directory.Read.All', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'],
}

const DAY = 86_400_000
const METHODS: readonly (readonly string[])[] = [
  ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'], ['mobilePhone', 'email'], ['microsoftAuthenticatorPasswordless', 'mobilePhone'],
  ['fido2SecurityKey'], ['windowsHelloForBusiness', 'microsoftAuthenticatorPush'], ['passKeyDeviceBoundAuthenticator', 'mobilePhone'],
  ['hardwareOneTimePasscode'], ['x509Certificate'], ['temporaryAccessPass', 'mobilePhone'],
]

/** A registration row; `capable` defaults to "has registered something". */
export function registration(methods: readonly string[], at: number, capable = methods.some((m) => m !== 'email')): Registration {
  return { methods: [...methods], registered: methods.some((m) => m !== 'email'), capable, updatedAt: at }
}

/** An app registration with fresh ids and a secret of the form that Entra makes. */
export function makeApp(random: Random, name: string, permissions: string[], start: number): App {
  const [clientId, secretId, secret] = [random.guid(), random.guid(), freshSecret(random)]
  const objectId = seeded('object', clientId).guid()
  return { objectId, clientId, name, secretId, secret, secretFrom: start - 30 * DAY, secretTo: start + 335 * DAY, permissions }
}

/** Entra's secret values are 40 characters, the fourth to sixth being `8Q~`. */
export function freshSecret(random: Random): string {
  return `${random.token(3)}8Q~${random.token(34)}`
}

interface NewUser {
  upn: string; name: string; job?: string
  mail?: string | null; aliases?: string[]
  enabled?: boolean; guest?: boolean; registration?: Registration | null
}

/** Adds an account to the tenant and to its change log. */
export function addUser(tenant: Tenant, random: Random, at: number, user: NewUser): User {
  const mail = user.mail === undefined ? user.upn : user.mail
  const made: User = {
    id: random.guid(), userPrincipalName: user.upn, displayName: user.name, mail, proxyAddresses: mail === null ? [] : [`SMTP:${mail}`, ...(user.aliases ?? [])],
    accountEnabled: user.enabled ?? true, userType: user.guest ? 'Guest' : 'Member', jobTitle: user.job ?? null,
    registration: user.registration === undefined ? registration([], at) : user.registration, licences: [],
  }
  tenant.users.set(made.id, made)
  tenant.userLog.record(made.id)
  return made
}

/** The activated role of that name; activates it when it is the first time. */
export function roleOf(tenant: Tenant, random: Random, name: string): DirectoryRole {
  const templateId = ROLE_TEMPLATES[name]
  if (templateId === undefined) throw new Error(`unknown role ${name}`)
  let role = tenant.roles.find((r) => r.templateId === templateId)
  if (!role) tenant.roles.push((role = { id: random.guid(), templateId, name, members: [] }))
  return role
}

/** An empty tenant; of a customer when one is given. */
export function makeTenant(random: Random, start: number, name: string, domains: readonly string[], customer: Customer | null): Tenant {
  const kind = customer ? 'customer' : 'msp'
  return {
    id: random.guid(), name, kind, domains: [...domains], customer,
    app: makeApp(random, 'Outpost', [...PERMISSIONS[kind]], start),
    users: new Map(), userLog: new ChangeLog(), groups: new Map(), servicePrincipals: new Map(),
    roles: [], customRole: null, granted: [], eligible: [], joinable: [],
    skus: [], premium: true, mailboxes: new Map(), mailboxStates: new Map(),
  }
}

/**
 * Fills a customer's tenant with `count` accounts: administrators of every kind first, then people.
 * `weak` is the number of its three Global Administrators that are not capable of MFA.
 */
export function fillCustomer(tenant: Tenant, random: Random, start: number, count: number, weak: number): void {
  const at = (): number => start - DAY * (30 + random.int(900))
  const home = tenant.domains[0] as string
  const initial = tenant.domains.find((d) => d.endsWith('.onmicrosoft.com')) ?? home
  const strong = ['microsoftAuthenticatorPush', 'fido2SecurityKey']
  const registered = (methods: readonly string[], capable?: boolean): Registration => registration(methods, at(), capable)
  const admin = (role: string, user: NewUser): User => {
    const made = addUser(tenant, random, at(), user)
    roleOf(tenant, random, role).members.push(made.id)
    return made
  }
  const first = { upn: `admin@${initial}`, name: `${tenant.name} Administrator`, mail: null }
  admin('Global Administrator', { ...first, registration: registered(weak > 0 ? [] : strong) })
  const anvil = { upn: `anvil.ember@${home}`, name: 'Anvil Ember', job: 'Managing Director' }
  admin('Global Administrator', { ...anvil, registration: registered(strong) })
  if (count > 5) {
    const marl = { upn: `marl.umber@${home}`, name: 'Marl Umber', job: 'Office Manager' }
    // Registered but not allowed by policy: isMfaRegistered without isMfaCapable.
    admin('Global Administrator', { ...marl, registration: registered(['mobilePhone'], weak < 2) })
    admin('Global Administrator', { upn: `breakglass@${initial}`, name: 'Break Glass', mail: null, enabled: false, registration: registered([]) })
    admin('User Administrator', { upn: `helping.hand@${home}`, name: 'Helping Hand', registration: registered(weak > 0 ? ['email'] : strong) })
    admin('Exchange Administrator', { upn: `post.master@${home}`, name: 'Post Master', registration: registered(['softwareOneTimePasscode']) })
    const tally = { upn: `tally.sharp@${home}`, name: 'Tally Sharp' }
    const auditor = admin('Security Administrator', { ...tally, registration: registered(['hologramPinBeta']) })
    const viaGroup = addUser(tenant, random, at(), { upn: `nested.nell@${home}`, name: 'Nested Nell', registration: registered(strong) })
    const group = { id: random.guid(), name: 'Security team', members: [viaGroup.id, auditor.id], roleAssignable: true }
    tenant.groups.set(group.id, group)
    // A role can be held by a group: its members are then not listed as members of the role.
    roleOf(tenant, random, 'Security Administrator').members.push(group.id)
    const guest = (address: string, name: string) => ({ upn: `${address.replace('@', '_')}#EXT#@${initial}`, name, mail: address, guest: true })
    addUser(tenant, random, at(), guest('stray@stranger.example', 'Stray Guest'))
    addUser(tenant, random, at(), { ...guest('robin.rivet@proseware.com', 'Robin Rivet (Proseware)'), registration: registered(strong) })
    addUser(tenant, random, at(), { upn: `left.last.year@${home}`, name: 'Left Lastyear', enabled: false })
    addUser(tenant, random, at(), { upn: `SCANNER@${home}`, name: 'Scanner (floor 2)', mail: null, registration: null })
    const shared = { upn: `info@${home}`, name: 'Info', enabled: false, aliases: [`smtp:sales@${home}`, `smtp:info@${initial}`] }
    addUser(tenant, random, at(), shared)
  }
  for (const [first, last] of people(random, count - tenant.users.size)) {
    const upn = `${localPart(first, last)}@${home}`
    addUser(tenant, random, at(), {
      upn, name: `${first} ${last}`, job: random.pick(['Sales', 'Finance', 'Workshop', 'Design']),
      aliases: [`smtp:${first.toLowerCase()[0] as string}${localPart(last, '').replaceAll('.', '')}@${initial}`],
      registration: registered(random.chance(0.75) ? random.pick(METHODS) : []),
    })
  }
}

/** Distinct names; a number is added when the list is used up. */
export function people(random: Random, count: number): [string, string][] {
  const offset = random.int(1000)
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const n = i + offset
    const round = Math.floor(i / (FIRST.length * LAST.length))
    const last = LAST[(n + Math.floor(i / LAST.length)) % LAST.length] as string
    return [FIRST[n % FIRST.length] as string, round ? `${last}${round}` : last]
  })
}
