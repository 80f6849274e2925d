// When a unit is due again.
import type { AppError } from '../errors.ts'

/** An optional permission that nobody has granted is looked for seldom; "Sync now" looks at once. */
const optionalSeconds = 900

/**
 * Seconds until a failed unit is tried again. When it may pass by itself: doubling from 2 seconds to 5 minutes, but never less
 * than Microsoft asked for, which may be far too little (0, again and again). When a person has to act first: the ordinary pause,
 * because their change asks for a round at once.
 * @param attempts failures in a row that may pass by themselves, this one included; @param random 0 to 1, spreads the tries
 */
export function pauseAfter(error: AppError, attempts: number, syncSeconds: number, random: number): number {
  if (error.code === 'notGranted') return Math.max(syncSeconds, optionalSeconds)
  if (error.retry === 'person') return Math.max(syncSeconds, 30)
  const own = Math.min(2 ** Math.min(attempts, 9), 300) * (0.75 + random / 2)
  const asked = error.retryAfterSeconds ?? 0
  return Math.max(own, asked + random * Math.min(1 + asked / 10, 60))
}
