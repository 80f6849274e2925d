// How long Microsoft asks to wait: the header Retry-After of Graph and of Entra alike.
import { AppError } from '../errors.ts'

/** The longest that Outpost waits at once: a day. Who asks for more is asked again after that. */
export const longestSeconds = 86_400
/** From here on the wait is worth a word; below it the next try comes before anybody has read it. */
const worthSaying = 120
const leads = { throttled: 'Microsoft asks Outpost to slow down.', serviceUnavailable: 'Microsoft 365 does not answer properly at the moment.' }

/**
 * Seconds that a Retry-After header asks for: whole or fractional seconds or an HTTP date.
 * @returns undefined when there is no usable header
 */
export function askedSeconds(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined || header.trim() === '') return undefined
  const asNumber = Number(header)
  const value = Number.isFinite(asNumber) ? asNumber : (Date.parse(header) - now) / 1000
  return Number.isFinite(value) ? Math.max(value, 0) : undefined
}

/** "17 minutes", "24 hours", "3 days". */
export function durationWords(seconds: number): string {
  const [size, unit] = seconds < 2 * 3600 ? [60, 'minute'] : seconds <= 2 * longestSeconds ? [3600, 'hour'] : [longestSeconds, 'day']
  const count = Math.round(seconds / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/**
 * The error of an answer that asks to wait, with the wait in words where it is long.
 * @param header value of Retry-After, when there was one
 */
export function waitingError(code: keyof typeof leads, header: string | null | undefined, cause: unknown): AppError {
  const asked = askedSeconds(header, Date.now())
  if (asked === undefined) return new AppError(code, { cause })
  const options = { cause, retryAfterSeconds: Math.min(asked, longestSeconds) }
  if (asked < worthSaying) return new AppError(code, options)
  const wait = `${leads[code]} It asks to wait for ${durationWords(asked)}`
  const rest = asked > longestSeconds ? `Outpost waits for ${durationWords(longestSeconds)}, the longest that it waits, and asks again.` : 'Outpost does so, and goes on by itself.'
  return new AppError(code, { ...options, sentence: `${wait}. ${rest}`, asked: `${wait}: try again after that.` })
}
