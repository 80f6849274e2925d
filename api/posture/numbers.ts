// What is known of each customer in numbers, for lists across customers: as last judged, where it has been read by now.
import type { Database } from '../database/collection.ts'
import { Tenants } from '../tenants/rows.ts'
import { statesIn } from './states.ts'
import { Findings } from './findingRows.ts'
import type { Coverage } from './model.ts'
import { Postures, type PostureDoc } from './postureRows.ts'
import { unknownOf, type Unknown } from './unknown.ts'

export interface Numbers {
  /** Null: why stands in `unknown`. */
  readonly mfa: Coverage | null
  readonly privilegedMfa: Coverage | null
  /** Null: nothing has been read in which a finding could be found. */
  readonly openFindings: number | null
  readonly unknown: Unknown
}

/** @returns the numbers of each of these customers */
export async function numbersOf(db: Database, customerIds: string[]): Promise<(customerId: string) => Numbers> {
  const tenants = await db(Tenants).owned(customerIds)
  const [postures, findings, read] = await Promise.all([
    db(Postures).of(customerIds), db(Findings).openCounts(customerIds), statesIn(db, tenants.map(({ _id }) => _id)),
  ])
  const of = (customerId: string | null) => tenants.filter((tenant) => tenant.customerId === customerId).map(({ _id }) => _id)
  const own = of(null)
  return (customerId) => {
    const posture = postures.get(customerId)
    const unknown = orUnjudged(unknownOf({ tenantIds: of(customerId), accounts: posture?.accounts ?? 0 }, own, read), posture)
    const open = findings.get(customerId) ?? 0
    return {
      mfa: unknown.mfa === null ? posture!.mfa : null,
      privilegedMfa: unknown.privilegedMfa === null ? posture!.privilegedMfa : null,
      openFindings: open === 0 && unknown.privilegedMfa !== null ? null : open,
      unknown,
    }
  }
}

/** What was read a moment ago is in no number yet; and a report without a row for anybody says nothing of anybody. */
function orUnjudged(unknown: Unknown, posture: PostureDoc | undefined): Unknown {
  const nothing = 'Nothing is known yet of how the accounts can sign in.'
  const mfa = unknown.mfa ?? (posture === undefined || (posture.mfa.of > 0 && posture.mfa.asOf === null) ? nothing : null)
  return { mfa, privilegedMfa: unknown.privilegedMfa ?? (posture === undefined || posture.privilegedMfa === null ? nothing : null) }
}
