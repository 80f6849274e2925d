// A customer: a company that the MSP looks after, known by its email domains.
import { z } from 'zod'
import { coverageSchema } from '../posture/model.ts'

const name = z.string().trim().min(1, 'Enter the name of the customer.').max(120)
const aliases = z.array(z.string().trim().min(1).max(120)).max(20)
const domains = z.array(z.string().trim().min(1).max(253)).max(100).describe('Email domains; their sub-domains are included.')

export const customerInputSchema = z.object({ name, aliases: aliases.default([]), domains: domains.default([]) })
export type CustomerInput = z.infer<typeof customerInputSchema>

export const customerPatchSchema = z
  .object({
    name: name.optional(), aliases: aliases.optional(), domains: domains.optional(), archived: z.boolean().optional(),
    before: z
      .object({ name: z.string(), aliases: z.array(z.string()), domains: z.array(z.string()) })
      .partial()
      .optional()
      .describe('The fields as their editor saw them: when one of them has changed since, nothing is saved.'),
  })
  .describe('Only the fields that change. A list replaces the list.')
export type CustomerPatch = z.infer<typeof customerPatchSchema>

export const customerSchema = z.object({
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  domains: z.array(z.string()),
  archived: z.boolean(),
  tenants: z.array(z.object({ id: z.string(), name: z.string() })).describe('Tenants that belong to this customer.'),
  sources: z.array(z.string()).describe('Ids of the tenants that what is shown of it is read from: its own, and the MSP’s.'),
})
export type Customer = z.infer<typeof customerSchema>

/** One row of the list of customers. */
export const customerRowSchema = customerSchema.extend({
  lastMessageAt: z.string().nullable().describe('Newest message that the asking person may see; null when there is none.'),
  mfa: coverageSchema.nullable().describe('MFA capability of its accounts; null when it has not been read: why stands in `unknownReason`.'),
  openFindings: z.number().int().nullable().describe('Null: nothing has been read in which one could be found.'),
  unknownReason: z.string().nullable(),
})
export type CustomerRow = z.infer<typeof customerRowSchema>

export const customerListSchema = z.object({
  items: z.array(customerRowSchema),
  next: z.string().nullable(),
  mail: z.enum(['read', 'unread', 'none']).describe('unread: a mailbox has not been read yet, so that there is no message says nothing. none: no mailbox is connected.'),
})
export type CustomerList = z.infer<typeof customerListSchema>
