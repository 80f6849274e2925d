// Whether a pass of the alerts would find anything to do. All that they tell is known to change with a row among the changes, so a pass
// that has found everything told is followed by a look at these alone.
import type { Change } from '../../api/changes/model.ts'

/** What cards are made of. */
const heard: readonly Change['kind'][] = ['posture', 'customers', 'channels']

/** Rows of other processes can show up late by their clocks. */
const overlapMilliseconds = 5_000
/** A change of which nobody was told, because a process ended just then, or a place that is reached again, waits no longer than this. */
const longestMilliseconds = 20_000

export interface Quiet {
  /** Runs a pass, unless nothing has changed since everything was told. @param pass returns whether everything is told */
  unlessQuiet(pass: () => Promise<boolean>): Promise<void>
}

/** What has changed since a time. */
export interface HeardChanges {
  since(at: Date): Promise<readonly Pick<Change, 'kind'>[]>
}

export function openQuiet(changes: HeardChanges, now: () => Date): Quiet {
  /** When the last pass began that left nothing to be told. */
  let toldAt: Date | null = null

  async function isQuiet(): Promise<boolean> {
    if (toldAt === null || now().getTime() - toldAt.getTime() > longestMilliseconds) return false
    const rows = await changes.since(new Date(toldAt.getTime() - overlapMilliseconds))
    return !rows.some(({ kind }) => heard.includes(kind))
  }

  return {
    async unlessQuiet(pass) {
      if (await isQuiet()) return
      const beganAt = now()
      toldAt = null
      if (await pass()) toldAt = beganAt
    },
  }
}
