// Customers at a glance: one row a customer, with what is known of it.
import { z } from 'zod'
import { customerSchema } from '../customers/model.ts'
import { coverageSchema } from '../posture/model.ts'

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
