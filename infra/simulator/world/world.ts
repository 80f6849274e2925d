// The whole world from one seed; its times are relative to the moment it starts.
import { makeCalendars } from './calendar/fill.ts'
import { company } from './companies.ts'
import { fillCustomer } from './customer.ts'
import { licenceCustomer, licenceMsp } from './licences.ts'
import { fillMailbox, sharedMail } from './mail/fill.ts'
import { once } from './mail/mailbox.ts'
import type { World } from './model.ts'
import { makeMsp } from './msp.ts'
import { decidePolicies } from './policies.ts'
import { seeded } from './random.ts'
import { furtherRoles } from './roles.ts'
import type { Cast } from './stage.ts'
import { makeTenant } from './tenants.ts'

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
  const companies = Array.from({ length: size.customers }, (_, i) => company(i))
  const { mailboxes, ...msp } = makeMsp(random, start, size.technicians, companies.map((c) => c.domains[0]))
  const customers = companies.map((c, i) => {
    const tenant = makeTenant(random, start, c.name, c.domains, { name: c.name, aliases: [...c.aliases], domains: [...c.domains] })
    fillCustomer(tenant, random, start, size.accounts, [2, 1, 0][i % 3] as number)
    if (name !== 'tiny') furtherRoles(tenant, seeded(seed, 'roles', tenant.id), start)
    licenceCustomer(tenant, seeded(seed, 'licences', tenant.id), i)
    decidePolicies(tenant, i)
    const contacts = [...tenant.users.values()].filter((u) => u.accountEnabled && u.userType === 'Member' && u.mail !== null)
    return { tenant, contacts, sub: c.sub }
  })
  licenceMsp(msp.msp)
  const cast: Cast = { seed, start, tiny: name === 'tiny', perMailbox: size.mail, perCalendar: size.meetings, technicians: mailboxes, customers }
  const [shared, calendars] = [once(() => sharedMail(cast)), once(() => makeCalendars(cast))]
  for (const user of mailboxes) msp.msp.mailboxes.set(user.id, once(() => fillMailbox(cast, user, shared(), () => calendars().get(user.id))))
  return { start, tenants: [msp.msp, ...customers.map((c) => c.tenant)], ...msp }
}
