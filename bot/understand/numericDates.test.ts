// Dates in digits, written out in the order in which people of a country write them.
import { describe, expect, it } from 'vitest'
import { withDatesSpelt, writesMonthFirst } from './numericDates.ts'

describe('dates in digits', () => {
  it.each([
    ['on 11/10/2026', 'on 11 October 2026', 'on 10 November 2026'],
    ['since 11-10-2026', 'since 11 October 2026', 'since 10 November 2026'],
    ['11/10/26', '11 October 2026', '10 November 2026'],
    ['since 3/11', 'since 3 November', 'since 11 March'],
    ['13/11/2026', '13 November 2026', '13 November 2026'],
    ['11/13/2026', '13 November 2026', '13 November 2026'],
    ['13/11', '13 November', '13 November'],
    ['2026/11/10', '2026-11-10', '2026-11-10'],
    ['13/13/2026', '2026-13-13', '2026-13-13'],
  ])('%s is %s, or %s where the month comes first', (typed, dayFirst, monthFirst) => {
    expect(withDatesSpelt(typed, false)).toBe(dayFirst)
    expect(withDatesSpelt(typed, true)).toBe(monthFirst)
  })

  it.each(['3/4 of the seats', 'support 24/7', 'https://portal.contoso.com/2026/11/10', 'version 1/2/3', '2026-11-10', '10.11.'])('%s is left as it is', (typed) => {
    expect(withDatesSpelt(typed, false)).toBe(typed)
  })

  it.each([['en-US', true], ['en-GB', false], ['de-DE', false], ['hu-HU', false], ['sv-SE', false], [null, false], ['no locale', false]])('the month comes first in %s: %s', (locale, first) => {
    expect(writesMonthFirst(locale)).toBe(first)
  })
})
