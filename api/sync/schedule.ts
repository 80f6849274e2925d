// Which units a tenant has, and when a unit is due again.
import type { AppError } from '../errors.ts'
import type { TenantDoc } from '../tenants/rows.ts'
import type { UnitDoc } from './units.ts'

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

/** An optional permission that nobody has granted is looked for seldom; "Sync now" looks at once. */
const optionalSeconds = 900

/**
 * Seconds until a failed unit is tried again. When it may pass by itself: doubling from 2 seconds to 5 minutes, but never less
 * than Microsoft asked for, which may be far too little (0, again and again). When a person has to act first: the ordinary pause,
 * because their change asks for a round at once.
 * @param attempts failures in a row, this one included; @param random 0 to 1, spreads the tries
 */
export function pauseAfter(error: AppError, attempts: number, syncSeconds: number, random: number): number {
  if (error.code === 'notGranted') return Math.max(syncSeconds, optionalSeconds)
  if (error.retry === 'person') return Math.max(syncSeconds, 30)
  const own = Math.min(2 ** Math.min(attempts, 9), 300) * (0.75 + random / 2)
  const asked = error.retryAfterSeconds ?? 0
  return Math.max(own, asked + random * Math.min(1 + asked / 10, 60))
}
