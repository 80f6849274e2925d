// Reading on from a bookmark when what Microsoft gave out as a link is no good any more.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTestStore } from '../../bot/alerts/testDatabase.ts'
import { AppError } from '../errors.ts'
import type { Page } from '../graph/page.ts'
import type { UnitDoc } from '../store/units.ts'
import { walk, type Round } from './round.ts'

type Answer = Page<string> | AppError
let test: Awaited<ReturnType<typeof openTestStore>>
let unit: UnitDoc
/** What stands in the store: the number of the round in which each item was last seen. */
let rows: Map<string, number>
beforeAll(async () => {
  test = await openTestStore()
})
afterAll(() => test.close())
beforeEach(async () => {
  rows = new Map()
  for (const name of ['units', 'bookmarks']) await test.db.collection(name).deleteMany({})
  await test.store.units.ensure([{ _id: 't|mail|x', tenantId: 't', stream: 'mail', mailbox: 'x' }], new Date())
  unit = (await test.store.units.claim('t|mail|x', 'me', 30))!
})

const next = (url: string, ...items: string[]): Page<string> => ({ items, link: { kind: 'next', url } })
const delta = (url: string, ...items: string[]): Page<string> => ({ items, link: { kind: 'delta', url } })

/** Walks through these answers, one a request. @returns the links that were asked for */
async function walked(...answers: Answer[]): Promise<(string | null)[]> {
  const asked: (string | null)[] = []
  const round = { store: test.store, unit, keepLease: () => Promise.resolve() } as unknown as Round
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
    sweep(number) {
      for (const [item, seen] of rows) if (seen < number) rows.delete(item)
      return Promise.resolve()
    },
  })
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
  await expect(walked(next('1', 'a'), next('1', 'a'))).rejects.toMatchObject({ code: 'serviceUnavailable' })
})
