// What sync has to be told of the tenants.
import type { Database } from '../database/collection.ts'
import { openGraph, type GraphOptions } from '../graph/client.ts'
import type { Tenants as TenantsOfSync } from '../sync/options.ts'
import type { Vault } from '../vault/vault.ts'
import { Tenants } from './rows.ts'

export const tenantsForSync = (db: Database, graphOptions: GraphOptions, vault: Vault): TenantsOfSync => ({
  connected: async () => (await db(Tenants).all()).map(({ _id }) => _id),
  async open(tenantId) {
    const tenant = await db(Tenants).get(tenantId)
    if (tenant === null) return null
    const clientSecret = vault.open(tenant._id, tenant.secret)
    return { tenant, clientSecret, graph: openGraph(graphOptions, { tenantId: tenant._id, clientId: tenant.clientId, clientSecret }) }
  },
})
