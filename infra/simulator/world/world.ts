// The whole world from one seed; its times are relative to the moment it starts.
import { fillCustomer, makeTenant } from './directory.ts'
import { licenceCustomer, licenceMsp } from './licences.ts'
import { fillMailbox, once, sharedMail, type Cast } from './mailbox.ts'
import { makeCalendars } from './meetings.ts'
import type { Tenant, User, World } from './model.ts'
import { makeMsp } from './msp.ts'
import { CUSTOMERS, MORE_COMPANIES } from './names.ts'
import { furtherRoles } from './roles.ts'
import { seeded } from './random.ts'

const SIZES = {
  tiny: { customers: 1, accounts: 5, technicians: 1, mail: 12, meetings: 3 },
  small: { customers: 3, accounts: 28, technicians: 3, mail: 150, meetings: 40 },
  large: { customers: 20, accounts: 200, technicians: 50, mail: 2000, meetings: 100 },
}

export type WorldName = keyof typeof SIZES

export const isWorldName = (name: unknown): name is WorldName => typeof name === 'string' && Object.hasOwn(SIZES, name)

/** Makes the world called `name`. Mailboxes are generated when they are first opened. */
export function makeWorld(name: WorldName, seed: number, start: number): World {
  const size = SIZES[name]
  const random = seeded(seed, 'world', name)
  const companies = Array.from({ length: size.customers }, (_, i) => CUSTOMERS[i] ?? company(i))
  const { mailboxes, ...msp } = makeMsp(random, start, size.technicians, companies.map((c) => c.domains[0]))
  const customers = companies.map((c, i) => {
    const tenant = makeTenant(random, start, c.name, c.domains, { name: c.name, aliases: [...c.aliases], domains: [...c.domains] })
    fillCustomer(tenant, random, start, size.accounts, [2, 1, 0][i % 3] as number)
    if (name !== 'tiny') furtherRoles(tenant, seeded(seed, 'roles', tenant.id), start)
    licenceCustomer(tenant, seeded(seed, 'licences', tenant.id), i)
    const contacts = [...tenant.users.values()].filter((u) => u.accountEnabled && u.userType === 'Member' && u.mail !== null)
    return { tenant, contacts, sub: c.sub }
  })
  licenceMsp(msp.msp)
  const cast: Cast = { seed, start, tiny: name === 'tiny', perMailbox: size.mail, perCalendar: size.meetings, technicians: mailboxes, customers }
  const [shared, calendars] = [once(() => sharedMail(cast)), once(() => makeCalendars(cast))]
  for (const user of mailboxes) msp.msp.mailboxes.set(user.id, once(() => fillMailbox(cast, user, shared(), () => calendars().get(user.id))))
  return { start, tenants: [msp.msp, ...customers.map((c) => c.tenant)], ...msp }
}

function company(i: number): { name: string; aliases: string[]; domains: string[]; sub: string } {
  const name = MORE_COMPANIES[(i - CUSTOMERS.length) % MORE_COMPANIES.length] as string
  const label = name.toLowerCase().replaceAll(' ', '')
  return { name, aliases: [`${name} Ltd`], domains: [`${label}.example`, `${label}.onmicrosoft.com`], sub: `eu.${label}.example` }
}

/** An account by object id or, in any case, by user principal name. */
export function findUser(tenant: Tenant, idOrUpn: string): User | undefined {
  const byId = tenant.users.get(idOrUpn.toLowerCase())
  if (byId) return byId
  const upn = idOrUpn.toLowerCase()
  for (const user of tenant.users.values()) if (user.userPrincipalName.toLowerCase() === upn) return user
  return undefined
}
