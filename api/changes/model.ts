// A change tells open tabs that something they show may be newer on the server. Ids only; it carries no truth.
import { z } from 'zod'

export const changeSchema = z.object({
  kind: z.enum(['communications', 'meetings', 'posture', 'licences', 'customers', 'tenants', 'channels']),
  customerId: z.string().nullable(),
})
export type Change = z.infer<typeof changeSchema>
