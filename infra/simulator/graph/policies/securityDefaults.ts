// Security defaults: one object, which is there in every tenant.
import type { Policies } from '../../world/policies.ts'
import { entity, type Handlers } from '../call.ts'
import type { Fields } from '../query.ts'

const POLICY: Fields<Policies> = {
  // The same in every tenant (identitySecurityDefaultsEnforcementPolicy-get).
  id: () => '00000000-0000-0000-0000-000000000005',
  displayName: () => 'Security Defaults',
  description: () => 'Basic protection of identities, as Microsoft recommends it.',
  isEnabled: (p) => p.securityDefaults,
}

export const securityDefaults: Handlers = {
  '/policies/identitySecurityDefaultsEnforcementPolicy': (call) =>
    entity(call, 'policies/identitySecurityDefaultsEnforcementPolicy', POLICY, call.tenant),
}
