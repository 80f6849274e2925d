import { useSyncExternalStore } from 'react'

const TICK_MS = 30_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One timer for every time in view. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

// In whole steps: what is asked for twice while one page is drawn must be the same.
const STEP_MS = 1000
const now = () => Math.floor(Date.now() / STEP_MS) * STEP_MS

/** The present in milliseconds, renewed every half minute, so that "2 minutes ago" grows old in view and meetings end. */
export const useNow = (): number => useSyncExternalStore(subscribe, now)
