import { GraphError } from '@microsoft/microsoft-graph-client'
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { failsBySize, openPageSize } from './pageSize.ts'

const failure = (status: number, code: 'serviceUnavailable' | 'throttled' = 'serviceUnavailable') => new AppError(code, { cause: new GraphError(status) })
/** Asks for pages; those that are larger than told fail. @returns the sizes that were asked for */
async function sizes(pages: number, fails: (size: number) => AppError | undefined, most = 500): Promise<number[]> {
  const asked: number[] = []
  const size = openPageSize(most)
  for (let page = 0; page < pages; page++) {
    await size.read((now) => {
      asked.push(now)
      const error = fails(now)
      return error === undefined ? Promise.resolve(now) : Promise.reject(error)
    })
  }
  return asked
}

it('halves until a page is answered, and grows back after some that were', async () => {
  expect(await sizes(1, (size) => (size > 50 ? failure(500) : undefined))).toEqual([500, 250, 125, 62, 31])
  let broken = true
  const asked = await sizes(14, (size) => (broken && size > 200 ? ((broken = size > 250), failure(504)) : undefined))
  expect(asked.slice(0, 3)).toEqual([500, 250, 125])
  expect(asked.at(-1)).toBe(500)
  expect(asked.filter((size) => size === 125)).toHaveLength(4)
})

it('ends at single items', async () => {
  const asked: number[] = []
  await expect(sizes(1, (size) => (asked.push(size), failure(500)))).rejects.toMatchObject({ code: 'serviceUnavailable' })
  expect(asked).toEqual([500, 250, 125, 62, 31, 15, 7, 3, 1])
})

it('asks no smaller where the size is not to blame', async () => {
  for (const error of [failure(503), failure(429, 'throttled'), failure(502), new AppError('gone'), new AppError('serviceUnavailable')]) {
    expect(failsBySize(error)).toBe(false)
    await expect(sizes(1, () => error)).rejects.toBe(error)
  }
  const late = new AppError('serviceUnavailable', { cause: Object.assign(new GraphError(-1), { code: 'TimeoutError' }) })
  expect([failure(500), failure(504), late].map(failsBySize)).toEqual([true, true, true])
})
