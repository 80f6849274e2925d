import { expect, test } from 'vitest'
import { securityDefaultsWords } from './securityDefaultsWords.ts'

test.each([
  [true, null, 'Security defaults of Contoso: on'],
  [false, null, 'Security defaults of Contoso: off'],
  [null, 'It has not been read yet.', 'Security defaults of Contoso: unknown — It has not been read yet.'],
])('%j, %j', (enabled, reason, words) => {
  expect(securityDefaultsWords({ tenantId: 't', tenantName: 'Contoso', enabled, reason })).toBe(words)
})
