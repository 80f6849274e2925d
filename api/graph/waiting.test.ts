import { expect, it } from 'vitest'
import { askedSeconds, waitingError } from './waiting.ts'

it.each([
  ['10', 10], ['2.128', 2.128], ['0', 0], ['86400', 86_400], ['1e9', 1e9], ['-5', 0], [null, undefined], ['', undefined], ['soon', undefined],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30], ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
])('Retry-After %s → %s seconds', (header, expected) => {
  expect(askedSeconds(header, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected)
})

it.each([
  [null, undefined, /^Microsoft asks Outpost to slow down\./],
  ['17', 17, /^Microsoft asks Outpost to slow down\./],
  ['900', 900, /^Microsoft asks Outpost to slow down\. It asks to wait for 15 minutes\. Outpost does so, and goes on by itself\.$/],
  ['86400', 86_400, / It asks to wait for 24 hours\. Outpost does so/],
  ['604800', 86_400, / It asks to wait for 7 days\. Outpost waits for 24 hours, the longest that it waits, and asks again\.$/],
])('Retry-After %s is waited for %s seconds, and said', (header, seconds, words) => {
  const error = waitingError('throttled', header, undefined)
  expect(error.retryAfterSeconds).toBe(seconds)
  expect(error.message).toMatch(words)
})
