// Passes changes on to open tabs. One reader a process, however many tabs; it reads only while somebody listens.
import type { Actor } from '../access/model.ts'
import { hearingOf } from '../access/rights.ts'
import type { Database } from '../database/collection.ts'
import type { Change } from './model.ts'
import { Changes, listenerKey } from './rows.ts'

const pollMilliseconds = 500
/** Rows of other processes can show up late by their clocks; what was passed on already is remembered by id. */
const overlapMilliseconds = 5_000

export type Listener = (change: Change) => void

export interface ChangeFeed {
  /** Starts telling of what the actor may see; the result stops it. */
  listen(actor: Actor, listener: Listener): () => void
}

export function openChangeFeed(db: Database, now: () => Date): ChangeFeed {
  const listeners = new Map<Listener, ReturnType<typeof hearingOf>>()
  let seen = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  async function poll(): Promise<void> {
    try {
      const from = now().getTime() - overlapMilliseconds
      for (const row of await db(Changes).since(new Date(from))) {
        const key = row._id.toHexString()
        if (seen.has(key)) continue
        seen.set(key, row.at.getTime())
        for (const [listener, mayHear] of listeners) {
          if (mayHear(row)) listener({ kind: row.kind, customerId: row.customerId })
        }
      }
      seen = new Map([...seen].filter(([, at]) => at >= from - overlapMilliseconds))
    } catch {
      // The database is away: readiness says so; tabs keep what they show and hear of the next change.
    }
    timer = listeners.size > 0 ? setTimeout(() => void poll(), pollMilliseconds) : undefined
  }

  return {
    listen(actor, listener) {
      listeners.set(listener, hearingOf(actor, listenerKey))
      if (timer === undefined) timer = setTimeout(() => void poll(), 0)
      return () => listeners.delete(listener)
    },
  }
}
