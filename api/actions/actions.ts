// What a person does. The actor comes first, everywhere; what changes or opens something is written to the audit log before.
import type { GraphOptions } from '../graph/client.ts'
import type { Actor } from '../model/actor.ts'
import type { Customer, CustomerInput, CustomerPatch } from '../model/customer.ts'
import type { MessageBody } from '../model/message.ts'
import type { Connection, ConnectionPatch, ConnectionTest, Tenant } from '../model/tenant.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault/vault.ts'
import { createCustomer, updateCustomer } from './customers.ts'
import { openBody } from './openBody.ts'
import { connectTenant, syncTenant, testConnection, updateTenant } from './tenants.ts'

export interface ActionOptions {
  readonly store: Store
  readonly vault: Vault
  readonly graph: GraphOptions
  readonly homeTenantId: string
  readonly now: () => Date
}

export interface Actions {
  testConnection(actor: Actor, connection: Connection): Promise<ConnectionTest>
  connectTenant(actor: Actor, connection: Connection): Promise<Tenant>
  updateTenant(actor: Actor, tenantId: string, patch: ConnectionPatch): Promise<Tenant>
  syncTenant(actor: Actor, tenantId: string): Promise<void>
  createCustomer(actor: Actor, input: CustomerInput): Promise<Customer>
  updateCustomer(actor: Actor, customerId: string, patch: CustomerPatch): Promise<Customer>
  openBody(actor: Actor, messageId: string): Promise<MessageBody>
}

/** Binds the actions to what they work on. */
export function openActions(options: ActionOptions): Actions {
  return {
    testConnection: (actor, connection) => testConnection(options, actor, connection),
    connectTenant: (actor, connection) => connectTenant(options, actor, connection),
    updateTenant: (actor, tenantId, patch) => updateTenant(options, actor, tenantId, patch),
    syncTenant: (actor, tenantId) => syncTenant(options, actor, tenantId),
    createCustomer: (actor, input) => createCustomer(options, actor, input),
    updateCustomer: (actor, customerId, patch) => updateCustomer(options, actor, customerId, patch),
    openBody: (actor, messageId) => openBody(options, actor, messageId),
  }
}
