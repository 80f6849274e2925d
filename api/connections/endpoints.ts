import { z } from 'zod'
import { endpoint, given } from '../http/endpoint.ts'
import { connectionActions } from './actions.ts'
import { connectionPatchSchema, connectionSchema, connectionTestSchema, disconnectionSchema, tenantListSchema, tenantSchema, unmatchedAccountsSchema } from './model.ts'
import { connectionQueries } from './query.ts'

const right = 'manageTenants'

export const connectionEndpoints = [
  endpoint({ method: 'get', path: '/tenants', summary: 'Connected tenants', right, answer: tenantListSchema, handle: ({ actor }, on) => connectionQueries.tenants(on, actor) }),
  endpoint({
    method: 'post', path: '/tenants', summary: 'Connect a tenant; tested first', right, cost: 'test', body: connectionSchema, status: 201, answer: tenantSchema,
    handle: ({ actor, body }, on) => connectionActions.connectTenant(on, actor, body),
  }),
  endpoint({
    method: 'post', path: '/tenants/test', summary: 'Test a connection without saving it', right, cost: 'test', body: connectionSchema, answer: connectionTestSchema,
    handle: ({ actor, body }, on) => connectionActions.testConnection(on, actor, body),
  }),
  endpoint({ method: 'get', path: '/tenants/:id', summary: 'A connected tenant', right, answer: tenantSchema, handle: ({ actor, id }, on) => connectionQueries.tenant(on, actor, id) }),
  endpoint({
    method: 'patch', path: '/tenants/:id', summary: 'Change app, secret or mailboxes; tested first', right, cost: 'test', body: connectionPatchSchema,
    answer: tenantSchema, handle: ({ actor, id, body }, on) => connectionActions.updateTenant(on, actor, id, given(body)),
  }),
  endpoint({
    method: 'del', path: '/tenants/:id', summary: 'Disconnect a tenant and delete what was read from it', right, answer: disconnectionSchema,
    handle: ({ actor, id }, on) => connectionActions.disconnectTenant(on, actor, id),
  }),
  endpoint({
    method: 'get', path: '/tenants/:id/unmatched', summary: 'Accounts that match no customer', right, answer: unmatchedAccountsSchema,
    handle: ({ actor, id }, on) => connectionQueries.unmatchedAccounts(on, actor, id),
  }),
  endpoint({
    method: 'post', path: '/tenants/:id/sync', summary: 'Read a tenant now', right: 'sync', cost: 'sync', status: 202, answer: z.object({ started: z.literal(true) }),
    handle: async ({ actor, id }, on) => {
      await connectionActions.syncTenant(on, actor, id)
      return { started: true as const }
    },
  }),
]
