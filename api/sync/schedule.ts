// Which units a tenant has, and when a unit is due again.
import type { AppError } from '../errors.ts'
import type { TenantDoc } from '../store/tenants.ts'
import type { UnitDoc } from '../store/units.ts'

type UnitName = Pick<UnitDoc, '_id' | 'tenantId' | 'stream' | 'mailbox'>

/** @param homeTenantId the tenant of Outpost's own app: the only one whose app roles say who may use Outpost */
export function unitsOf(tenant: Pick<TenantDoc, '_id' | 'customerId' | 'mailboxes'>, homeTenantId: string): UnitName[] {
  const one = (stream: UnitDoc['stream']): UnitName => ({ _id: `${tenant._id}|${stream}`, tenantId: tenant._id, stream, mailbox: null })
  return [
    one('organization'),
    one('accounts'),
    one('mfa'),
    one('roles'),
    one('eligibility'),
    one('licences'),
    ...(tenant._id === homeTenantId ? [one('appRoles')] : []),
    ...tenant.mailboxes.flatMap((mailbox) => mailboxUnits(tenant._id, mailbox)),
  ]
}

/** The units of a listed mailbox. */
export const mailboxUnits = (tenantId: string, mailbox: string): UnitName[] =>
  (['mail', 'calendar'] as const).map((stream) => ({ _id: `${tenantId}|${stream}|${mailbox}`, tenantId, stream, mailbox }))

/**
 * Seconds until a failed unit is tried again: what Microsoft asked for, else doubling from 2 seconds to 5 minutes when it may
 * pass by itself; the ordinary pause when a person has to act first (their change asks for a round at once).
 * @param attempts failures in a row, this one included; @param random 0 to 1, spreads the tries
 */
export function pauseAfter(error: AppError, attempts: number, syncSeconds: number, random: number): number {
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds + random
  if (error.retry === 'person') return Math.max(syncSeconds, 30)
  return Math.min(2 ** Math.min(attempts, 9), 300) * (0.75 + random / 2)
}
