import { expect, test } from 'vitest'
import { accountsWords, averageWords, shareWords } from './securityWords.ts'

test('an average says what it averages and whom it leaves out', () => {
  const tailspin = { customerId: '4', name: 'Tailspin Toys', reason: 'No tenant connected.' }
  expect(averageWords({ customers: 3, of: 4, leftOut: [tailspin] })).toBe('Mean over 3 of 4 customers; left out: Tailspin Toys (no tenant connected)')
  expect(averageWords({ customers: 1, of: 1, leftOut: [] })).toBe('Mean over 1 of 1 customer')
})

test('only everybody is 100 %, and no customer is unknown', () => {
  expect([1, 0.999, 0.29, 0, null].map(shareWords)).toEqual(['100 %', '99.9 %', '29 %', '0 %', 'Unknown'])
})

test('unknown accounts are said and counted as not capable', () => {
  expect(accountsWords({ capable: 97, accounts: 120, unknown: 4 })).toBe('97 of 120 accounts are MFA capable, 4 unknown (counted as not capable)')
  expect(accountsWords({ capable: 1, accounts: 1, unknown: 0 })).toBe('1 of 1 account is MFA capable')
  expect(accountsWords({ capable: 0, accounts: 0, unknown: 0 })).toBe('Nothing has been read to count')
})

test('the same reason for many customers is said once', () => {
  const row = (name: string, reason: string) => ({ customerId: name, name, reason })
  const leftOut = [row('Contoso', 'No tenant connected.'), row('Fabrikam', 'Not read yet.'), ...['A', 'B', 'C', 'D', 'E'].map((name) => row(name, 'No tenant connected.'))]
  expect(averageWords({ customers: 0, of: 7, leftOut })).toBe('Mean over 0 of 7 customers; left out: Contoso, A, B, C, D and 1 more (no tenant connected); Fabrikam (not read yet)')
})
