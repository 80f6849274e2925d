import { describe, expect, it } from 'vitest'
import { localTimes } from './localTimes.ts'

describe('times', () => {
  it.each([
    ['en-GB', 'Europe/Berlin', /20 Nov 2026\D+15:05 (CET|GMT\+1)$/],
    ['de-DE', 'Europe/Berlin', /20 Nov 2026\D+15:05 (CET|GMT\+1)$/],
    ['en-US', 'America/New_York', /Nov 20, 2026\D+09:05\sAM (EST|GMT-5)$/],
    [null, null, /20 Nov 2026\D+14:05 UTC$/],
    ['en-GB', 'Not/AZone', /20 Nov 2026\D+14:05 UTC$/],
    ['en-invalid-x-y-z-', 'Asia/Tokyo', /20 Nov 2026\D+23:05 GMT\+9$/],
  ])('in %s and %s', (locale, zone, expected) => expect(localTimes(locale, zone).at('2026-11-20T14:05:00Z')).toMatch(expected))
  it('says never', () => expect(localTimes('en-GB', 'Europe/Berlin').at(null)).toBe('never'))
})
