// n of N with its unknowns, in words.
import type { Coverage } from '../../api/posture/model.ts'
import { percent } from '../../api/posture/share.ts'
import { harmless } from '../parts/card.ts'

/** @param why nothing has been counted; null when it has */
export function coverageText(coverage: Coverage, why: string | null = null): string {
  if (why !== null) return `unknown. ${harmless(why)}`
  if (coverage.of === 0) return 'none known'
  const unknown = coverage.unknown === 0 ? 'none unknown' : `${String(coverage.unknown)} unknown`
  return `${String(coverage.capable)} of ${String(coverage.of)} (${percent(coverage.capable / coverage.of)}), ${unknown}`
}

export const capability = 'Capable means that a method is registered. It does not say that MFA is enforced.'
