// The whole world from one seed; its times are relative to the moment it starts.
import { fillCustomer, makeTenant } from './directory.ts'
import { fillMailbox, sharedMail, type Cast } from './mailbox.ts'
import type { Mailbox, Tenant, User, World } from './model.ts'
import { makeMsp } from './msp.ts'
import { CUSTOMERS, MORE_COMPANIES } from './names.ts'
import { seeded } from './random.ts'

export type WorldName = 'tiny' | 'small' | 'large'

const SIZES = { tiny: { customers: 1, accounts: 5, technicians: 1, mail: 12 }, small: { customers: 3, accounts: 28, technicians: 3, mail: 150 },
  large: { customers: 20, accounts: 200, technicians: 50, mail: 2000 } }

/** Makes the world called `name`. Mailboxes are generated when they are first opened. */
export function makeWorld(name: WorldName, seed: number, start: number): World {
  const size = SIZES[name]
  const random = seeded(seed, 'world', name)
  const companies = Array.from({ length: size.customers }, (_, i) => CUSTOMERS[i] ?? company(i))
  const { mailboxes, ...msp } = makeMsp(random, start, size.technicians, companies.map((c) => c.domains[0]))
  const customers = companies.map((c, i) => {
    const tenant = makeTenant(random, 'customer', c.name, c.domains, { name: c.name, aliases: [...c.aliases], domains: [...c.domains] })
    fillCustomer(tenant, random, start, size.accounts, [2, 1, 0][i % 3] as number)
    const contacts = [...tenant.users.values()].filter((u) => u.accountEnabled && u.userType === 'Member' && u.mail !== null)
    return { tenant, contacts, sub: c.sub }
  })
  const cast: Cast = { seed, start, tiny: name === 'tiny', perMailbox: size.mail, technicians: mailboxes, customers }
  let shared: ReturnType<typeof sharedMail> | undefined
  for (const user of mailboxes) msp.msp.mailboxes.set(user.id, once(() => fillMailbox(cast, user, (shared ??= sharedMail(cast)))))
  return { start, tenants: [msp.msp, ...customers.map((c) => c.tenant)], ...msp }
}

function company(i: number): { name: string; aliases: string[]; domains: string[]; sub: string } {
  const name = MORE_COMPANIES[(i - CUSTOMERS.length) % MORE_COMPANIES.length] as string
  const label = name.toLowerCase().replaceAll(' ', '')
  return { name, aliases: [`${name} Ltd`], domains: [`${label}.example`, `${label}.onmicrosoft.com`], sub: `eu.${label}.example` }
}

/** Calls `make` at the first use only. */
export function once(make: () => Mailbox): () => Mailbox {
  let made: Mailbox | undefined
  return () => (made ??= make())
}

/** An account by object id or, in any case, by user principal name. */
export function findUser(tenant: Tenant, idOrUpn: string): User | undefined {
  const byId = tenant.users.get(idOrUpn.toLowerCase())
  if (byId) return byId
  const upn = idOrUpn.toLowerCase()
  for (const user of tenant.users.values()) if (user.userPrincipalName.toLowerCase() === upn) return user
  return undefined
}
