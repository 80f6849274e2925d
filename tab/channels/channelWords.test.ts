import { expect, test } from 'vitest'
import { channelName, purposeWords } from './channelWords.ts'

test('a channel is called as in Teams, and what is not known is said so', () => {
  expect(channelName({ teamName: 'Proseware', channelName: 'Customer security' })).toBe('Proseware › Customer security')
  expect(channelName({ teamName: null, channelName: null })).toBe('Unknown team › unknown channel')
})

test('what it is for', () => {
  expect(purposeWords({ role: null, customerName: null })).toBe('Nothing yet')
  expect(purposeWords({ role: { kind: 'alerts' }, customerName: null })).toBe('Our team’s alerts')
  expect(purposeWords({ role: { kind: 'customer', customerId: 'c' }, customerName: 'Contoso' })).toBe('Contoso')
})
