// What of a customer's posture is not known, and why: nothing is counted over what nobody has read. Pure.
import type { ErrorCode } from '../errors.ts'
import type { StreamState } from './judged.ts'

/** What may no longer be read is not known, whatever was read before. */
export const withheld: ReadonlySet<string> = new Set<ErrorCode>(['notGranted', 'consentMissing', 'accessDenied'])

/** State of the streams of the tenants that a customer's accounts come from, by stream and tenant id. */
export type States = Readonly<Record<'accounts' | 'mfa' | 'roles', ReadonlyMap<string, StreamState>>>

/** Why a number is unknown, as a sentence; null where it has been read. */
export interface Unknown {
  readonly mfa: string | null
  readonly privilegedMfa: string | null
}

/**
 * @param customer ids of its own tenants, and the number of its accounts that are known
 * @param own ids of the MSP's tenants, where accounts of customers can lie
 */
export function unknownOf(customer: { tenantIds: readonly string[]; accounts: number }, own: readonly string[], states: States): Unknown {
  const tenantIds = customer.tenantIds.length > 0 ? customer.tenantIds : own
  const whose = customer.tenantIds.length > 0 ? '' : ' of your own tenant'
  const accounts = unread(states.accounts, tenantIds, `The accounts${whose}`)
  const nobody = tenantIds.length === 0 ? 'No tenant is connected yet.' : (accounts ?? (customer.accounts > 0 ? null : nobodyIn(customer.tenantIds)))
  const mfa = nobody ?? unread(states.mfa, tenantIds, `The MFA registrations${whose}`)
  return { mfa, privilegedMfa: mfa ?? unread(states.roles, tenantIds, `The directory roles${whose}`, ', so privileged accounts are unknown') }
}

const nobodyIn = (tenantIds: readonly string[]): string =>
  tenantIds.length > 0 ? 'The tenant has no account.' : 'No tenant of its own is connected, and no account of your own tenant lies at its domains.'

function unread(states: ReadonlyMap<string, StreamState>, tenantIds: readonly string[], what: string, so = ''): string | null {
  const missing = tenantIds.map((id) => states.get(id)).filter((state) => !isSettled(state))
  if (missing.length === 0) return null
  const error = missing.find((state) => state?.lastError != null)?.lastError
  return error == null ? `${what} have not been read yet${so}.` : `${what} could not be read${so}. ${error.message}`
}

/** Read, or as far as they ever will be: without Entra ID P1 there are methods of privileged accounts, and no report. */
const isSettled = (state: StreamState | undefined): boolean => state !== undefined && (state.lastSuccessAt !== null || state.lastError?.code === 'licenceMissing')
