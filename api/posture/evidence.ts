// The evidence about a customer: what its posture is judged from.
import { Accounts } from '../accounts/rows.ts'
import type { Database } from '../database/collection.ts'
import { Registrations } from '../registrations/rows.ts'
import { registrationStream } from '../registrations/stream.ts'
import { EligibleMembers, RoleMembers } from '../roles/rows.ts'
import { roleStream } from '../roles/stream.ts'
import { Units } from '../sync/units.ts'
import { Tenants } from '../tenants/rows.ts'
import type { Evidence, StreamState } from './judged.ts'

/** All accounts of its own tenants, and those of the MSP's tenants whose UPN lies at its domains. */
export async function evidenceOf(db: Database, customer: { _id: string; domains: string[] }): Promise<Evidence & { tenantIds: string[] }> {
  const [tenants, ownIds] = await Promise.all([db(Tenants).ofCustomer(customer._id), db(Tenants).ownIds()])
  const tenantIds = tenants.map(({ _id }) => _id)
  const [inTenants, accountsInMsp] = await Promise.all([
    Promise.all(tenantIds.map((id) => db(Accounts).ofTenant(id))),
    customer.domains.length === 0 ? [] : db(Accounts).atDomains(ownIds, customer.domains),
  ])
  const accounts = [...inTenants.flat(), ...accountsInMsp]
  const concerned = [...new Set([...tenantIds, ...accountsInMsp.map((account) => account.tenantId)])]
  const [registrations, active, eligible, mfa, roles] = await Promise.all([
    db(Registrations).of(accounts.map(({ _id }) => _id)),
    Promise.all(concerned.map((id) => db(RoleMembers).ofTenant(id))),
    Promise.all(concerned.map((id) => db(EligibleMembers).ofTenant(id))),
    states(db, concerned, registrationStream.name),
    states(db, concerned, roleStream.name),
  ])
  return { accounts, registrations, roleMembers: [...active.flat(), ...eligible.flat()], mfa, roles, tenantIds: concerned }
}

/** State of a stream in some tenants, by tenant id. */
export async function states(db: Database, tenantIds: string[], stream: string): Promise<Map<string, StreamState>> {
  return new Map((await db(Units).ofStream(tenantIds, stream)).map((unit) => [unit.tenantId!, unit]))
}
