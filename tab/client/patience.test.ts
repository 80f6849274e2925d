import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { patiently } from './patience.ts'
import { RequestFailed } from './requestFailed.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const tooMany = new RequestFailed(429, 'tooMany', 'Try again in 3 seconds.', { retryAfter: 3 })

/** Asks patiently something that refuses so often; how often it was asked, and what came of it. */
function asking(refusals: number, error: Error = tooMany, signal?: AbortSignal) {
  const seen = { asked: 0, outcome: 'none' as string }
  const ask = () => {
    seen.asked += 1
    return seen.asked > refusals ? Promise.resolve('answered') : Promise.reject(error)
  }
  void patiently(ask, signal).then((answer) => (seen.outcome = answer), (thrown: Error) => (seen.outcome = thrown.message))
  return seen
}

test('what came too soon is asked again when the service wants to be asked, and not before', async () => {
  const seen = asking(1)
  await vi.advanceTimersByTimeAsync(2_900)
  expect(seen).toEqual({ asked: 1, outcome: 'none' })
  await vi.advanceTimersByTimeAsync(200)
  expect(seen).toEqual({ asked: 2, outcome: 'answered' })
})

test('who is refused again and again is told', async () => {
  const seen = asking(Infinity)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(seen).toEqual({ asked: 6, outcome: 'Try again in 3 seconds.' })
})

test.each([[60], [3600]])('a wait of %i seconds is said at once', async (retryAfter) => {
  const seen = asking(1, new RequestFailed(429, 'tooMany', 'Try again later.', { retryAfter }))
  await vi.advanceTimersByTimeAsync(0)
  expect(seen).toEqual({ asked: 1, outcome: 'Try again later.' })
})

test('who says "at once" is not asked without a pause', async () => {
  const seen = asking(Infinity, new RequestFailed(429, 'tooMany', 'Try again.', { retryAfter: 0 }))
  await vi.advanceTimersByTimeAsync(900)
  expect(seen).toEqual({ asked: 1, outcome: 'none' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(seen).toEqual({ asked: 16, outcome: 'Try again.' })
})

test.each([
  ['another failure', new RequestFailed(503, 'databaseUnavailable', 'away', { retryAfter: 3 })],
  ['a refusal that names no time', new RequestFailed(429, 'tooMany', 'away')],
  ['something else that is thrown', new Error('away')],
])('%s is not waited for', async (_, error) => {
  const seen = asking(1, error)
  await vi.advanceTimersByTimeAsync(0)
  expect(seen).toEqual({ asked: 1, outcome: 'away' })
})

test('the wait ends when nobody wants the answer any more', async () => {
  const control = new AbortController()
  const seen = asking(1, tooMany, control.signal)
  await vi.advanceTimersByTimeAsync(1_000)
  control.abort(new Error('gone'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(seen).toEqual({ asked: 1, outcome: 'gone' })
})
