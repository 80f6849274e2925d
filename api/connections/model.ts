// A tenant: one connected Microsoft Entra tenant, the MSP's own or a customer's.
import { z } from 'zod'
import { revision } from '../customers/model.ts'
import { streamStatusSchema } from '../sync/model.ts'
import { isVisible, visible } from '../visible.ts'

const unseen = 'holds a character that nobody sees'

/**
 * The test asks each of them three small things, 20 in a request and one request after the other: some ten seconds for so many. And
 * each is read by two units, of which a tenant has four read at once.
 */
const mostMailboxes = 300
/** Characters. RFC 5321, 4.5.3.1: 64 before the @, 255 behind it. */
const longestAddress = 320

const mailboxes = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/[,;\s]+/))])
  .transform((list) => [...new Set(list.map((upn) => upn.trim().toLowerCase()).filter((upn) => upn !== ''))])
  .refine((list) => list.length <= mostMailboxes, { error: ({ input }) => `These are ${(input as string[]).length} mailboxes; Outpost takes ${mostMailboxes} at most.`, abort: true })
  .refine((list) => list.every((upn) => upn.length <= longestAddress), { error: `An address has ${longestAddress} characters at most. Enter each mailbox by its address, separated by commas.`, abort: true })
  // An id names a mailbox as well as its address does: it would be read twice, and taken for one that has another address by now.
  .refine((list) => list.every(isAddress), { error: ({ input }) => `${(input as string[]).find((one) => !isAddress(one))!} is no address. Enter each mailbox by its address (UPN), like kim@contoso.com.` })
  .refine((list) => list.every(isVisible), { error: ({ input }) => `The mailbox ${visible((input as string[]).find((upn) => !isVisible(upn)) ?? '')} ${unseen}. Type it anew instead of pasting it.` })
  .describe('Technician mailboxes: UPNs, as a list or separated by commas. No other mailbox is ever read.')

const isAddress = (text: string): boolean => /^[^@]+@[^@]+$/.test(text)

/** What an administrator types in to connect a tenant. */
export const connectionSchema = z.object({
  tenantId: z.string().trim().toLowerCase().pipe(z.guid('Enter the tenant ID: a GUID, from Entra admin center → Overview.')),
  clientId: z.string().trim().toLowerCase().pipe(z.guid('Enter the application (client) ID: a GUID, from the app registration’s overview.')),
  clientSecret: z.string().trim().min(1, 'Enter the client secret value.').max(400, 'A client secret value is shorter. Copy it alone.').refine(isVisible, `The client secret value ${unseen}. Copy it again.`),
  mailboxes: mailboxes.default([]),
  secretExpiresOn: z.iso.date('Enter a date, or leave this empty.').nullable().default(null).describe('Needed only where Outpost cannot read it.'),
  customerId: z.string().max(100).nullable().default(null).describe('The customer whose tenant this is; null for the MSP’s own.'),
})
export type Connection = z.infer<typeof connectionSchema>

/** A change to a connected tenant: only the fields that change. */
export const connectionPatchSchema = z.object({
  clientId: connectionSchema.shape.clientId.optional(),
  clientSecret: connectionSchema.shape.clientSecret.optional(),
  secretExpiresOn: z.iso.date('Enter a date, or leave this empty.').nullable().optional(),
  mailboxes: mailboxes.optional(),
  revision: revision.optional(),
})
export type ConnectionPatch = z.infer<typeof connectionPatchSchema>

export const featureSchema = z.object({
  name: z.string(),
  permission: z.string().describe('The application permission of Microsoft Graph that it needs.'),
  read: z.string().describe('What Outpost reads with it.'),
  without: z.string().describe('What it costs to go without.'),
  required: z.boolean().describe('Whether the tenant cannot be connected without it.'),
  granted: z.boolean(),
})
export type Feature = z.infer<typeof featureSchema>

export const connectionTestSchema = z.object({
  tenantName: z.string(),
  mailboxes: z.number().int(),
  features: z.array(featureSchema).describe('What Outpost would read in such a tenant, and whether it may.'),
  message: z.string().describe('"Connected to <tenant> — N mailboxes configured"'),
})
export type ConnectionTest = z.infer<typeof connectionTestSchema>

export const tenantStatusSchema = z.enum([
  'connected', 'authenticationError', 'permissionError', 'configurationError', 'outpostError', 'serviceError', 'throttled', 'stale', 'waiting',
])

export const tenantSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['msp', 'customer']),
  customerId: z.string().nullable(),
  clientId: z.string(),
  mailboxes: z.array(z.string()),
  verifiedDomains: z.array(z.string()),
  connectedAt: z.string(),
  revision: z.number().int().describe('Grows with each change that a person makes of it.'),
  secretExpiresAt: z.string().nullable().describe('As Entra says, else as entered; null when neither is known.'),
  status: tenantStatusSchema,
  streams: z.array(streamStatusSchema),
  notices: z.array(z.string()).describe('In words, what an administrator should know although nothing fails: a listed mailbox with a new address.'),
  unmatchedAccounts: z.number().int().nullable().describe('Accounts of the MSP’s tenant that match no customer; null for a customer’s tenant.'),
})
export type Tenant = z.infer<typeof tenantSchema>

export const tenantListSchema = z.object({ items: z.array(tenantSchema) })
export type TenantList = z.infer<typeof tenantListSchema>

export const unmatchedAccountsSchema = z.object({
  items: z.array(z.object({ id: z.string(), displayName: z.string(), userPrincipalName: z.string() })),
})
export type UnmatchedAccounts = z.infer<typeof unmatchedAccountsSchema>

/** What is being deleted: nobody sees it any more. */
export const disconnectionSchema = z.object({
  deleted: z.object({
    messages: z.number().int(),
    meetings: z.number().int(),
    accounts: z.number().int(),
  }),
})
export type Disconnection = z.infer<typeof disconnectionSchema>
