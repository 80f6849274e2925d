// Passes changes on to open tabs. One reader a process, however many tabs; it reads only while somebody listens. What it cannot tell one
// by one it does not pass over: it says "everything", and the tabs read anew all that they show.
import type { Actor } from '../access/model.ts'
import { hearingOf } from '../access/rights.ts'
import type { Database } from '../database/collection.ts'
import { everything, type News } from './model.ts'
import { Changes, listenerKey, mostAtOnce } from './rows.ts'

const pollMilliseconds = 500
/** Rows of other processes can show up late by their clocks; what was passed on already is remembered by id. */
const overlapMilliseconds = 5_000
/** When changes come in a flood, tabs that read everything are left time for it. Well within the overlap. */
const floodMilliseconds = 2_000
/** After a longer pause than this between two readings, changes may have come and gone between them. */
const gapMilliseconds = overlapMilliseconds - 1_000
/** More kinds and customers at a time than these are told as everything. */
const mostTold = 50

export type Listener = (news: News) => void

export interface ChangeFeed {
  /** Starts telling of what the actor may see; the result stops it. */
  listen(actor: Actor, listener: Listener): () => void
}

type Row = Awaited<ReturnType<Changes['since']>>[number]

export function openChangeFeed(db: Database, now: () => Date): ChangeFeed {
  const listeners = new Map<Listener, ReturnType<typeof hearingOf>>()
  let seen = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  /** When it was last read; null while nobody has listened since. */
  let readAt: number | null = null

  function unseen(rows: readonly Row[], from: number): Row[] {
    const fresh = rows.filter(({ _id }) => !seen.has(_id.toHexString()))
    for (const { _id, at } of fresh) seen.set(_id.toHexString(), at.getTime())
    seen = new Map([...seen].filter(([, at]) => at >= from - overlapMilliseconds))
    return fresh
  }

  function tell(rows: readonly Row[]): void {
    // Each kind and customer once, however often it changed, and the same object for everybody who hears of it.
    const groups = new Map<string, { news: News; rows: Row[] }>()
    for (const row of rows) {
      const { kind, customerId } = row
      const name = `${kind} ${customerId ?? ''}`
      const group = groups.get(name) ?? { news: { kind, customerId }, rows: [] }
      group.rows.push(row)
      groups.set(name, group)
    }
    for (const [listener, mayHear] of listeners) {
      const heard = [...groups.values()].flatMap((group) => (group.rows.some(mayHear) ? [group.news] : []))
      for (const news of heard.length > mostTold ? [everything] : heard) listener(news)
    }
  }

  /** @returns after how many milliseconds to read again */
  async function read(): Promise<number> {
    const at = now().getTime()
    const from = at - overlapMilliseconds
    const rows = await db(Changes).since(new Date(from))
    const isGap = readAt !== null && (at - readAt > gapMilliseconds || at < readAt)
    const isFlood = rows.length >= mostAtOnce
    readAt = at
    const fresh = unseen(rows, from)
    if (isGap || isFlood) listeners.forEach((_, listener) => listener(everything))
    else tell(fresh)
    return isFlood ? floodMilliseconds : pollMilliseconds
  }

  async function poll(): Promise<void> {
    // The database is away: readiness says so; tabs keep what they show, and hear of everything when it is back.
    const pause = await read().catch(() => pollMilliseconds)
    timer = listeners.size > 0 ? setTimeout(() => void poll(), pause) : undefined
    if (timer === undefined) readAt = null
  }

  return {
    listen(actor, listener) {
      listeners.set(listener, hearingOf(actor, listenerKey))
      if (timer === undefined) timer = setTimeout(() => void poll(), 0)
      return () => listeners.delete(listener)
    },
  }
}
