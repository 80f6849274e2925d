// Whether a pass of the alerts would find anything to do. All that they tell is known to change with a row among the changes, so a pass
// that has found everything told is followed by a look at these alone; and, because a place can be reached again that could not, by another
// one after a while (kept.ts).
import { openKept, type KeptOptions } from '../../api/changes/kept.ts'

export interface Quiet {
  /** Runs a pass, unless nothing has changed since everything was told. @param pass returns whether everything is told */
  unlessQuiet(pass: () => Promise<boolean>): Promise<void>
}

export function openQuiet(changes: KeptOptions['changes'], now: () => Date): Quiet {
  // What cards are made of.
  const told = openKept<true>({ changes, kinds: ['posture', 'customers', 'channels'], now })
  return {
    async unlessQuiet(pass) {
      await told(async () => ((await pass()) ? true : null))
    },
  }
}
