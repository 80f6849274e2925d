// The MSP's own tenant: technicians, the registration of Outpost with its app roles, and the team with the channel.
import { addUser, type User } from './accounts.ts'
import { makeApp } from './applications.ts'
import { localPart, people } from './names.ts'
import type { AppRole, Tenant, World } from './model.ts'
import type { Random } from './random.ts'
import { registration } from './registrations.ts'
import { roleOf } from './roles.ts'
import { makeTenant } from './tenants.ts'

const DAY = 86_400_000
const PERSONAS = [['Robin', 'Rivet', 'Admin'], ['Mika', 'Marble', 'Member'], ['Vesper', 'Vane', 'Viewer'], ['Odd', 'Onyx', null]] as const

interface Msp extends Omit<World, 'tenants' | 'start'> { mailboxes: User[] }

/** Makes the tenant "Proseware"; `technicians` people have mailboxes, the first three of them are personas. */
export function makeMsp(random: Random, start: number, technicians: number, customerDomains: string[]): Msp {
  const at = start - 800 * DAY
  const tenant = makeTenant(random, start, 'Proseware', ['proseware.com', 'proseware.onmicrosoft.com', 'mail.proseware.com'], null)
  const hire = (first: string, last: string, job: string): User => {
    const local = localPart(first, last)
    return addUser(tenant, random, at, {
      upn: `${local}@proseware.com`, name: `${first} ${last}`, job,
      registration: registration(['microsoftAuthenticatorPush'], at),
      aliases: [`smtp:${local.split('.')[0] as string}@mail.proseware.com`, `smtp:${local}@proseware.onmicrosoft.com`,
        `X500:/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${random.token(32)}`],
    })
  }
  const named = PERSONAS.map(([first, last, role]) => ({ user: hire(first, last, role === null ? 'Accounts' : 'Technician'), role }))
  const more = people(random, Math.max(2, technicians - 3)).map(([first, last]) => hire(first, last, 'Technician'))
  const [admin, member, viewer] = named.map((n) => n.user) as [User, User, User, User]
  roleOf(tenant, random, 'Global Administrator').members.push(admin.id)
  addFurtherAccounts(tenant, random, at, customerDomains)

  const nested = { id: random.guid(), name: 'Apprentices', members: [(more[0] as User).id], roleAssignable: false }
  const readers = { id: random.guid(), name: 'Outpost readers', members: [viewer.id, nested.id], roleAssignable: false }
  for (const group of [nested, readers]) tenant.groups.set(group.id, group)
  const outpost = { id: random.guid(), appId: tenant.app.clientId, name: tenant.app.name }
  tenant.servicePrincipals.set(outpost.id, outpost)
  const assign = (role: AppRole, principalId: string, principalType: 'User' | 'Group') => ({ id: random.token(43), role, principalId, principalType })
  const channelId = `19:${random.token(32)}@thread.tacv2`
  return {
    msp: tenant,
    bot: makeApp(random, 'Outpost bot', [], start),
    outpost: {
      servicePrincipalId: outpost.id,
      roleIds: { Admin: random.guid(), Member: random.guid(), Viewer: random.guid() },
      // The nested group's people get no role: Entra gives app roles to direct members of an assigned group only.
      assignments: [assign('Admin', admin.id, 'User'), assign('Member', member.id, 'User'), assign('Viewer', readers.id, 'Group')],
    },
    personas: named.map(({ user, role }) => ({ userId: user.id, role })),
    // The team's General channel has the team's id; cards go to another channel.
    team: { id: `19:${random.token(32)}@thread.tacv2`, name: 'Proseware', groupId: random.guid(), channelId, channelName: 'Customer security' },
    mailboxes: [admin, member, viewer, ...more].slice(0, technicians),
  }
}

function addFurtherAccounts(tenant: Tenant, random: Random, at: number, customerDomains: string[]): void {
  const add = (upn: string, name: string, enabled = true): User => addUser(tenant, random, at, { upn, name, enabled, mail: null })
  for (const domain of customerDomains.slice(0, 2)) add(`svc-backup@${domain}`, `Backup of ${domain}`)
  if (customerDomains[1]) add(`Old.Account@${customerDomains[1].toUpperCase()}`, 'Migrated account', false)
  add('meeting.room@proseware.com', 'Meeting room', false)
}
