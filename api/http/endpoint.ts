// Every REST endpoint, in one table: what comes in, what goes out, who answers. The description of the API is made from it.
import { z } from 'zod'
import type { Actions } from '../actions.ts'
import { meSchema, roleSchema, type Actor, type Role } from '../access/model.ts'
import { auditActionSchema, auditListSchema } from '../access/auditModel.ts'
import { channelChangeSchema, channelListSchema, channelSchema } from '../channels/model.ts'
import { customerInputSchema, customerListSchema, customerPatchSchema, customerSchema } from '../customers/model.ts'
import { licencesSchema } from '../licences/model.ts'
import { meetingDetailSchema, meetingsSchema } from '../calendar/model.ts'
import { communicationsSchema, messageBodySchema } from '../mail/model.ts'
import { accountListSchema, mfaAnswerSchema, postureSchema } from '../posture/model.ts'
import { securitySchema } from '../security/model.ts'
import {
  connectionPatchSchema, connectionSchema, connectionTestSchema, disconnectionSchema, tenantListSchema, tenantSchema, unmatchedAccountsSchema,
} from '../tenants/model.ts'
import type { Query } from '../query.ts'

/** What an endpoint's handler gets, already checked against its schemas. */
interface Input<Q, B> {
  readonly actor: Actor
  readonly id: string
  readonly query: Q
  readonly body: B
}

export interface Endpoint {
  readonly method: 'get' | 'post' | 'patch' | 'del'
  /** Below /api/v1. */
  readonly path: string
  readonly summary: string
  /** Who is let in at all; checked before the input, so that nobody learns the shape of what they may not do. */
  readonly roles: readonly Role[]
  readonly query: z.ZodType | null
  readonly body: z.ZodType | null
  readonly status: number
  /** Null: text/csv. */
  readonly answer: z.ZodType | null
  handle(input: Input<unknown, unknown>): Promise<unknown>
}

function endpoint<Q extends z.ZodType, B extends z.ZodType>(options: {
  method: Endpoint['method']
  path: string
  summary: string
  roles?: readonly Role[]
  query?: Q
  body?: B
  status?: number
  answer: z.ZodType | null
  handle: (input: Input<z.output<Q>, z.output<B>>) => Promise<unknown>
}): Endpoint {
  return {
    ...options,
    roles: options.roles ?? roleSchema.options,
    query: options.query ?? null,
    body: options.body ?? null,
    status: options.status ?? 200,
    handle: (input) => options.handle(input as Input<z.output<Q>, z.output<B>>),
  }
}

const after = z.string().optional().describe('The `next` of the page before.')
const auditFilter = z.object({ action: auditActionSchema.optional(), userId: z.string().trim().toLowerCase().pipe(z.guid()).optional() })
const auditSearch = auditFilter.extend({ after })
const sizedPage = z.object({ after, limit: z.coerce.number().int().min(1).max(100).optional() })
const accountPage = sizedPage.extend({ mfa: mfaAnswerSchema.shape.capable.optional().describe('Only accounts with this answer.') })
const customerPage = z.object({
  after,
  search: z.string().max(200).optional().describe('Part of a name, alias or domain.'),
  archived: z.enum(['true', 'false']).default('false').transform((text) => text === 'true'),
})
/** Without the keys that were not given: absent and undefined are different things here. */
const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }

export function endpointsOf(query: Query, actions: Actions): Endpoint[] {
  return [
    endpoint({ method: 'get', path: '/me', summary: 'Who is asking', answer: meSchema, handle: ({ actor }) => query.me(actor) }),
    endpoint({
      method: 'get', path: '/customers', summary: 'Customers by name', query: customerPage, answer: customerListSchema,
      handle: ({ actor, query: options }) => query.customers(actor, given(options)),
    }),
    endpoint({
      method: 'post', path: '/customers', summary: 'Create a customer', roles: ['admin'], body: customerInputSchema, status: 201, answer: customerSchema,
      handle: ({ actor, body }) => actions.createCustomer(actor, body),
    }),
    endpoint({ method: 'get', path: '/customers/:id', summary: 'A customer', answer: customerSchema, handle: ({ actor, id }) => query.customer(actor, id) }),
    endpoint({
      method: 'patch', path: '/customers/:id', summary: 'Change or archive a customer', roles: ['admin'], body: customerPatchSchema, answer: customerSchema,
      handle: ({ actor, id, body }) => actions.updateCustomer(actor, id, given(body)),
    }),
    endpoint({
      method: 'get', path: '/customers/:id/communications', summary: 'Mail with a customer that the asking person may see', query: sizedPage,
      answer: communicationsSchema, handle: ({ actor, id, query: options }) => query.communications(actor, id, given(options)),
    }),
    endpoint({
      method: 'get', path: '/customers/:id/posture', summary: 'How well a customer is protected', answer: postureSchema,
      handle: ({ actor, id }) => query.posture(actor, id),
    }),
    endpoint({
      method: 'get', path: '/customers/:id/accounts', summary: 'The accounts that the MFA coverage of a customer counts', query: accountPage,
      answer: accountListSchema, handle: ({ actor, id, query: options }) => query.accounts(actor, id, given(options)),
    }),
    endpoint({
      method: 'get', path: '/customers/:id/meetings', summary: 'Meetings with a customer that the asking person may see', answer: meetingsSchema,
      handle: ({ actor, id }) => query.meetings(actor, id, {}),
    }),
    endpoint({
      method: 'get', path: '/customers/:id/licences', summary: 'Licences of a customer and who holds them', answer: licencesSchema,
      handle: ({ actor, id }) => query.licences(actor, id),
    }),
    endpoint({ method: 'get', path: '/security', summary: 'Security across customers, worst first', answer: securitySchema, handle: ({ actor }) => query.security(actor) }),
    endpoint({ method: 'get', path: '/security.csv', summary: 'The same for spreadsheets', answer: null, handle: ({ actor }) => actions.exportSecurity(actor) }),
    endpoint({
      method: 'get', path: '/meetings/:id', summary: 'Open a meeting: audited, then fetched from the mailbox, never stored', answer: meetingDetailSchema,
      handle: ({ actor, id }) => actions.openMeeting(actor, id),
    }),
    endpoint({
      method: 'get', path: '/messages/:id/body', summary: 'Open a message: audited, then fetched from the mailbox, never stored',
      answer: messageBodySchema, handle: ({ actor, id }) => actions.openBody(actor, id),
    }),
    endpoint({ method: 'get', path: '/tenants', summary: 'Connected tenants', roles: ['admin'], answer: tenantListSchema, handle: ({ actor }) => query.tenants(actor) }),
    endpoint({
      method: 'post', path: '/tenants', summary: 'Connect a tenant; tested first', roles: ['admin'], body: connectionSchema, status: 201, answer: tenantSchema,
      handle: ({ actor, body }) => actions.connectTenant(actor, body),
    }),
    endpoint({
      method: 'post', path: '/tenants/test', summary: 'Test a connection without saving it', roles: ['admin'], body: connectionSchema, answer: connectionTestSchema,
      handle: ({ actor, body }) => actions.testConnection(actor, body),
    }),
    endpoint({ method: 'get', path: '/tenants/:id', summary: 'A connected tenant', roles: ['admin'], answer: tenantSchema, handle: ({ actor, id }) => query.tenant(actor, id) }),
    endpoint({
      method: 'patch', path: '/tenants/:id', summary: 'Change app, secret or mailboxes; tested first', roles: ['admin'], body: connectionPatchSchema,
      answer: tenantSchema, handle: ({ actor, id, body }) => actions.updateTenant(actor, id, given(body)),
    }),
    endpoint({
      method: 'del', path: '/tenants/:id', summary: 'Disconnect a tenant and delete what was read from it', roles: ['admin'], answer: disconnectionSchema,
      handle: ({ actor, id }) => actions.disconnectTenant(actor, id),
    }),
    endpoint({
      method: 'get', path: '/tenants/:id/unmatched', summary: 'Accounts that match no customer', roles: ['admin'], answer: unmatchedAccountsSchema,
      handle: ({ actor, id }) => query.unmatchedAccounts(actor, id),
    }),
    endpoint({
      method: 'post', path: '/tenants/:id/sync', summary: 'Read a tenant now', roles: ['admin', 'member'], status: 202, answer: z.object({ started: z.literal(true) }),
      handle: async ({ actor, id }) => {
        await actions.syncTenant(actor, id)
        return { started: true }
      },
    }),
    endpoint({
      method: 'get', path: '/channels', summary: 'Channels that the bot is in, and what each is for', roles: ['admin'], answer: channelListSchema,
      handle: ({ actor }) => query.channels(actor),
    }),
    endpoint({
      method: 'patch', path: '/channels/:id', summary: 'Say what a channel is for', roles: ['admin'], body: channelChangeSchema, answer: channelSchema,
      handle: ({ actor, id, body }) => actions.setChannelRole(actor, id, body),
    }),
    endpoint({
      method: 'get', path: '/audit', summary: 'The audit log, newest first', roles: ['admin'], query: auditSearch, answer: auditListSchema,
      handle: ({ actor, query: options }) => query.audit(actor, given(options)),
    }),
    endpoint({
      method: 'get', path: '/audit.csv', summary: 'The same for spreadsheets', roles: ['admin'], query: auditFilter, answer: null,
      handle: ({ actor, query: options }) => actions.exportAudit(actor, given(options)),
    }),
  ]
}
