import { expect, test } from 'vitest'
import { listedWords, nobodyWords } from './mfaWords.ts'

const coverage = (capable: number, notCapable: number, unknown: number) => {
  return { capable, notCapable, unknown, of: capable + notCapable + unknown, asOf: null }
}

test('n of N, and how many of them are shown while there are more', () => {
  expect(listedWords(50, 60, 120)).toBe('60 of 120 enabled members · first 50 shown')
  expect(listedWords(4, 4, 30)).toBe('4 of 30 enabled members')
  expect(listedWords(1, 1, 1)).toBe('1 of 1 enabled member')
})

test('an empty list says all or none only when nobody is unknown', () => {
  expect(nobodyWords('no', coverage(3, 0, 0))).toBe('Every enabled member is MFA capable.')
  expect(nobodyWords('yes', coverage(0, 3, 0))).toBe('No enabled member is MFA capable.')
  expect(nobodyWords('unknown', coverage(3, 0, 0))).toBe('It is known of every enabled member.')
  expect(nobodyWords('no', coverage(2, 0, 1))).toBe('No enabled member is known not to be MFA capable. 1 of 3 is unknown: choose Unknown to see why.')
  expect(nobodyWords('yes', coverage(0, 0, 3))).toBe('No enabled member is known to be MFA capable. 3 of 3 are unknown: choose Unknown to see why.')
  for (const mfa of ['no', 'unknown', 'yes'] as const) expect(nobodyWords(mfa, coverage(0, 0, 0))).toContain('No enabled member is known.')
})
