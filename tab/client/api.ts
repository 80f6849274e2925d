// Outpost's REST interface as functions, one a route. Types come from the service's own model; no schema reaches the browser.
import type { Me } from '../../api/model/actor.ts'
import type { AuditAction, AuditList } from '../../api/model/audit.ts'
import type { Channel, ChannelChange, ChannelList } from '../../api/model/channel.ts'
import type { Customer, CustomerInput, CustomerList, CustomerPatch, CustomerRow } from '../../api/model/customer.ts'
import type { Licences } from '../../api/model/licence.ts'
import type { MeetingDetail, Meetings } from '../../api/model/meeting.ts'
import type { Communications, MessageBody } from '../../api/model/message.ts'
import type { AccountList, MfaAnswer, Posture } from '../../api/model/posture.ts'
import type { Security } from '../../api/model/security.ts'
import type { ConnectionTest, Disconnection, Tenant, TenantList, UnmatchedAccounts } from '../../api/model/tenant.ts'
import { send, type Options } from './request.ts'

/** What the form for a connection holds; the mailboxes as they were typed, the service takes them apart. */
export interface ConnectionForm {
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
  /** As the form showed them when it was opened. */
  mailboxesBefore?: readonly string[]
  secretExpiresOn?: string | null
}

/** Rows of the audit log to look for; null asks for all. */
export interface AuditFilter {
  action: AuditAction | null
  userId: string | null
}

const json = async <T>(path: string, options?: Options): Promise<T> => (await (await send(path, options)).json()) as T

/** A file: fetched, because only a request of our own carries the token. */
const csv = async (path: string): Promise<Blob> => (await send(path, { accept: 'text/csv' })).blob()

type Parameters = Record<string, string | number | boolean | null | undefined>

function query(parameters: Parameters): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

const id = encodeURIComponent

/** Every customer, archived or not, page after page: for a choice among all of them. */
async function everyCustomer(archived: boolean): Promise<CustomerRow[]> {
  const all: CustomerRow[] = []
  for (let after: string | null = null; ; ) {
    const page: CustomerList = await json<CustomerList>(`/customers${query({ archived, after })}`)
    all.push(...page.items)
    after = page.next
    if (after === null) return all
  }
}

/** What a call raises, `asRequestFailed` makes a sentence of. */
export const api = {
  me: () => json<Me>('/me'),
  customers: (parameters: { search?: string; after?: string | null; archived?: boolean }) =>
    json<CustomerList>(`/customers${query(parameters)}`),
  everyCustomer,
  customer: (customerId: string) => json<Customer>(`/customers/${id(customerId)}`),
  addCustomer: (body: CustomerInput) => json<Customer>('/customers', { method: 'POST', body }),
  changeCustomer: (customerId: string, body: CustomerPatch) => json<Customer>(`/customers/${id(customerId)}`, { method: 'PATCH', body }),
  communications: (customerId: string, after: string | null) =>
    json<Communications>(`/customers/${id(customerId)}/communications${query({ after, limit: 25 })}`),
  body: (messageId: string, signal: AbortSignal) => json<MessageBody>(`/messages/${id(messageId)}/body`, { signal }),
  meetings: (customerId: string) => json<Meetings>(`/customers/${id(customerId)}/meetings`),
  meeting: (meetingId: string, signal: AbortSignal) => json<MeetingDetail>(`/meetings/${id(meetingId)}`, { signal }),
  licences: (customerId: string) => json<Licences>(`/customers/${id(customerId)}/licences`),
  security: () => json<Security>('/security'),
  securityCsv: () => csv('/security.csv'),
  posture: (customerId: string) => json<Posture>(`/customers/${id(customerId)}/posture`),
  accounts: (customerId: string, mfa: MfaAnswer['capable'], after: string | null) =>
    json<AccountList>(`/customers/${id(customerId)}/accounts${query({ mfa, after })}`),
  tenants: () => json<TenantList>('/tenants'),
  tenant: (tenantId: string) => json<Tenant>(`/tenants/${id(tenantId)}`),
  testConnection: (body: ConnectionForm) => json<ConnectionTest>('/tenants/test', { method: 'POST', body }),
  connect: (body: ConnectionForm) => json<Tenant>('/tenants', { method: 'POST', body }),
  changeTenant: (tenantId: string, body: TenantChange) => json<Tenant>(`/tenants/${id(tenantId)}`, { method: 'PATCH', body }),
  disconnect: (tenantId: string) => json<Disconnection>(`/tenants/${id(tenantId)}`, { method: 'DELETE' }),
  sync: async (tenantId: string): Promise<void> => {
    // The answer is 202 and may be empty.
    await send(`/tenants/${id(tenantId)}/sync`, { method: 'POST' })
  },
  unmatched: (tenantId: string) => json<UnmatchedAccounts>(`/tenants/${id(tenantId)}/unmatched`),
  channels: () => json<ChannelList>('/channels'),
  changeChannel: (channelId: string, body: ChannelChange) => json<Channel>(`/channels/${id(channelId)}`, { method: 'PATCH', body }),
  audit: (filter: AuditFilter, after: string | null) => json<AuditList>(`/audit${query({ ...filter, after })}`),
  auditCsv: (filter: AuditFilter) => csv(`/audit.csv${query({ ...filter })}`),
}
