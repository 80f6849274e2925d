import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { withoutRepeats } from './repeats.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const opened = () => {
  const lines: unknown[] = []
  return { lines, write: withoutRepeats((event, fields) => lines.push([event, fields])) }
}

it('tells a trouble at once, and once a minute how often it came again, until it has ended', () => {
  const { lines, write } = opened()
  for (let n = 0; n < 240; n++) write('worker.poll', { errorName: 'AppError', attempts: n })
  expect(lines).toEqual([['worker.poll', { errorName: 'AppError', attempts: 0 }]])
  vi.advanceTimersByTime(60_000)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toEqual(['worker.poll', { errorName: 'AppError', attempts: 0, repeated: 239 }])
  vi.advanceTimersByTime(600_000)
  expect(lines).toHaveLength(2)
  write('worker.poll', { errorName: 'AppError', attempts: 1 })
  expect(lines).toHaveLength(3)
})

it('another code, stream or tenant is another trouble; another request is not', () => {
  const { lines, write } = opened()
  write('sync.failed', { stream: 'mail', errorCode: 'a' })
  write('sync.failed', { stream: 'mail', errorCode: 'b' })
  write('sync.failed', { stream: 'accounts', errorCode: 'a' })
  write('http.failed', { request: '1' })
  write('http.failed', { request: '2' })
  expect(lines).toHaveLength(4)
})

it('forgets none of very many different ones', () => {
  const { lines, write } = opened()
  for (let n = 0; n < 1_500; n++) write('sync.failed', { tenant: String(n) })
  expect(lines).toHaveLength(1_500)
})
