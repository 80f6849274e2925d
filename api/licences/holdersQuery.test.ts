import { expect, test } from 'vitest'
import { holdersFound } from './holdersQuery.ts'

test('an account is found by name, address and licence', () => {
  const account = (displayName: string, licences: string[]) => ({ displayName, userPrincipalName: `${displayName}@contoso.com`, licences })
  const all = [account('Ann', ['Microsoft 365 E3']), account('Bo', ['Visio Plan 2']), account('Cy', [])]
  const names = (search: string) => holdersFound(all, search).map(({ displayName }) => displayName)
  expect(names('')).toEqual(['Ann', 'Bo', 'Cy'])
  expect(names(' visio ')).toEqual(['Bo'])
  expect(names('365 ann')).toEqual(['Ann'])
  expect(names('cy@')).toEqual(['Cy'])
})
