// n of N with its unknowns and its age, in words.
import type { Coverage, Posture } from '../../api/model/posture.ts'
import { percent } from '../../api/model/share.ts'
import { harmless } from './card.ts'
import type { Clock } from './clock.ts'
import { freshnessLine } from './freshness.ts'

/** @param why nothing has been counted; null when it has */
export function coverageText(coverage: Coverage, why: string | null = null): string {
  if (why !== null) return `unknown. ${harmless(why)}`
  if (coverage.of === 0) return 'none known'
  const unknown = coverage.unknown === 0 ? 'none unknown' : `${String(coverage.unknown)} unknown`
  return `${String(coverage.capable)} of ${String(coverage.of)} (${percent(coverage.capable / coverage.of)}), ${unknown}`
}

/** For a summary: "26 of 30 accounts are MFA capable". */
export const coverageSummary = ({ mfa, mfaUnknown }: Posture): string =>
  mfaUnknown === null ? `${String(mfa.capable)} of ${String(mfa.of)} accounts are MFA capable` : 'unknown'

/** The oldest evidence in it, and what could not be read lately. */
export function ageLines(posture: Posture, clock: Clock, names: boolean): string[] {
  const ages = [posture.mfa.asOf, posture.privilegedMfa.asOf].filter((asOf) => asOf !== null)
  const oldest = ages.length === 0 ? 'Not known yet: the evidence has not been read.' : `As of ${clock.at(ages.toSorted()[0] ?? null)}.`
  const stale = posture.freshness.filter(({ of, current }) => current < of).map((freshness) => freshnessLine(freshness, clock, names))
  return [oldest, ...stale]
}

export const capability = 'Capable means that a method is registered. It does not say that MFA is enforced.'
