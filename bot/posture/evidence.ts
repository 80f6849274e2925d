// What a customer's posture rests on: whose accounts, how old, and what could not be read.
import type { Posture, PrivilegedAccount } from '../../api/posture/model.ts'
import { aside, escaped, harmless, verbatim, type Element } from '../parts/card.ts'
import { freshnessLine } from '../parts/freshness.ts'
import type { LocalTimes } from '../parts/localTimes.ts'

/** Holds a role that Microsoft labels privileged, and not only one of our list. */
export const isLabelled = ({ roles }: PrivilegedAccount): boolean => roles.some(({ label }) => label === 'privileged')

/** For a summary: "26 of 30 accounts are MFA capable". */
export const coverageSummary = ({ mfa, mfaUnknown }: Posture): string =>
  mfaUnknown === null ? `${String(mfa.capable)} of ${String(mfa.of)} accounts are MFA capable` : 'unknown'

/** None is no good news where nobody knows who is privileged. */
export function openFindings({ findings, privilegedMfaUnknown }: Posture): string {
  const open = findings.filter(({ state }) => state === 'open').length
  return open === 0 && privilegedMfaUnknown !== null ? 'unknown' : String(open)
}

/** What can be activated through PIM is no less privileged; when it cannot be read, that is said and not left out. */
export function eligibilityElements({ eligibility, eligibilityReason }: Posture): Element[] {
  if (eligibility === 'known') return []
  const reason = eligibilityReason === null ? '' : ` ${harmless(eligibilityReason)}`
  return [verbatim(`Unknown: who can activate a role through PIM.${reason}`, { size: 'Small' })]
}

const source = ({ tenants, mfaUnknown }: Posture): string[] =>
  tenants === 0 && mfaUnknown === null ? ['No tenant of this customer is connected; its accounts come from your own tenant.'] : []

/** The oldest evidence in it, and what could not be read lately. */
function ageLines(posture: Posture, times: LocalTimes, names: boolean): string[] {
  const ages = [posture.mfa.asOf, posture.privilegedMfa.asOf].filter((asOf) => asOf !== null)
  const oldest = ages.length > 0 ? [`As of ${times.at(ages.toSorted()[0] ?? null)}.`] : posture.mfaUnknown === null ? ['Not known yet: the evidence has not been read.'] : []
  const stale = posture.freshness.filter(({ of, current }) => current < of).map((freshness) => freshnessLine(freshness, times, names))
  return [...oldest, ...stale]
}

/** @param names whether mailboxes and accounts may be named: in a private chat alone */
export const evidenceElements = (posture: Posture, times: LocalTimes, names: boolean): Element[] =>
  [...source(posture), ...ageLines(posture, times, names)].map((line) => aside(escaped(line)))
