// Posture: what is known about the protection of a customer's accounts. Unknown is its own answer, never pass, never fail.
import { z } from 'zod'
import { freshnessSchema } from '../sync/model.ts'

/** n of N with its unknowns. `capable + notCapable + unknown === of`. Capability says nothing about enforcement. */
export const coverageSchema = z.object({
  capable: z.number().int(),
  notCapable: z.number().int(),
  unknown: z.number().int(),
  of: z.number().int(),
  asOf: z.string().nullable().describe('Age of the oldest evidence in it.'),
})
export type Coverage = z.infer<typeof coverageSchema>

export const mfaAnswerSchema = z.object({
  capable: z.enum(['yes', 'no', 'unknown']),
  reason: z.string().describe('Why, in words.'),
  methods: z.array(z.string()).describe('Types of the registered methods; never devices, numbers or secrets.'),
})
export type MfaAnswer = z.infer<typeof mfaAnswerSchema>

/** An account of the coverage's population: an enabled member. */
export const accountRowSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  displayName: z.string(),
  userPrincipalName: z.string(),
  privileged: z
    .boolean()
    .nullable()
    .describe('Whether it is known to hold a role that Microsoft labels privileged; null when the roles of its tenant have not been read.'),
  mfa: mfaAnswerSchema,
})
export type AccountRow = z.infer<typeof accountRowSchema>

export const accountListSchema = z.object({
  items: z.array(accountRowSchema).describe('Not capable first, then unknown, then capable; within each privileged ones first, then by name.'),
  of: z.number().int().describe('How many there are in all with this answer.'),
  next: z.string().nullable().describe('Pass as ?after= for the next page; null at the end.'),
})
export type AccountList = z.infer<typeof accountListSchema>

/** A directory role that an account holds, and how. */
export const roleHeldSchema = z.object({
  name: z.string(),
  label: z.enum(['privileged', 'highImpact']).describe('privileged: Microsoft’s label. highImpact: on our list, not labelled by Microsoft.'),
  assignment: z.enum(['active', 'eligible']).describe('eligible: can be activated through PIM.'),
  via: z.string().nullable().describe('Name of the group through which it is held; null when assigned directly.'),
  scope: z.enum(['tenant', 'limited']).describe('limited: an administrative unit or a single object.'),
})
export type RoleHeld = z.infer<typeof roleHeldSchema>

export const privilegedAccountSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  displayName: z.string(),
  userPrincipalName: z.string(),
  enabled: z.boolean(),
  kind: z.enum(['member', 'guest', 'servicePrincipal', 'unknown']).describe('unknown: Microsoft no longer says who or what it is, or the accounts have not been read.'),
  roles: z.array(roleHeldSchema),
  mfa: mfaAnswerSchema.nullable().describe('Null for a service principal, to which MFA does not apply.'),
})
export type PrivilegedAccount = z.infer<typeof privilegedAccountSchema>

export const findingSchema = z.object({
  id: z.string(),
  check: z.string(),
  customerId: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  state: z.enum(['open', 'resolved']),
  reason: z.string(),
  openedAt: z.string(),
  resolvedAt: z.string().nullable(),
})
export type Finding = z.infer<typeof findingSchema>

export const postureSchema = z.object({
  customerId: z.string(),
  tenants: z.number().int().describe('Tenants of this customer that are connected; with none, its accounts come from the MSP’s own tenant.'),
  mfa: coverageSchema.describe('Enabled members. Nothing to go by while `mfaUnknown` says why.'),
  mfaUnknown: z.string().nullable().describe('Why nothing is counted yet; null when it has been read.'),
  privilegedMfa: coverageSchema.describe('Enabled accounts that hold a privileged role. Nothing to go by while `privilegedMfaUnknown` says why.'),
  privilegedMfaUnknown: z.string().nullable().describe('Why nothing is counted yet; null when it has been read.'),
  outside: z.object({ guests: z.number().int(), disabled: z.number().int() }).describe('Accounts that the coverage leaves out.'),
  privilegedAccounts: z.array(privilegedAccountSchema).describe('Everybody who holds a role on either list; those of `privilegedMfa` hold one that Microsoft labels.'),
  eligibility: z.enum(['known', 'unknown']).describe('Whether roles that can be activated through PIM could be read.'),
  eligibilityReason: z.string().nullable(),
  securityDefaults: z
    .array(z.object({ tenantId: z.string(), tenantName: z.string(), enabled: z.boolean().nullable(), reason: z.string().nullable() }))
    .describe('Whether each of its own tenants has security defaults on; null where that is not known, with the reason.'),
  findings: z.array(findingSchema).describe('Open ones, and those that were resolved in the last 90 days; 200 of each at most.'),
  freshness: z.array(freshnessSchema),
})
export type Posture = z.infer<typeof postureSchema>

/** The checks there are, by id. A finding is per account; what people are told is per customer and check. */
export const checkSchema = z.enum(['privilegedAccountsMfaCapable'])
export type CheckId = z.infer<typeof checkSchema>
