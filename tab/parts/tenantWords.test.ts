import { expect, test } from 'vitest'
import type { StreamStatus } from '../../api/model/stream.ts'
import { failuresOf, progressOf } from './tenantWords.ts'

const stream = (running: boolean, progress: StreamStatus['progress']): StreamStatus => ({ stream: 'mail', mailbox: null, running, lastSuccessAt: null, lastError: null, items: null, progress })

test('progress is the sum of what runs, and says when nothing is known yet', () => {
  expect(progressOf([stream(false, null)])).toBeNull()
  expect(progressOf([stream(true, null), stream(false, null)])).toEqual({ share: null, words: '1 of 2 streams are being read' })
  expect(progressOf([stream(true, { done: 1, of: 3 }), stream(true, { done: 2, of: 3 })])).toEqual({ share: 0.5, words: '2 of 2 streams are being read, 3 of 6 steps done' })
})

test('a failure that stops many streams is said once, with the newest time', () => {
  const failing = (mailbox: string, message: string, at: string): StreamStatus => ({ ...stream(false, null), mailbox, lastError: { code: 'x', message, at } })
  const many = ['a', 'b', 'c', 'd', 'e'].map((name, index) => failing(`${name}@contoso.com`, 'Expired.', `2026-11-21T12:0${index}:00Z`))
  expect(failuresOf([...many, stream(false, null), failing('f@contoso.com', 'No mailbox.', '2026-11-21T12:00:00Z')])).toEqual([
    { message: 'Expired.', at: '2026-11-21T12:04:00Z', streams: 'Mail of a@contoso.com, Mail of b@contoso.com, Mail of c@contoso.com and 2 more' },
    { message: 'No mailbox.', at: '2026-11-21T12:00:00Z', streams: 'Mail of f@contoso.com' },
  ])
})
