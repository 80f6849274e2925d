// Who is asking. A role is one of Outpost's own Entra app roles; without one a person sees nothing.
import { z } from 'zod'

export const roleSchema = z.enum(['admin', 'member', 'viewer'])
export type Role = z.infer<typeof roleSchema>

/** The person asking or doing, proven by a verified token or a signed activity. Made in `actor.ts` alone. */
export interface Actor {
  readonly tenantId: string
  readonly userId: string
  readonly role: Role
  /** Lower-case addresses of this person by the directory (mail, UPN, proxy addresses); empty when it is not known. */
  readonly addresses: readonly string[]
}

export const meSchema = z.object({
  userId: z.string(),
  tenantId: z.string(),
  name: z.string().nullable().describe('Display name by the directory; null until the directory has been read.'),
  role: roleSchema,
  addresses: z.array(z.string()).describe('Own addresses by the directory: what decides which mail a member sees.'),
})
export type Me = z.infer<typeof meSchema>
