// n of N with its unknowns and its age, in words.
import type { Coverage, Posture } from '../../api/model/posture.ts'
import type { Clock } from './clock.ts'
import { freshnessLine } from './freshness.ts'

export const percent = ({ capable, of }: Coverage): string => (of === 0 ? '' : ` (${String(Math.floor((100 * capable) / of))} %)`)

export function coverageText(coverage: Coverage): string {
  if (coverage.of === 0) return 'none known'
  const unknown = coverage.unknown === 0 ? 'none unknown' : `${String(coverage.unknown)} unknown`
  return `${String(coverage.capable)} of ${String(coverage.of)}${percent(coverage)}, ${unknown}`
}

/** The oldest evidence in it, and what could not be read lately. */
export function ageLines(posture: Posture, clock: Clock, names: boolean): string[] {
  const ages = [posture.mfa.asOf, posture.privilegedMfa.asOf].filter((asOf) => asOf !== null)
  const oldest = ages.length === 0 ? 'Not known yet: the evidence has not been read.' : `As of ${clock.at(ages.toSorted()[0] ?? null)}.`
  const stale = posture.freshness.filter(({ of, current }) => current < of).map((freshness) => freshnessLine(freshness, clock, names))
  return [oldest, ...stale]
}

export const capability = 'Capable means that a method is registered. It does not say that MFA is enforced.'
