// Whether a tenant has security defaults on.
import { Changes } from '../changes/rows.ts'
import type { Stream } from '../sync/stream.ts'
import { policyRead, readSecurityDefaults } from './graph.ts'
import { SecurityDefaults } from './rows.ts'

export const securityDefaultsStream: Stream = {
  name: 'securityDefaults',
  words: { title: 'Security defaults', one: 'security defaults setting', many: 'security defaults settings', per: 'tenant' },
  of: 'every',
  needs: [],
  optional: [policyRead],
  order: 10,
  rows: [SecurityDefaults],
  async read({ db, graph, tenant, now }) {
    if (await db(SecurityDefaults).put(tenant._id, await readSecurityDefaults(graph), now())) await db(Changes).add(now(), [{ kind: 'posture', customerId: tenant.customerId }])
    return 1
  },
}
