// The accounts of a customer: administrators of every kind, then people.
import { addUser, type NewUser, type User } from './accounts.ts'
import { localPart, people } from './names.ts'
import type { Tenant } from './model.ts'
import type { Random } from './random.ts'
import { registration, USUAL, type Registration } from './registrations.ts'
import { roleOf } from './roles.ts'

const DAY = 86_400_000

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
      registration: registered(random.chance(0.75) ? random.pick(USUAL) : []),
    })
  }
}
