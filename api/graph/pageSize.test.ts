// Pages that fail as long as they are large. The source here is a row of numbers; some cannot be read, or only in small pages.
import { GraphError } from '@microsoft/microsoft-graph-client'
import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import type { Page } from './page.ts'
import { readHalving } from './pageSize.ts'
import { toAppErrorFromGraph } from './failure.ts'

const failed = (status: number) => toAppErrorFromGraph(status, '', null, new GraphError(status))

/** A list of `count` numbers whose pages fail by `fails`, and the sizes that were asked for. */
function source(count: number, fails: (numbers: number[], size: number) => AppError | null) {
  const asked: number[] = []
  const read = (size: number, link: string | null): Promise<Page<number>> => {
    asked.push(size)
    const at = Number(link ?? 0)
    const items = Array.from({ length: Math.min(size, count - at) }, (_, index) => at + index)
    const error = fails(items, size)
    if (error !== null) return Promise.reject(error)
    return Promise.resolve({ items, bytes: 0, link: at + items.length < count ? { kind: 'next', url: String(at + items.length) } : null })
  }
  return { asked, read }
}

async function all(read: (link: string | null) => Promise<Page<number>>): Promise<number[]> {
  const items: number[] = []
  for (let link: string | null = null; ; ) {
    const page: Page<number> = await read(link)
    items.push(...page.items)
    if (page.link === null) return items
    link = page.link.url
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const tooLarge = (limit: number) => (_: number[], size: number) => (size > limit ? failed(504) : null)

describe('readHalving', () => {
  it('asks for pages of full size while they come', async () => {
    const { asked, read } = source(250, () => null)
    expect(await all(readHalving({ max: 100, read }))).toEqual(numbers(250))
    expect(asked).toEqual([100, 100, 100])
  })

  it.each([500, 504])('halves a page that answers %s until it comes, and reads every item once', async (status) => {
    const { asked, read } = source(40, (_, size) => (size > 30 ? failed(status) : null))
    expect(await all(readHalving({ max: 100, read }))).toEqual(numbers(40))
    expect(asked).toEqual([100, 50, 25, 25])
  })

  it('grows back after as many items as a page of full size holds', async () => {
    let broken = true
    const { asked, read } = source(1000, (_, size) => (broken && size > 25 ? failed(500) : null))
    const paged = readHalving({ max: 100, read })
    expect((await paged(null)).items).toEqual(numbers(25))
    broken = false
    for (let at = 25; at < 1000; ) at += (await paged(String(at))).items.length
    expect(asked).toEqual([100, 50, 25, 25, 25, 25, 50, 50, ...Array.from({ length: 8 }, () => 100)])
  })

  it('fails once, not with every page, where all pages of full size fail', async () => {
    const { asked, read } = source(1000, tooLarge(50))
    expect(await all(readHalving({ max: 100, read }))).toEqual(numbers(1000))
    expect(asked.filter((size) => size === 100)).toHaveLength(10)
    expect(asked.filter((size) => size === 50)).toHaveLength(20)
  })

  it('passes a single item that cannot be read, and goes on behind it', async () => {
    const { read } = source(20, (items) => (items.includes(7) ? failed(500) : null))
    const passed: number[] = []
    const pass = (link: string | null) => {
      passed.push(Number(link))
      return Promise.resolve({ items: [], bytes: 0, link: { kind: 'next' as const, url: String(Number(link) + 1) } })
    }
    expect(await all(readHalving({ max: 10, read, pass }))).toEqual(numbers(20).filter((one) => one !== 7))
    expect(passed).toEqual([7])
  })

  it('ends with the error of a single item when nobody passes it', async () => {
    const { asked, read } = source(20, () => failed(500))
    await expect(all(readHalving({ max: 8, read }))).rejects.toMatchObject({ code: 'serviceUnavailable' })
    expect(asked).toEqual([8, 4, 2, 1])
  })

  it.each([
    ['429', failed(429)],
    ['503', failed(503)],
    ['403', failed(403)],
    ['a connection that breaks', new AppError('serviceUnavailable', { cause: new TypeError('fetch failed') })],
  ])('does not ask for less after %s', async (_, error) => {
    const { asked, read } = source(20, () => error)
    await expect(all(readHalving({ max: 8, read }))).rejects.toBe(error)
    expect(asked).toEqual([8])
  })

  it('asks for less when no answer came in time', async () => {
    const late = new AppError('serviceUnavailable', { cause: new DOMException('late', 'TimeoutError') })
    const { asked, read } = source(8, (_, size) => (size > 4 ? late : null))
    expect(await all(readHalving({ max: 8, read }))).toEqual(numbers(8))
    expect(asked).toEqual([8, 4, 4])
  })
})
