// The tenant itself.
import type { Tenant } from '../../world/model.ts'
import { list, type Handlers } from '../call.ts'
import type { Fields } from '../query.ts'

const ORGANIZATION: Fields<Tenant> = {
  id: (t) => t.id,
  displayName: (t) => t.name,
  verifiedDomains: (t) => t.domains.map((name, i) => (
    { capabilities: 'Email, OfficeCommunicationsOnline', isDefault: i === 0, isInitial: name.endsWith('.onmicrosoft.com'), name, type: 'Managed' })),
}

export const organization: Handlers = {
  '/organization': (call) => list(call, 'organization', ORGANIZATION, [call.tenant]),
}
