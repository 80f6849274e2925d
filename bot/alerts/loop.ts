// Runs the rounds of alerts, one after the other.
import type { Log } from '../../api/log.ts'

export interface Loop {
  start(): void
  /** Ends after the round that is running. */
  stop(): Promise<void>
}

/** @param run one round; a failure is logged and the next round comes */
export function openLoop(run: () => Promise<void>, pauseMs: number, log: Log): Loop {
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = true

  function round(): void {
    running = run()
      .catch((error: unknown) => log.error('alert.round.failed', error))
      .then(() => {
        running = null
        if (!stopped) timer = setTimeout(round, pauseMs)
      })
  }

  return {
    start() {
      if (!stopped) return
      stopped = false
      if (running === null) round()
    },
    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
