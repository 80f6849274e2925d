// Security across customers: a row a customer, worst first, and averages that say what they average.
import { z } from 'zod'
import { coverageSchema } from '../posture/model.ts'

export const signalSchema = z.enum(['mfa', 'privilegedMfa'])
export type Signal = z.infer<typeof signalSchema>

export const securityRowSchema = z.object({
  customerId: z.string(),
  name: z.string(),
  mfa: coverageSchema.nullable().describe('Null: it has not been read; why stands in `unknownReason`.'),
  privilegedMfa: coverageSchema.nullable().describe('Null: it has not been read; why stands in `unknownReason`.'),
  openFindings: z.number().int().nullable().describe('Null: nothing has been read in which one could be found.'),
  asOf: z.string().nullable(),
  unknownReason: z.string().nullable(),
})
export type SecurityRow = z.infer<typeof securityRowSchema>

export const securitySchema = z.object({
  signals: z.array(
    z.object({
      signal: signalSchema,
      average: z.number().nullable().describe('Mean of the customers’ shares of capable accounts, 0 to 1; unknown accounts count as not capable. Customers of whom nothing is known are left out. Null without a customer.'),
      customers: z.number().int().describe('Customers in the average.'),
      of: z.number().int().describe('Customers in all.'),
      leftOut: z.array(z.object({ customerId: z.string(), name: z.string(), reason: z.string() })),
      capable: z.number().int(),
      accounts: z.number().int(),
      unknown: z.number().int(),
    }),
  ),
  items: z.array(securityRowSchema).describe('Worst first: by open findings, then by the lower of the two coverages. Those of whom nothing has been read stand at the end.'),
})
export type Security = z.infer<typeof securitySchema>
