// What a person does. The actor comes first, everywhere; what changes or opens something is written to the audit log before.
import type { GraphOptions } from './graph/client.ts'
import type { Actor } from './access/model.ts'
import type { Channel, ChannelChange, Outsiders } from './channels/model.ts'
import type { Customer, CustomerInput, CustomerPatch } from './customers/model.ts'
import type { AuditAction } from './access/auditModel.ts'
import type { MeetingDetail } from './calendar/model.ts'
import type { MessageBody } from './mail/model.ts'
import type { Connection, ConnectionPatch, ConnectionTest, Disconnection, Tenant } from './tenants/model.ts'
import type { ChannelDoc } from './channels/rows.ts'
import type { Store } from './database/database.ts'
import type { Vault } from './vault/vault.ts'
import { setChannelRole } from './channels/actions.ts'
import { createCustomer, updateCustomer } from './customers/actions.ts'
import { openBody } from './mail/actions.ts'
import { exportAudit, exportSecurity } from './security/export.ts'
import { openMeeting } from './calendar/actions.ts'
import { connectTenant, disconnectTenant, syncTenant, testConnection, updateTenant } from './tenants/actions.ts'

export interface ActionOptions {
  readonly store: Store
  readonly vault: Vault
  readonly graph: GraphOptions
  readonly homeTenantId: string
  readonly now: () => Date
  /** Whether others than our own people read in a channel. The bot asks Teams; never throws, `unknown` when it cannot be read. */
  readonly outsidersIn: (channel: ChannelDoc) => Promise<Outsiders>
}

export interface Actions {
  testConnection(actor: Actor, connection: Connection): Promise<ConnectionTest>
  connectTenant(actor: Actor, connection: Connection): Promise<Tenant>
  updateTenant(actor: Actor, tenantId: string, patch: ConnectionPatch): Promise<Tenant>
  disconnectTenant(actor: Actor, tenantId: string): Promise<Disconnection>
  syncTenant(actor: Actor, tenantId: string): Promise<void>
  createCustomer(actor: Actor, input: CustomerInput): Promise<Customer>
  updateCustomer(actor: Actor, customerId: string, patch: CustomerPatch): Promise<Customer>
  setChannelRole(actor: Actor, channelId: string, change: ChannelChange): Promise<Channel>
  openBody(actor: Actor, messageId: string): Promise<MessageBody>
  openMeeting(actor: Actor, meetingId: string): Promise<MeetingDetail>
  /** CSV. */
  exportSecurity(actor: Actor): Promise<string>
  /** CSV, the newest 10,000 rows. */
  exportAudit(actor: Actor, filter: { action?: AuditAction; userId?: string }): Promise<string>
}

/** Binds the actions to what they work on. */
export function openActions(options: ActionOptions): Actions {
  return {
    testConnection: (actor, connection) => testConnection(options, actor, connection),
    connectTenant: (actor, connection) => connectTenant(options, actor, connection),
    updateTenant: (actor, tenantId, patch) => updateTenant(options, actor, tenantId, patch),
    disconnectTenant: (actor, tenantId) => disconnectTenant(options, actor, tenantId),
    syncTenant: (actor, tenantId) => syncTenant(options, actor, tenantId),
    createCustomer: (actor, input) => createCustomer(options, actor, input),
    updateCustomer: (actor, customerId, patch) => updateCustomer(options, actor, customerId, patch),
    setChannelRole: (actor, channelId, change) => setChannelRole(options, actor, channelId, change),
    openBody: (actor, messageId) => openBody(options, actor, messageId),
    openMeeting: (actor, meetingId) => openMeeting(options, actor, meetingId),
    exportSecurity: (actor) => exportSecurity(options, actor),
    exportAudit: (actor, filter) => exportAudit(options, actor, filter),
  }
}
