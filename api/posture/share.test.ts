import { expect, it } from 'vitest'
import { percent } from './share.ts'

it.each([
  [2 / 3, '66.7 %'], [1 / 3, '33.3 %'], [0.5, '50 %'], [0.29, '29 %'], [0.999, '99.9 %'], [0.9999, '99.9 %'], [1, '100 %'], [0.00001, '0.1 %'], [0, '0 %'], [29 / 30, '96.7 %'],
])('%f is %s', (share, words) => {
  expect(percent(share)).toBe(words)
})
