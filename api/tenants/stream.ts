// What a tenant says of itself: name, verified domains, and when the app's secret expires.
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import { directoryRead } from './directoryRead.ts'
import { readOrganization, readSecretExpiry } from './graph.ts'
import { Tenants } from './rows.ts'

export const organizationStream: Stream = {
  name: 'organization',
  words: { title: 'Tenant details', one: 'tenant', many: 'tenants', per: 'tenant' },
  of: 'every',
  needs: [directoryRead],
  optional: [],
  order: 1,
  // It writes to the row of the tenant itself, which a disconnect removes by itself.
  rows: [],
  read,
}

/** @returns 1 */
async function read({ db, graph, tenant, clientSecret }: Round): Promise<number> {
  const { name, verifiedDomains } = await readOrganization(graph)
  const secretExpiresAt = await readSecretExpiry(graph, { clientId: tenant.clientId, clientSecret })
  // What cannot be read may have been entered by a person, or read before.
  await db(Tenants).update(tenant._id, { verifiedDomains, ...(name === null ? {} : { name }), ...(secretExpiresAt === null ? {} : { secretExpiresAt }) })
  return 1
}
