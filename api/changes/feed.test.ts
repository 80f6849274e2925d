import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Actor } from '../access/model.ts'
import type { Database } from '../database/collection.ts'
import { openChangeFeed } from './feed.ts'
import type { News } from './model.ts'

const actor: Actor = { tenantId: 't', userId: 'u', role: 'viewer', addresses: [] }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const idOf = (number: number) => ({ toHexString: () => String(number) })

/** A feed on rows that are kept here, and what one person hears of it. */
function open() {
  const state = { rows: [] as { _id: { toHexString: () => string }; at: Date; kind: 'posture' | 'tenants'; customerId: string; audience: null }[], away: false }
  const since = (at: Date) => (state.away ? Promise.reject(new Error('away')) : Promise.resolve(state.rows.filter((row) => row.at >= at).slice(0, 1000)))
  const feed = openChangeFeed((() => ({ since })) as unknown as Database, () => new Date())
  const heard: News[] = []
  const change = (count: number, kind: 'posture' | 'tenants' = 'posture', customerId?: string) => {
    for (let index = 0; index < count; index += 1) state.rows.push({ _id: idOf(state.rows.length), at: new Date(), kind, customerId: customerId ?? `c${index}`, audience: null })
  }
  return { state, heard, change, listen: () => feed.listen(actor, (news) => heard.push(news)), pass: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds) }
}
const everything = { kind: 'everything', customerId: null }

it('what changed often is told once a reading, and what one may not hear of not at all', async () => {
  const { heard, change, listen, pass } = open()
  listen()
  await pass(100)
  change(20, 'posture', 'contoso')
  change(1, 'tenants')
  await pass(5_000)
  expect(heard).toEqual([{ kind: 'posture', customerId: 'contoso' }])
})

it('more kinds and customers than can be told are everything; so are more rows than are read, whoever may hear of them', async () => {
  const { heard, change, listen, pass } = open()
  listen()
  await pass(100)
  change(51)
  await pass(1_000)
  expect(heard).toEqual([everything])
  await pass(10_000)
  change(1000, 'tenants')
  await pass(600)
  expect(heard).toEqual([everything, everything])
})

it('in a flood that goes on, nothing that comes last is lost, and everything is told every two seconds at most', async () => {
  const { heard, change, listen, pass } = open()
  listen()
  for (let second = 0; second < 20; second += 1) {
    change(300)
    await pass(1_000)
  }
  const during = heard.length
  expect(during).toBeLessThanOrEqual(11 + 5 * 2)
  await pass(10_000)
  heard.length = 0
  change(1, 'posture', 'last')
  await pass(1_000)
  expect(heard).toEqual([{ kind: 'posture', customerId: 'last' }])
})

it('after the database was away for longer than rows are looked back for, everything is told', async () => {
  const { state, heard, change, listen, pass } = open()
  listen()
  await pass(100)
  state.away = true
  change(1)
  await pass(20_000)
  expect(heard).toEqual([])
  state.away = false
  await pass(600)
  expect(heard).toEqual([everything])
})

it('who begins to listen after nobody did for long is told nothing old', async () => {
  const { heard, change, listen, pass } = open()
  const stop = listen()
  await pass(600)
  stop()
  await pass(1_000)
  change(1)
  await pass(60_000)
  listen()
  await pass(1_000)
  expect(heard).toEqual([])
})
