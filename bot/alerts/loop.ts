// Runs the passes of the alerts, one after the other.
import type { Log } from '../../api/log.ts'

export interface Loop {
  start(): void
  /** Ends after the pass that is running. */
  stop(): Promise<void>
}

/** @param run one pass; a failure is logged and the next one comes */
export function openLoop(run: () => Promise<void>, pauseMs: number, log: Log): Loop {
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = true

  function pass(): void {
    running = run()
      .catch((error: unknown) => log.error('alert.pass.failed', error))
      .then(() => {
        running = null
        if (!stopped) timer = setTimeout(pass, pauseMs)
      })
  }

  return {
    start() {
      if (!stopped) return
      stopped = false
      if (running === null) pass()
    },
    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
