// Coverage in words: always n of N, and what is unknown beside it.
import type { Coverage } from '../../api/posture/model.ts'

const unknowns = (coverage: Coverage) => (coverage.unknown > 0 ? ` · ${coverage.unknown} unknown` : '')

/** For a cell: "26 of 30 capable · 1 unknown". No account is never "all of them", and what has not been read is unknown. */
export function coverageShort(coverage: Coverage | null): string {
  if (coverage === null) return 'Unknown'
  if (coverage.of === 0) return 'No accounts known'
  return `${coverage.capable} of ${coverage.of} capable${unknowns(coverage)}`
}

/** In full: "26 of 30 enabled members are MFA capable · 1 unknown". `subject` is the plural, and for exactly one its singular. */
export function coverageSentence(coverage: Coverage, subject: { one: string; many: string }): string {
  if (coverage.of === 0) return `No ${subject.many} known`
  return `${coverage.capable} of ${coverage.of} ${coverage.of === 1 ? subject.one : subject.many} ${coverage.of === 1 ? 'is' : 'are'} MFA capable${unknowns(coverage)}`
}
