import type { ConnectionTest, Disconnection, Tenant, TenantList, UnmatchedAccounts } from '../../api/connections/model.ts'
import type { Question } from '../client/loading.ts'
import { done, json, segment } from '../client/request.ts'

/** What the form for a connection holds; the mailboxes as they were typed, the service takes them apart. */
export interface ConnectionInput {
  tenantId: string
  clientId: string
  clientSecret: string
  mailboxes: string
  /** YYYY-MM-DD; null where nothing was entered. */
  secretExpiresOn: string | null
  customerId: string | null
}

/** What changes in a connected tenant; the mailboxes as they were typed. */
export interface TenantChange {
  clientId?: string
  clientSecret?: string
  mailboxes?: string
  /** Of the tenant as the form showed it. */
  revision?: number
  secretExpiresOn?: string | null
}

const path = (tenantId: string) => `/tenants/${segment(tenantId)}`

export const allTenants: Question<TenantList> = {
  key: ['tenants'],
  ask: (signal) => json<TenantList>('/tenants', { signal }),
  watch: { kinds: ['tenants', 'customers'] },
}

export const unmatchedAccounts = (tenantId: string): Question<UnmatchedAccounts> => ({
  key: ['unmatched', tenantId],
  ask: (signal) => json<UnmatchedAccounts>(`${path(tenantId)}/unmatched`, { signal }),
  watch: { kinds: ['tenants', 'customers'] },
})

export const oneTenant = (tenantId: string, signal?: AbortSignal): Promise<Tenant> => json<Tenant>(path(tenantId), signal && { signal })

export const testConnection = (body: ConnectionInput): Promise<ConnectionTest> => json<ConnectionTest>('/tenants/test', { method: 'POST', body })

export const connect = (body: ConnectionInput): Promise<Tenant> => json<Tenant>('/tenants', { method: 'POST', body })

export const changeTenant = (tenantId: string, body: TenantChange): Promise<Tenant> => json<Tenant>(path(tenantId), { method: 'PATCH', body })

export const disconnect = (tenantId: string): Promise<Disconnection> => json<Disconnection>(path(tenantId), { method: 'DELETE' })

/** Asks for a sync, which goes on after the answer. */
export const askForSync = (tenantId: string): Promise<void> => done(`${path(tenantId)}/sync`, { method: 'POST' })
