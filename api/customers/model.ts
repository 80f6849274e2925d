// A customer: a company that the MSP looks after, known by its email domains.
import { z } from 'zod'
import { isVisible, visible } from '../visible.ts'

const unseen = 'holds a character that nobody sees, such as a line break or a mark of direction. Type it anew instead of pasting it.'
const hasShape = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)

const longest = 120
const name = z.string().trim().max(longest, `Enter a name of ${longest} characters at most.`)
  .refine(isVisible, `The name ${unseen}`)
  .refine((text) => !isVisible(text) || hasShape(text), 'Enter the name of the customer.')
const alias = z.string().trim().max(longest, `Enter aliases of ${longest} characters at most.`)
  .refine(isVisible, { error: ({ input }) => `The alias “${visible(String(input))}” ${unseen}` })
  .refine((text) => !isVisible(text) || hasShape(text), 'An alias is empty.')
const aliases = z.array(alias).max(20, 'Enter 20 aliases at most.')
const domains = z.array(z.string().trim().min(1).max(253)).max(100).describe('Email domains; their sub-domains are included.')

export const customerInputSchema = z.object({ name, aliases: aliases.default([]), domains: domains.default([]) })
export type CustomerInput = z.infer<typeof customerInputSchema>

/** Of a thing that people change. */
export const revision = z.number().int().describe('As it was read: when the thing has changed since, nothing is saved. Absent: the change rests on no reading.')

export const customerPatchSchema = z
  .object({
    name: name.optional(), aliases: aliases.optional(), domains: domains.optional(), archived: z.boolean().optional(),
    revision: revision.optional(),
  })
  .describe('Only the fields that change. A list replaces the list.')
export type CustomerPatch = z.infer<typeof customerPatchSchema>

export const customerSchema = z.object({
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  domains: z.array(z.string()),
  archived: z.boolean().describe('Its mail and meetings have been deleted, and are not read.'),
  tenants: z.array(z.object({ id: z.string(), name: z.string() })).describe('Tenants that belong to this customer.'),
  revision: z.number().int().describe('Grows with each change that a person makes of it.'),
  sources: z.array(z.string()).describe('Ids of the tenants that what is shown of it is read from: its own, and the MSP’s; none for an archived one, of which nothing is read.'),
})
export type Customer = z.infer<typeof customerSchema>

/** By what people call it. */
export type CustomerNames = Pick<Customer, 'id' | 'name' | 'aliases' | 'domains'>
