import { expect, test } from 'vitest'
import { coverageSentence, coverageShort } from './coverageWords.ts'

const members = { one: 'enabled member', many: 'enabled members' }
const coverage = (capable: number, notCapable: number, unknown: number) => ({ capable, notCapable, unknown, of: capable + notCapable + unknown, asOf: null })

test('n of N, with the unknowns only when there are some', () => {
  expect(coverageSentence(coverage(26, 3, 1), members)).toBe('26 of 30 enabled members are MFA capable · 1 unknown')
  expect(coverageSentence(coverage(2, 1, 0), members)).toBe('2 of 3 enabled members are MFA capable')
  expect(coverageSentence(coverage(1, 0, 0), members)).toBe('1 of 1 enabled member is MFA capable')
  expect(coverageShort(coverage(0, 0, 4))).toBe('0 of 4 capable · 4 unknown')
})

test('no account is not full coverage', () => {
  expect(coverageSentence(coverage(0, 0, 0), members)).toBe('No enabled members known')
  expect(coverageShort(coverage(0, 0, 0))).toBe('No accounts known')
  expect(coverageShort(null)).toBe('Unknown')
})
