import { expect, test } from 'vitest'
import { holdersFound, licenceWords } from './licenceWords.ts'

test('a licence that needs somebody says why', () => {
  const seats = { free: 2, warning: 0, suspended: 0 }
  expect(licenceWords({ ...seats, state: 'ok' })).toBe('In order')
  expect(licenceWords({ ...seats, state: 'overused', free: -3 })).toBe('Overused: 3 more seats assigned than bought')
  expect(licenceWords({ ...seats, state: 'warning', warning: 1 })).toBe('Warning: 1 seat runs out unless renewed')
  expect(licenceWords({ ...seats, state: 'suspended', suspended: 5 })).toBe('Suspended: 5 seats cannot be used')
  expect(licenceWords({ state: 'suspended', free: -3, warning: 0, suspended: 1 })).toBe('Suspended: 1 seat cannot be used · Overused: 3 more seats assigned than bought')
})

test('an account is found by name, address and licence', () => {
  const account = (displayName: string, licences: string[]) => ({ id: displayName, displayName, userPrincipalName: `${displayName}@contoso.com`, enabled: true, licences })
  const all = [account('Ann', ['Microsoft 365 E3']), account('Bo', ['Visio Plan 2']), account('Cy', [])]
  const names = (search: string) => holdersFound(all, search).map(({ displayName }) => displayName)
  expect(names('')).toEqual(['Ann', 'Bo', 'Cy'])
  expect(names(' visio ')).toEqual(['Bo'])
  expect(names('365 ann')).toEqual(['Ann'])
  expect(names('cy@')).toEqual(['Cy'])
})
