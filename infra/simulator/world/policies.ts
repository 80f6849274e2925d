// What a tenant's administrators have decided for all of its people.
import type { Applications } from './applications.ts'

/** Of a tenant. */
export interface Policies { securityDefaults: boolean }

/** Security defaults are on at every second customer; at the first of three nobody has let Outpost read that. */
export function decidePolicies(tenant: Applications & Policies, index: number): void {
  tenant.securityDefaults = index % 2 === 1
  if (index % 3 !== 0) tenant.app.permissions.push('Policy.Read.All')
}
