// A message is an email. Stored: metadata of people at customers and at the MSP. Never a body, never a stranger's address.
import { z } from 'zod'
import { openedText } from '../mailboxes/model.ts'
import { addressSchema, partySchema, senderSchema } from '../people/model.ts'
import { freshnessSchema } from '../sync/model.ts'

export const messageRowSchema = z.object({
  id: z.string(),
  at: z.string().describe('When it was received, ISO 8601 UTC.'),
  direction: z.enum(['in', 'out']).nullable().describe('From the customer to the MSP, or back; null of private mail.'),
  private: z.boolean().describe('The sender marked it private or confidential: nothing but the time is shown.'),
  subject: z.string().nullable(),
  preview: z.string().nullable().describe('The first words, at most 140 characters.'),
  from: senderSchema.describe('Who wrote it.'),
  sender: senderSchema.describe('Who sent it for them, where that is somebody else; else null.'),
  to: z.array(partySchema),
  cc: z.array(partySchema),
  bcc: z.array(partySchema).describe('Only from the copy of the person whose mailbox holds it, and for admins.'),
  others: z.number().int().describe('Recipients outside the customers and the MSP: their number only, without the blind copies where bcc is not shown.'),
  hasAttachments: z.boolean(),
})
export type MessageRow = z.infer<typeof messageRowSchema>

export const messageListSchema = z.object({
  items: z.array(messageRowSchema).describe('Newest first, one row a mail even when several mailboxes hold it.'),
  next: z.string().nullable().describe('Pass as ?after= for the next page; null at the end.'),
  windowDays: z.number().int(),
  scope: z.enum(['all', 'own']).describe('all: every matched message. own: only mail in which the asking person takes part.'),
  freshness: freshnessSchema,
})
export type MessageList = z.infer<typeof messageListSchema>

export const messageBodySchema = z.object({
  id: z.string(),
  subject: z.string(),
  at: z.string(),
  from: addressSchema.nullable(),
  to: z.array(addressSchema),
  cc: z.array(addressSchema),
  bcc: z.array(addressSchema),
  ...openedText,
  attachments: z.array(z.object({ name: z.string(), contentType: z.string().nullable(), size: z.number().int().nullable() })),
})
export type MessageBody = z.infer<typeof messageBodySchema>

/** Somebody who stands in mail. Without a customer they are of the MSP. */
export interface PersonNamed {
  readonly name: string | null
  readonly address: string
  readonly customerId: string | null
}
