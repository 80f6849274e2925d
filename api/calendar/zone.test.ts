// Times of the calendar, in the zones that Exchange names.
import { describe, expect, it } from 'vitest'
import { isZoneKnown, momentOf, zoneOf } from './zone.ts'

const noon = '2026-07-01T12:00:00.0000000'

describe('momentOf', () => {
  it.each([
    ['UTC', noon, '2026-07-01T12:00:00.000Z'],
    ['utc', noon, '2026-07-01T12:00:00.000Z'],
    ['Etc/UTC', noon, '2026-07-01T12:00:00.000Z'],
    ['tzone://Microsoft/Utc', noon, '2026-07-01T12:00:00.000Z'],
    ['Greenwich Standard Time', noon, '2026-07-01T12:00:00.000Z'],
    ['GMT Standard Time', noon, '2026-07-01T11:00:00.000Z'],
    ['W. Europe Standard Time', noon, '2026-07-01T10:00:00.000Z'],
    ['W. Europe Standard Time', '2026-01-01T12:00:00.0000000', '2026-01-01T11:00:00.000Z'],
    ['Europe/Berlin', noon, '2026-07-01T10:00:00.000Z'],
    ['europe/berlin', noon, '2026-07-01T10:00:00.000Z'],
    ['Pacific Standard Time', noon, '2026-07-01T19:00:00.000Z'],
    ['America/Los_Angeles', noon, '2026-07-01T19:00:00.000Z'],
    ['India Standard Time', noon, '2026-07-01T06:30:00.000Z'],
    ['Asia/Calcutta', noon, '2026-07-01T06:30:00.000Z'],
    ['Nepal Standard Time', noon, '2026-07-01T06:15:00.000Z'],
    ['AUS Eastern Standard Time', noon, '2026-07-01T02:00:00.000Z'],
    ['UTC+12', noon, '2026-07-01T00:00:00.000Z'],
    ['UTC-02', noon, '2026-07-01T14:00:00.000Z'],
    // The hour that the clock skips, and the one that it shows twice.
    ['W. Europe Standard Time', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
    ['W. Europe Standard Time', '2026-10-25T03:30:00', '2026-10-25T02:30:00.000Z'],
    [undefined, noon, '2026-07-01T12:00:00.000Z'],
    [null, noon, '2026-07-01T12:00:00.000Z'],
    ['', noon, '2026-07-01T12:00:00.000Z'],
    // As asked for, where the name says nothing to anybody.
    ['Customized Time Zone', noon, '2026-07-01T12:00:00.000Z'],
    ['tzone://Microsoft/Custom', noon, '2026-07-01T12:00:00.000Z'],
    ['UTC', '2026-07-01T12:00:00', '2026-07-01T12:00:00.000Z'],
    ['UTC', '2026-07-01T12:00:00.5', '2026-07-01T12:00:00.500Z'],
    ['UTC', '2026-07-01T12:00', '2026-07-01T12:00:00.000Z'],
    ['UTC', '2026-07-01', '2026-07-01T00:00:00.000Z'],
    // A time with an offset says itself when it is.
    ['W. Europe Standard Time', '2026-07-01T12:00:00Z', '2026-07-01T12:00:00.000Z'],
    ['UTC', '2026-07-01T12:00:00.0000000+02:00', '2026-07-01T10:00:00.000Z'],
  ])('%j %s is %s', (timeZone, dateTime, expected) => {
    expect(momentOf({ dateTime, timeZone }, false)?.toISOString()).toBe(expected)
  })

  it.each([[null], [undefined], [{}], [{ dateTime: null }], [{ dateTime: 7 }], [{ dateTime: 'soon', timeZone: 'UTC' }], [{ dateTime: '' }]])('%j is no time', (value) => {
    expect(momentOf(value, false)).toBeNull()
  })

  it('a day is the same day in every zone', () => {
    for (const timeZone of ['Pacific Standard Time', 'Tokyo Standard Time', 'UTC', 'Customized Time Zone']) {
      expect(momentOf({ dateTime: '2026-07-01T00:00:00.0000000', timeZone }, true)?.toISOString()).toBe('2026-07-01T00:00:00.000Z')
    }
  })
})

it('only a name that nobody knows is not known', () => {
  expect(['Customized Time Zone', 'tzone://Microsoft/Custom', 'Middle Earth Time'].map((timeZone) => isZoneKnown({ timeZone }))).toEqual([false, false, false])
  expect(['UTC', undefined, 'Romance Standard Time', 'Etc/GMT-1'].map((timeZone) => isZoneKnown({ timeZone }))).toEqual([true, true, true, true])
  expect(zoneOf('Romance Standard Time')).toBe('Europe/Paris')
})
