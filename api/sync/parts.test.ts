import { describe, expect, it } from 'vitest'
import { AppError, type ErrorCode } from '../errors.ts'
import { openParts } from './parts.ts'

const failing = (code: ErrorCode) => () => Promise.reject(new AppError(code))
const fine = () => Promise.resolve('read')
const folder = (id: string) => ({ what: 'folder' as const, id })

describe('a part that fails alone', () => {
  it('does not stop the rest, and is counted and named', async () => {
    const parts = openParts(0)
    expect(await parts.attempt(folder('a'), failing('gone'))).toBeUndefined()
    expect(await parts.attempt(folder('b'), fine)).toBe('read')
    parts.skip({ what: 'message', id: 'm' }, new AppError('serviceUnavailable'))
    const outcome = parts.outcome()!
    expect(outcome.error).toMatchObject({ code: 'partlyRead', message: expect.stringContaining('Everything was read but 1 folder and 1 message.') as string })
    expect(outcome.unread.map(({ what, id, code }) => [what, id, code])).toEqual([['folder', 'a', 'gone'], ['message', 'm', 'serviceUnavailable']])
  })

  it('is the failure of the round when nothing else was read', async () => {
    const parts = openParts(0)
    await parts.attempt(folder('a'), failing('accessDenied'))
    await parts.attempt(folder('b'), failing('accessDenied'))
    expect(() => parts.outcome()).toThrow(expect.objectContaining({ code: 'accessDenied' }) as Error)
  })

  it.each(['throttled', 'consentMissing', 'secretExpired', 'graphTokenRefused', 'clockWrong', 'databaseUnavailable', 'leaseLost', 'internal'] as const)(
    'is not one that fails by %s: that concerns the whole round',
    async (code) => {
      await expect(openParts(0).attempt(folder('a'), failing(code))).rejects.toMatchObject({ code })
    },
  )
})

describe('an outage', () => {
  it('ends the round, so that it is tried again soon', async () => {
    await expect(openParts(2).attempt(folder('a'), failing('serviceUnavailable'))).rejects.toMatchObject({ code: 'serviceUnavailable' })
  })

  it('that has met three rounds at the same part is taken for that part’s fault; in two parts in a row it is none', async () => {
    const parts = openParts(3)
    await parts.attempt(folder('a'), failing('serviceUnavailable'))
    await parts.attempt(folder('b'), fine)
    await parts.attempt(folder('c'), failing('serviceUnavailable'))
    await expect(parts.attempt(folder('d'), failing('serviceUnavailable'))).rejects.toMatchObject({ code: 'serviceUnavailable' })
  })
})

it('a round that read everything has nothing to say', async () => {
  const parts = openParts(0)
  await parts.attempt(folder('a'), fine)
  expect(parts.outcome()).toBeNull()
})
