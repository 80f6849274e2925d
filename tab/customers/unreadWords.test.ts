import { expect, test } from 'vitest'
import { unreadWords } from './unreadWords.ts'

test('customers of whom nothing is known are named together, with the reason', () => {
  expect(unreadWords({ reason: 'No tenant is connected yet.', names: ['Contoso', 'Fabrikam'] })).toBe('Unknown for Contoso, Fabrikam: No tenant is connected yet.')
})
