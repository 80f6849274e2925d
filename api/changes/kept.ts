// What was read is kept until a change tells that it may be another by now: for what is asked for all day long, and changes seldom.
import type { Database } from '../database/collection.ts'
import type { Change } from './model.ts'
import { Changes } from './rows.ts'

/** Rows of other processes can show up late by their clocks. */
const overlapMilliseconds = 5_000
/** A change of which nobody was told, because a process ended just then, waits no longer than this. */
const longestMilliseconds = 20_000

export interface KeptOptions {
  readonly changes: Pick<Changes, 'anySince'>
  /** What tells that it may have changed. */
  readonly kinds: readonly Change['kind'][]
  readonly now: () => Date
}

/**
 * @returns a function that gives what it gave before, and reads anew where something has changed since that was begun to be read. Whoever
 *   asks after a change was acknowledged sees it. What is read as null is not kept
 */
export function openKept<T>({ changes, kinds, now }: KeptOptions): (read: () => Promise<T | null>) => Promise<T | null> {
  let kept: { readonly value: T; readonly from: Date } | null = null

  async function holds({ from }: { from: Date }): Promise<boolean> {
    const age = now().getTime() - from.getTime()
    return age >= 0 && age <= longestMilliseconds && !(await changes.anySince(new Date(from.getTime() - overlapMilliseconds), kinds))
  }

  return async (read) => {
    if (kept !== null && (await holds(kept))) return kept.value
    const from = now()
    kept = null
    const value = await read()
    if (value !== null) kept = { value, from }
    return value
  }
}

/** Something to read that is worth keeping. What it reads is shared by all who ask, and must not be changed. */
export interface KeptReading<T> {
  readonly kinds: readonly Change['kind'][]
  read(db: Database): Promise<T>
}

/** Gives what a reading gives. */
export type Keeping = <T extends object>(reading: KeptReading<T>) => Promise<T>

/** One a process: each reading is kept once. */
export function openKeeping(db: Database, now: () => Date): Keeping {
  const opened = new Map<object, (read: () => Promise<object | null>) => Promise<object | null>>()
  return async <T extends object>(reading: KeptReading<T>) => {
    const get = opened.get(reading) ?? openKept<object>({ changes: db(Changes), kinds: reading.kinds, now })
    opened.set(reading, get)
    return (await get(() => reading.read(db))) as T
  }
}
