// Tenants: one without anybody, and one by its name.
import { makeApp, PERMISSIONS } from './applications.ts'
import { ChangeLog } from './changes.ts'
import type { Customer, Tenant } from './model.ts'
import type { Random } from './random.ts'

/** An empty tenant; of a customer when one is given. */
export function makeTenant(random: Random, start: number, name: string, domains: readonly string[], customer: Customer | null): Tenant {
  const kind = customer ? 'customer' : 'msp'
  return {
    id: random.guid(), name, kind, domains: [...domains], customer,
    app: makeApp(random, 'Outpost', [...PERMISSIONS[kind]], start),
    users: new Map(), userLog: new ChangeLog(), groups: new Map(), servicePrincipals: new Map(),
    roles: [], customRole: null, granted: [], eligible: [], joinable: [],
    skus: [], premium: true, mailboxes: new Map(), mailboxStates: new Map(), securityDefaults: false,
  }
}

/** A tenant by id or by one of its domains, as Entra accepts both in a path. */
export function findTenant({ tenants }: { tenants: Tenant[] }, idOrDomain: string): Tenant | undefined {
  const wanted = idOrDomain.toLowerCase()
  return tenants.find((t) => t.id === wanted || t.domains.includes(wanted))
}
