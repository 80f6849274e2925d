// People in mail and meetings, as far as they may be known.
import { z } from 'zod'

/** Somebody at a customer or at the MSP. */
export const partySchema = z.object({
  name: z.string().nullable(),
  address: z.string(),
  side: z.enum(['customer', 'msp']),
})
export type Party = z.infer<typeof partySchema>

/** Who sent it: a known party, or of an outsider the domain alone, or null when the message names no sender. */
export const senderSchema = z.union([partySchema, z.object({ domain: z.string(), side: z.literal('outside') })]).nullable()
export type Sender = z.infer<typeof senderSchema>

export const addressSchema = z.object({ name: z.string().nullable(), address: z.string() })
