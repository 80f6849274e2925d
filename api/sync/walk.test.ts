// Reading on from a bookmark when what Microsoft gave out as a link is no good any more.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../database/database.fixture.ts'
import { AppError } from '../errors.ts'
import type { Limits, Page } from '../graph/page.ts'
import { openParts } from './parts.ts'
import type { Round } from './round.ts'
import { Units, type UnitDoc } from './units.ts'
import { walk } from './walk.ts'

type Answer = Page<string> | AppError
let test: Awaited<ReturnType<typeof openTestDatabase>>
let unit: UnitDoc
/** What stands in the store: the number of the reading in which each item was last seen. */
let rows: Map<string, number>
let now: number
let limits: Limits
const minute = 60_000
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  rows = new Map()
  now = Date.parse('2026-03-02T08:00:00Z')
  limits = { pages: 50, bytes: 1_000_000, milliseconds: 60_000 }
  for (const name of ['units', 'bookmarks']) await test.driver.collection(name).deleteMany({})
  await test.db(Units).ensure([{ _id: 't|mail|x', tenantId: 't', stream: 'mail' }], new Date())
  unit = (await test.db(Units).claim('t|mail|x', 'me', 30))!
})

const next = (url: string, ...items: string[]): Page<string> => ({ items, bytes: 0, link: { kind: 'next', url } })
const delta = (url: string, ...items: string[]): Page<string> => ({ items, bytes: 0, link: { kind: 'delta', url } })

/** Walks through these answers, one a request. @returns the links that were asked for */
async function walked(...answers: Answer[]): Promise<(string | null)[]> {
  const asked: (string | null)[] = []
  const round = { db: test.db, unit, now: () => new Date(now), parts: openParts(0), keepLease: () => Promise.resolve() } as unknown as Round
  await walk<string>(round, {
    container: 'folder',
    version: 'v',
    read(link) {
      asked.push(link)
      const answer = answers.shift()
      if (answer === undefined) throw new Error('more was asked for than there is')
      return answer instanceof AppError ? Promise.reject(answer) : Promise.resolve(answer)
    },
    write(items, number) {
      for (const item of items) rows.set(item, number)
      return Promise.resolve()
    },
    tally: (number) => Promise.resolve({ seen: [...rows.values()].filter((seen) => seen >= number).length, unseen: [...rows.values()].filter((seen) => seen < number).length }),
    sweep(number) {
      for (const [item, seen] of rows) if (seen < number) rows.delete(item)
      return Promise.resolve()
    },
  }, limits)
  return asked
}

it('a round that has to begin again removes what was deleted meanwhile, also what it had seen itself before', async () => {
  await walked(next('1', 'stays', 'deleted meanwhile'), new AppError('bookmarkLost'), delta('d', 'stays'))
  expect([...rows.keys()]).toEqual(['stays'])
})

it('each reading from the start has a number of its own, also within one lease', async () => {
  await walked(delta('d', 'stays', 'deleted meanwhile'))
  await walked(new AppError('bookmarkLost'), delta('e', 'stays'))
  expect([...rows.keys()]).toEqual(['stays'])
})

it.each(['bookmarkLost', 'graphUnexpected'] as const)('a link that is refused (%s) is given up, and the reading begins at the start', async (code) => {
  await walked(delta('d', 'a'))
  expect(await walked(new AppError(code), delta('e', 'a', 'b'))).toEqual(['d', null])
  expect(await walked(delta('f'))).toEqual(['e'])
})

it('a first page that is refused is an error', async () => {
  await expect(walked(new AppError('graphUnexpected'))).rejects.toMatchObject({ code: 'graphUnexpected' })
})

it('a page that leads to itself ends the round with an error instead of never', async () => {
  await expect(walked(next('1', 'a'), next('1', 'a'))).rejects.toMatchObject({ code: 'listEndless' })
})

it('pages that lead round in a circle end it, too, and the next round begins at the start', async () => {
  await expect(walked(next('1', 'a'), next('2', 'b'), next('1', 'a'))).rejects.toMatchObject({ code: 'listEndless' })
  expect(await walked(delta('d', 'a', 'b'))).toEqual([null])
})

it.each([
  ['pages', { pages: 3, bytes: Infinity, milliseconds: Infinity }],
  ['bytes', { pages: Infinity, bytes: 3_000, milliseconds: Infinity }],
  ['time', { pages: Infinity, bytes: Infinity, milliseconds: 0 }],
])('a list that leads on and on is ended by its %s', async (_, bounds) => {
  limits = bounds
  const endless = Array.from({ length: 9 }, (_, index) => ({ ...next(String(index), `item ${index}`), bytes: 1_000 }))
  await expect(walked(...endless)).rejects.toMatchObject({ code: 'listEndless' })
})

it('pages count on where a reading was cut short, so that no number of restarts makes it endless', async () => {
  limits = { ...limits, pages: 4 }
  const outage = new AppError('serviceUnavailable')
  await expect(walked(next('1', 'a'), next('2', 'b'), outage)).rejects.toBe(outage)
  await expect(walked(next('3', 'c'), next('4', 'd'), outage)).rejects.toMatchObject({ code: 'listEndless' })
})

describe('a list that has lost most of what it held', () => {
  const many = Array.from({ length: 12 }, (_, index) => `item ${index}`)
  const anew = (...items: string[]) => walked(new AppError('bookmarkLost'), delta('e', ...items))

  it.each([['empty', []], ['with less than half of ten or more', many.slice(0, 5)]])('and comes back %s is not believed, and keeps everything', async (_, short) => {
    await walked(delta('d', ...many))
    await expect(anew(...short)).rejects.toMatchObject({ code: 'listDoubted' })
    expect(rows.size).toBe(12)
  })

  it('is believed when a complete reading agrees ten minutes later, and not before', async () => {
    await walked(delta('d', ...many))
    await expect(anew()).rejects.toMatchObject({ retryAfterSeconds: 600 })
    now += 9 * minute
    await expect(walked(delta('e'))).rejects.toMatchObject({ code: 'listDoubted', retryAfterSeconds: 60 })
    expect(rows.size).toBe(12)
    now += minute
    expect(await walked(delta('f'))).toEqual([null])
    expect(rows.size).toBe(0)
  })

  it('loses only what both short readings have not seen', async () => {
    await walked(delta('d', ...many))
    await expect(anew('item 0', 'item 1')).rejects.toMatchObject({ code: 'listDoubted' })
    now += 10 * minute
    await walked(delta('e', 'item 1', 'item 2'))
    expect([...rows.keys()]).toEqual(['item 0', 'item 1', 'item 2'])
  })

  it('is an ordinary list again once a reading is whole: the next doubt waits its own ten minutes', async () => {
    await walked(delta('d', ...many))
    await expect(anew()).rejects.toMatchObject({ code: 'listDoubted' })
    now += 5 * minute
    await walked(delta('e', ...many))
    now += 6 * minute
    await expect(anew()).rejects.toMatchObject({ code: 'listDoubted' })
    expect(rows.size).toBe(12)
  })

  it.each([['half of ten', many.slice(0, 10), many.slice(0, 5)], ['one of nine', many.slice(0, 9), many.slice(0, 1)]])('but %s is believed at once', async (_, before, after) => {
    await walked(delta('d', ...before))
    await anew(...after)
    expect([...rows.keys()]).toEqual(after)
  })

  it('stays in doubt over a crash between the last page and the sweep', async () => {
    await walked(delta('d', ...many))
    await test.driver.collection('bookmarks').updateOne({}, { $set: { full: true, round: 2, items: 0 } })
    for (const item of many) rows.set(item, 1)
    await expect(walked()).rejects.toMatchObject({ code: 'listDoubted' })
    expect(rows.size).toBe(12)
  })
})

describe('beside delta', () => {
  const day = 24 * 60 * minute

  it('a container is read whole once a day, which finds what delta did not tell', async () => {
    await walked(delta('d', 'stays', 'went without a word'))
    now += day
    expect(await walked(delta('e'))).toEqual(['d'])
    now += 1
    expect(await walked(delta('f', 'stays', 'came without a word'))).toEqual([null])
    expect([...rows.keys()]).toEqual(['stays', 'came without a word'])
    expect(await walked(delta('g'))).toEqual(['f'])
  })

  it('one container a round, however many are due', () => {
    const parts = openParts(0)
    expect([parts.claimReconciliation(), parts.claimReconciliation()]).toEqual([true, false])
  })
})

it('a link that is answered as if its folder were gone is given up, and the folder read from its start', async () => {
  await walked(delta('d1', 'a'))
  expect(await walked(new AppError('gone'), delta('d2', 'a', 'b'))).toEqual(['d1', null])
  expect([...rows.keys()].sort()).toEqual(['a', 'b'])
  await expect(walked(new AppError('gone'), new AppError('gone'))).rejects.toMatchObject({ code: 'gone' })
})
