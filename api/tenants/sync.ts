// Connected tenants, and the way into each: for sync, and for what a person opens.
import type { Database } from '../database/collection.ts'
import { openGraph, type GraphOptions } from '../graph/client.ts'
import type { ConnectedTenants } from '../sync/round.ts'
import type { Vault } from '../vault/vault.ts'
import { Tenants } from './rows.ts'

export const tenantsIn = (db: Database, graphOptions: GraphOptions, vault: Vault): ConnectedTenants => ({
  connected: () => db(Tenants).all(),
  async open(tenantId, ends) {
    const sealed = await db(Tenants).getSealed(tenantId)
    if (sealed === null) return null
    const { secret, ...tenant } = sealed
    const clientSecret = vault.open(tenant._id, secret)
    return { tenant, clientSecret, graph: openGraph(graphOptions, { tenantId: tenant._id, clientId: tenant.clientId, clientSecret }, ends) }
  },
})
