import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { dayOf, periodOf, startOf } from './period.ts'
import { rangesIn } from './range.ts'
import { toWords } from './words.ts'

/** Friday, 20 November 2026. */
const today = Temporal.PlainDate.from('2026-11-20')
const noon = today.toPlainDateTime('12:00')
const dates = (text: string, ahead = false) => {
  const { from, to } = periodOf(rangesIn(toWords(text))[0]!.range, noon, ahead)
  const last = to?.subtract({ days: 1 }).toPlainDate()
  const [first, end] = [from?.toPlainDate().toString() ?? '…', last?.toString() ?? '…']
  return first === end ? first : `${first} ${end}`
}

describe('on Friday, 20 November 2026', () => {
  it.each([
    ['today', '2026-11-20', '2026-11-20'],
    ['yesterday', '2026-11-19', '2026-11-19'],
    ['tomorrow', '2026-11-21', '2026-11-21'],
    ['this week', '2026-11-16 2026-11-22', '2026-11-16 2026-11-22'],
    ['last week', '2026-11-09 2026-11-15', '2026-11-09 2026-11-15'],
    ['next week', '2026-11-23 2026-11-29', '2026-11-23 2026-11-29'],
    ['this month', '2026-11-01 2026-11-30', '2026-11-01 2026-11-30'],
    ['last month', '2026-10-01 2026-10-31', '2026-10-01 2026-10-31'],
    ['last 3 days', '2026-11-18 2026-11-20', '2026-11-18 2026-11-20'],
    ['past week', '2026-11-14 2026-11-20', '2026-11-14 2026-11-20'],
    ['next 3 days', '2026-11-20 2026-11-23', '2026-11-20 2026-11-23'],
    ['since monday', '2026-11-16 …', '2026-11-16 …'],
    ['since friday', '2026-11-20 …', '2026-11-20 …'],
    ['since last week', '2026-11-09 …', '2026-11-09 …'],
    ['since 3 november', '2026-11-03 …', '2026-11-03 …'],
    ['since 24 december', '2025-12-24 …', '2025-12-24 …'],
    ['on monday', '2026-11-16', '2026-11-23'],
    ['on friday', '2026-11-20', '2026-11-20'],
    ['last friday', '2026-11-13', '2026-11-13'],
    ['next friday', '2026-11-27', '2026-11-27'],
    ['on 24 november', '2025-11-24', '2026-11-24'],
    ['on the 3rd', '2026-11-03', '2026-12-03'],
    ['on the 24th', '2026-10-24', '2026-11-24'],
    ['on the 31st', '2026-10-31', '2026-10-31'],
    ['on 29 february', '2024-02-29', '2028-02-29'],
    ['on 2026-11-03', '2026-11-03', '2026-11-03'],
    ['between 3 and 7 november', '2026-11-03 2026-11-07', '2026-11-03 2026-11-07'],
    ['between 7 november and 3 november', '2026-11-03 2026-11-07', '2026-11-03 2026-11-07'],
    ['on 2 january', '2026-01-02', '2027-01-02'],
    ['the week after next', '2026-11-30 2026-12-06', '2026-11-30 2026-12-06'],
    ['in the week of 7 december', '2025-12-01 2025-12-07', '2026-12-07 2026-12-13'],
    ['a week from tomorrow', '2026-11-28', '2026-11-28'],
    ['friday week', '2026-11-27', '2026-11-27'],
    ['early last week', '2026-11-09 2026-11-10', '2026-11-09 2026-11-10'],
    ['mid next week', '2026-11-25', '2026-11-25'],
    ['the end of next week', '2026-11-26 2026-11-29', '2026-11-26 2026-11-29'],
    ['in early november', '2026-11-01 2026-11-10', '2026-11-01 2026-11-10'],
    ['late december', '2025-12-21 2025-12-31', '2026-12-21 2026-12-31'],
    ['a couple of days ago', '2026-11-18', '2026-11-18'],
    ['9.-11.11.', '2026-11-09 2026-11-11', '2026-11-09 2026-11-11'],
    ['2026-11-03..2026-11-05', '2026-11-03 2026-11-05', '2026-11-03 2026-11-05'],
  ])('%s is %s for mail and %s for meetings', (text, past, ahead) => {
    expect(dates(text)).toBe(past)
    expect(dates(text, true)).toBe(ahead)
  })
})

describe('days begin', () => {
  it.each([
    ['2026-11-20', 'Europe/Berlin', '2026-11-19T23:00:00.000Z'],
    ['2026-11-20', 'America/New_York', '2026-11-20T05:00:00.000Z'],
    ['2026-11-20', 'Asia/Kathmandu', '2026-11-19T18:15:00.000Z'],
    ['2026-11-20', 'UTC', '2026-11-20T00:00:00.000Z'],
    // clocks change at two in the night
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    // and here at midnight, which does not exist that day
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s at %s', (date, zone, expected) => expect(startOf(Temporal.PlainDate.from(date), zone).toISOString()).toBe(expected))

  it('and every moment lies in its day', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Kiritimati')
    fc.assert(
      fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }), zones, (moment, zone) => {
        const day = dayOf(moment, zone)
        expect(startOf(day, zone).getTime()).toBeLessThanOrEqual(moment.getTime())
        expect(startOf(day.add({ days: 1 }), zone).getTime()).toBeGreaterThan(moment.getTime())
      }),
      { numRuns: 200 },
    )
  })
})
