// The evidence about a customer: what its posture is judged from.
import { Accounts } from '../accounts/rows.ts'
import type { Database } from '../database/collection.ts'
import { Registrations } from '../registrations/rows.ts'
import { eligibilityStream } from '../roles/eligibilityStream.ts'
import { EligibleMembers, RoleMembers } from '../roles/rows.ts'
import { securityDefaultsStream } from '../securityDefaults/stream.ts'
import { Units, type UnitOfTenant } from '../sync/units.ts'
import { Tenants, type TenantDoc } from '../tenants/rows.ts'
import type { Evidence } from './judged.ts'
import { judgedStreams, statesOf } from './states.ts'

export interface Gathered extends Evidence {
  /** Tenants whose accounts are in it. */
  readonly tenantIds: string[]
  /** The customer's own, and the MSP's. */
  readonly tenants: readonly TenantDoc[]
  /** Of these tenants: how far each stream has been read that says something about a posture. */
  readonly units: readonly UnitOfTenant[]
}

const streams = [...judgedStreams, eligibilityStream, securityDefaultsStream].map(({ name }) => name)

/** All accounts of its own tenants, and those of the MSP's tenants whose UPN lies at its domains. */
export async function evidenceOf(db: Database, customer: { _id: string; domains: string[] }): Promise<Gathered> {
  const tenants = await db(Tenants).around([customer._id])
  const of = (customerId: string | null) => tenants.filter((tenant) => tenant.customerId === customerId).map(({ _id }) => _id)
  const [inTenants, accountsInMsp, units] = await Promise.all([
    Promise.all(of(customer._id).map((id) => db(Accounts).ofTenant(id))),
    customer.domains.length === 0 ? [] : db(Accounts).atDomains(of(null), customer.domains),
    db(Units).ofStreams(tenants.map(({ _id }) => _id), streams),
  ])
  const accounts = [...inTenants.flat(), ...accountsInMsp]
  const tenantIds = [...new Set([...of(customer._id), ...accountsInMsp.map((account) => account.tenantId)])]
  const [registrations, active, eligible] = await Promise.all([
    db(Registrations).of(accounts.map(({ _id }) => _id)),
    Promise.all(tenantIds.map((id) => db(RoleMembers).ofTenant(id))),
    Promise.all(tenantIds.map((id) => db(EligibleMembers).ofTenant(id))),
  ])
  const { mfa, roles } = statesOf(units)
  return { accounts, registrations, roleMembers: [...active.flat(), ...eligible.flat()], mfa, roles, tenantIds, tenants, units }
}
