import type { Tenant } from '../../api/connections/model.ts'
import type { Customer } from '../../api/customers/model.ts'

/**
 * Domains worth offering to a customer: verified ones of customers' tenants that no customer has. `*.onmicrosoft.com`
 * carries no mail of interest, and the MSP's own domains would make everything the MSP writes a customer's.
 */
export function suggestedDomains(
  tenants: readonly Pick<Tenant, 'kind' | 'verifiedDomains'>[],
  customers: readonly Pick<Customer, 'domains'>[],
): string[] {
  const taken = new Set(customers.flatMap(({ domains }) => domains))
  for (const { kind, verifiedDomains } of tenants) if (kind === 'msp') verifiedDomains.forEach((domain) => taken.add(domain))
  const free = tenants
    .flatMap(({ verifiedDomains }) => verifiedDomains)
    .filter((domain) => !taken.has(domain) && !domain.endsWith('.onmicrosoft.com'))
  return [...new Set(free)].sort()
}
