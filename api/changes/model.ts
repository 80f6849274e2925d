// A change tells open tabs that something they show may be newer on the server. Ids only; it carries no truth.
import { z } from 'zod'

export const changeSchema = z.object({
  kind: z.enum(['messages', 'meetings', 'posture', 'licences', 'customers', 'tenants', 'channels']),
  customerId: z.string().nullable(),
})
export type Change = z.infer<typeof changeSchema>

/** Said instead of single changes when there are too many to tell, or some may have been missed: whatever is shown may be older. */
export const everything = { kind: 'everything', customerId: null } as const

/** What a tab is told. */
export type News = Change | typeof everything
