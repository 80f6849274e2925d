// How old what is shown can be: what sync knows of each stream, as people see it.
import { z } from 'zod'

/** What people read of a stream. */
export const streamWordsSchema = z.object({
  title: z.string().describe('As the head of a row: "MFA registration".'),
  one: z.string().describe('What one unit of it reads: "MFA registration report".'),
  many: z.string(),
  per: z.enum(['tenant', 'mailbox']),
})
export type StreamWords = z.infer<typeof streamWordsSchema>

export const streamErrorSchema = z.object({ code: z.string(), message: z.string(), at: z.string() })

const notGrantedSchema = z.object({ message: z.string(), at: z.string() })

export const streamStatusSchema = z.object({
  stream: z.string().describe('Its name: `mail`, `calendar`, `mfa` …'),
  words: streamWordsSchema,
  mailbox: z.string().nullable().describe('UPN of the mailbox, for mail and calendar.'),
  running: z.boolean(),
  lastSuccessAt: z.string().nullable(),
  lastError: streamErrorSchema.nullable().describe('In words; null once a later round succeeded.'),
  notGranted: notGrantedSchema.optional().describe('Present where an optional permission is missing for it: which, and what that costs, in words. No error.'),
  unread: z
    .array(z.object({ what: z.string(), id: z.string(), code: z.string(), message: z.string() }))
    .describe('What the last round could not read although it read the rest, by Microsoft’s id; the first 20.'),
  items: z.number().int().nullable().describe('Items seen in the last complete round, kept or not.'),
  progress: z.object({ done: z.number().int(), of: z.number().int() }).nullable().describe('Folders or steps done, while running.'),
})
export type StreamStatus = z.infer<typeof streamStatusSchema>

/** How old what is shown can be: N units of a stream, how many are current, the oldest success, the last error. */
export const freshnessSchema = z.object({
  stream: z.string(),
  words: streamWordsSchema,
  of: z.number().int().describe('Units that this rests on.'),
  current: z.number().int().describe('How many of them succeeded at their last try.'),
  asOf: z.string().nullable().describe('Oldest last success among them; null when one never succeeded or there is none.'),
  lastError: streamErrorSchema.nullable(),
  notGranted: notGrantedSchema.optional().describe('Present where one of them lacks an optional permission. No error.'),
})
export type Freshness = z.infer<typeof freshnessSchema>

/** Sync in one look: per tenant and stream. */
export const syncStatusSchema = z.object({
  tenants: z.array(z.object({ name: z.string(), streams: z.array(freshnessSchema) })),
})
export type SyncStatus = z.infer<typeof syncStatusSchema>
