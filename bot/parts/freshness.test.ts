import { expect, it } from 'vitest'
import { wordsOf } from '../testing/cards.fixture.ts'
import { freshnessLine } from './freshness.ts'
import { localTimes } from './localTimes.ts'

const times = localTimes('en-GB', 'Europe/Berlin')

it('says an optional permission that is missing, and calls it no error', () => {
  const notGranted = { message: 'Optional, and not granted: AuditLog.Read.All.', at: '2026-11-20T13:00:00Z' }
  const line = freshnessLine({ stream: 'mfa', words: wordsOf('mfa'), of: 1, current: 0, asOf: null, lastError: null, notGranted }, times, true)
  expect(line).toBe('0 of 1 MFA registration report read at the last try, not yet read completely. Optional, and not granted: AuditLog.Read.All.')
})
