// A change that is written is done, whether or not others can be told of it.
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { afterwards } from './afterwards.ts'

it.each(['databaseClosed', 'databaseUnavailable'] as const)('%s behind a change takes nothing of it back', async (code) => {
  await expect(afterwards(() => Promise.reject(new AppError(code)))).resolves.toBeUndefined()
})

it('a mistake of ours is not hidden', async () => {
  await expect(afterwards(() => Promise.reject(new Error('a mistake')))).rejects.toThrow('a mistake')
})
