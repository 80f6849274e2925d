import { expect, test } from 'vitest'
import { holdersCounted, licenceWords } from './licenceWords.ts'

test('a licence that needs somebody says why', () => {
  const seats = { free: 2, warning: 0, suspended: 0 }
  expect(licenceWords({ ...seats, state: 'ok' })).toBe('In order')
  expect(licenceWords({ ...seats, state: 'overused', free: -3 })).toBe('Overused: 3 more seats assigned than bought')
  expect(licenceWords({ ...seats, state: 'warning', warning: 1 })).toBe('Warning: 1 seat runs out unless renewed')
  expect(licenceWords({ ...seats, state: 'suspended', suspended: 5 })).toBe('Suspended: 5 seats cannot be used')
  expect(licenceWords({ state: 'suspended', free: -3, warning: 0, suspended: 1 })).toBe('Suspended: 1 seat cannot be used · Overused: 3 more seats assigned than bought')
})

test('accounts are counted, and those that a search has found', () => {
  expect([{ found: 1, of: 1 }, { found: 12, of: 12 }, { found: 0, of: 1 }, { found: 3, of: 12 }].map(holdersCounted)).toEqual(['1 account', '12 accounts', '0 of 1 accounts', '3 of 12 accounts'])
})
