// Licences that a customer's tenant has bought, and who holds them.
import { z } from 'zod'
import { freshnessSchema } from '../sync/model.ts'

export const licenceRowSchema = z.object({
  tenantId: z.string(),
  skuId: z.string(),
  partNumber: z.string().describe('Microsoft’s part number, e.g. SPE_E3.'),
  name: z.string().describe('Friendly name; the part number when it is not known, never the id.'),
  bought: z.number().int().describe('Seats that can be used now, those in a warning state included.'),
  used: z.number().int(),
  free: z.number().int().describe('Below zero when more are assigned than bought.'),
  warning: z.number().int().describe('Seats that run out unless they are renewed.'),
  suspended: z.number().int().describe('Seats that cannot be used any more.'),
  state: z.enum(['ok', 'warning', 'suspended', 'overused']),
})
export type LicenceRow = z.infer<typeof licenceRowSchema>

export const licencesSchema = z.object({
  customerId: z.string(),
  items: z.array(licenceRowSchema),
  freshness: z.array(freshnessSchema),
})
export type Licences = z.infer<typeof licencesSchema>

export const holderSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  displayName: z.string(),
  userPrincipalName: z.string(),
  enabled: z.boolean(),
  licences: z.array(z.string()).describe('Friendly names.'),
})
export type Holder = z.infer<typeof holderSchema>

export const holderListSchema = z.object({
  items: z.array(holderSchema).describe('By name.'),
  found: z.number().int().describe('How many there are that match the search.'),
  of: z.number().int().describe('How many accounts have a licence at all.'),
  next: z.string().nullable().describe('Pass as ?after= for the next page; null at the end.'),
})
export type HolderList = z.infer<typeof holderListSchema>
