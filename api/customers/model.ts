// A customer: a company that the MSP looks after, known by its email domains.
import { z } from 'zod'

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
