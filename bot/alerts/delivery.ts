// What a failed delivery means for a card.
import { DeliveryError, type Outcome } from '../adapter/port.ts'

export interface Failure {
  readonly outcome: Outcome
  /** Nothing will ever arrive there. */
  readonly dead: boolean
  readonly waitSeconds: number
  /** For the log and for the card's row. */
  readonly word: string
}

const longestWait = 300

/**
 * @param attempts failures before this one
 * @returns how long to wait: twice as long each time, up to five minutes, and never less than the other side asked for
 */
export function toDelivery(error: unknown, attempts: number): Failure {
  // An error that is not of the adapter can have come before or after the send.
  const failure = error instanceof DeliveryError ? error : new DeliveryError('unknown', { cause: error })
  const own = Math.min(longestWait, 2 * 2 ** Math.min(attempts, 10))
  return {
    outcome: failure.outcome,
    dead: failure.dead,
    waitSeconds: Math.max(own, Math.min(failure.retryAfterSeconds ?? 0, 3600)),
    word: failure.statusCode === undefined ? (failure.code ?? failure.outcome) : String(failure.statusCode),
  }
}
