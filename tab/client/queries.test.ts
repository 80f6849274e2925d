import { InfiniteQueryObserver, QueryObserver, type QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { News } from '../../api/changes/model.ts'
import { newQueries, renewOnChanges, type Watch } from './queries.ts'

const pause = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
/** Longer than a burst of changes is waited for. */
const BURST = 400

let stop = () => undefined as void
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  stop()
  vi.useRealTimers()
})

/** Queries that hear of the changes that are told with `tell`. */
function open(): { queries: QueryClient; tell: (news: News) => void } {
  let tell: (news: News) => void = () => undefined
  const queries = newQueries()
  stop = renewOnChanges(queries, (listener) => {
    tell = listener
    return () => undefined
  })
  return { queries, tell: (news) => tell(news) }
}

/** Something in view, whose answers are numbered and come when they are let go; how often it was asked, and what is shown. */
function show(queries: QueryClient, name: string, watch?: Watch) {
  const waiting: (() => void)[] = []
  const seen = { asked: 0, shown: null as number | null, hide: () => undefined as void, answer: () => waiting.shift()?.() }
  const observer = new QueryObserver(queries, {
    queryKey: [name],
    queryFn: async () => {
      const number = (seen.asked += 1)
      await new Promise<void>((resolve) => waiting.push(resolve))
      return number
    },
    meta: { watch },
  })
  seen.hide = observer.subscribe(({ data }) => (seen.shown = data ?? null))
  return seen
}

test('a change asks again for what it concerns, and is in view', async () => {
  const { queries, tell } = open()
  const mine = show(queries, 'mine', { kinds: ['meetings'], customerId: 'contoso' })
  const other = show(queries, 'other', { kinds: ['meetings'], customerId: 'fabrikam' })
  const all = show(queries, 'all', { kinds: ['meetings', 'customers'] })
  const text = show(queries, 'text')
  const hidden = show(queries, 'hidden', { kinds: ['meetings'] })
  const asked = () => [mine, other, all, text, hidden].map((one) => one.asked)
  const settle = async () => {
    for (const one of [mine, other, all, text, hidden]) one.answer()
    await pause(BURST)
  }
  await settle()
  hidden.hide()
  tell({ kind: 'meetings', customerId: 'contoso' })
  await pause(BURST)
  expect(asked()).toEqual([2, 1, 2, 1, 1])
  await settle()
  tell({ kind: 'meetings', customerId: null })
  await pause(BURST)
  expect(asked()).toEqual([3, 2, 3, 1, 1])
  await settle()
  tell({ kind: 'everything', customerId: null })
  await pause(BURST)
  expect(asked()).toEqual([4, 3, 4, 1, 1])
})

test('a burst of changes is one question', async () => {
  const { queries, tell } = open()
  const list = show(queries, 'list', { kinds: ['customers'] })
  list.answer()
  await pause(0)
  for (let count = 0; count < 20; count += 1) tell({ kind: 'customers', customerId: null })
  await pause(BURST)
  list.answer()
  await pause(BURST)
  expect(list.asked).toBe(2)
})

test('while changes come faster than answers, each answer is shown, and the last change is asked for once more', async () => {
  const { queries, tell } = open()
  const list = show(queries, 'list', { kinds: ['customers'] })
  for (let count = 0; count < 3; count += 1) {
    tell({ kind: 'customers', customerId: null })
    await pause(BURST)
  }
  expect([list.asked, list.shown]).toEqual([1, null])
  list.answer()
  await pause(50)
  expect([list.asked, list.shown]).toEqual([2, 1])
  tell({ kind: 'customers', customerId: null })
  await pause(BURST)
  list.answer()
  await pause(50)
  expect([list.asked, list.shown]).toEqual([3, 2])
  list.answer()
  await pause(BURST)
  expect([list.asked, list.shown]).toEqual([3, 3])
})

test('a list that changes while its next page is fetched is asked for anew at once, without the page that belonged to the old one', async () => {
  const { queries, tell } = open()
  const asked: number[] = []
  const waiting: (() => void)[] = []
  const observer = new InfiniteQueryObserver(queries, {
    queryKey: ['list'],
    queryFn: async ({ pageParam }) => {
      asked.push(pageParam)
      await new Promise<void>((resolve) => waiting.push(resolve))
      return `page ${pageParam} of answer ${asked.length}`
    },
    initialPageParam: 0,
    getNextPageParam: (_, pages) => pages.length,
    meta: { watch: { kinds: ['messages'] } },
  })
  let shown: readonly string[] = []
  observer.subscribe(({ data }) => (shown = data?.pages ?? []))
  waiting.shift()?.()
  await pause(50)
  void observer.fetchNextPage()
  tell({ kind: 'messages', customerId: null })
  await pause(BURST)
  expect(asked).toEqual([0, 1, 0])
  for (const answer of waiting) answer()
  await pause(50)
  expect(shown).toEqual(['page 0 of answer 3'])
})
