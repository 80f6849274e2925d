import { expect, test } from 'vitest'
import { clockTime, columnTime, exactTime, relativeTime } from './time.ts'

const now = Date.parse('2026-11-21T12:00:00Z')

test.each([
  ['2026-11-21T11:59:40Z', 'just now'],
  ['2026-11-21T12:00:30Z', 'just now'],
  ['2026-11-21T11:59:00Z', '1 minute ago'],
  ['2026-11-21T11:01:00Z', '59 minutes ago'],
  ['2026-11-21T11:00:00Z', '1 hour ago'],
  ['2026-11-20T12:30:00Z', '23 hours ago'],
  ['2026-11-20T12:00:00Z', '1 day ago'],
  ['2026-11-07T12:00:00Z', '14 days ago'],
  ['2026-09-01T12:00:00Z', '1 Sept 2026'],
])('%s is %s', (at, words) => {
  expect(relativeTime(at, now, 'en-GB', 'UTC')).toBe(words)
})

test('a time to come is shown as the time that it is', () => {
  expect(relativeTime('2026-11-22T09:30:00Z', now, 'en-GB', 'Europe/Oslo')).toContain('10:30')
})

test('the exact time is in the zone of the person, in English', () => {
  expect(exactTime('2026-11-21T23:30:00Z', 'de-de', 'Europe/Oslo')).toMatch(/Sunday,? 22 November 2026 at 00:30|Sunday,? 22 November 2026, 00:30/)
})

test.each([['en-US', '4:03 AM'], ['en-GB', '04:03'], ['de-de', '04:03']])('a time of day in %s is %s wherever it stands', (locale, words) => {
  const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, ' ')
  expect(plain(clockTime(Date.parse('2026-11-21T04:03:22Z'), locale, 'UTC'))).toBe(words)
  expect(plain(exactTime('2026-11-21T04:03:22Z', locale, 'UTC'))).toMatch(new RegExp(`[ ,]${words} UTC$`))
  expect(plain(relativeTime('2026-11-22T04:03:00Z', now, locale, 'UTC'))).toMatch(new RegExp(`[ ,]${words}$`))
})

test('a time in a column is there to the second, in the zone of the person', () => {
  expect(columnTime('2026-11-21T23:30:07Z', 'de-de', 'Europe/Oslo')).toBe('22 Nov 2026, 00:30:07')
})
