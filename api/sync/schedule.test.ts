import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { pauseAfter } from './schedule.ts'

const asks = (retryAfterSeconds: number) => new AppError('throttled', { retryAfterSeconds })

it('waits as long as Microsoft asks, and never less', () => {
  for (const random of [0, 0.5, 1]) {
    for (const seconds of [17, 900, 86_400]) {
      const pause = pauseAfter(asks(seconds), 1, 120, random)
      expect(pause).toBeGreaterThanOrEqual(seconds)
      expect(pause).toBeLessThanOrEqual(seconds + 60)
    }
  }
})

it.each([0, 1, 2.5])('grows where Microsoft asks for %s seconds again and again', (seconds) => {
  expect([1, 2, 3, 4, 8, 50].map((attempts) => Math.round(pauseAfter(asks(seconds), attempts, 120, 0.5)))).toEqual([seconds > 2 ? 3 : 2, 4, 8, 16, 256, 300])
})

it('doubles from two seconds to five minutes, spread by chance', () => {
  const pauses = [1, 2, 3, 8, 50].map((attempts) => pauseAfter(new AppError('serviceUnavailable'), attempts, 120, 0.5))
  expect(pauses).toEqual([2, 4, 8, 256, 300])
  expect(pauseAfter(new AppError('serviceUnavailable'), 3, 120, 0)).not.toBe(pauseAfter(new AppError('serviceUnavailable'), 3, 120, 1))
})

it('does not hammer where a person has to act, and looks seldom for what is optional', () => {
  expect(pauseAfter(new AppError('secretExpired'), 1, 5, 0)).toBe(30)
  expect(pauseAfter(new AppError('notGranted'), 1, 120, 0)).toBe(900)
  expect(pauseAfter(new AppError('notGranted'), 1, 3600, 0)).toBe(3600)
})
