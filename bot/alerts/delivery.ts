// What a failed delivery means: for the card, and for the place in which it is. One table for everything that is sent unasked.
import { DeliveryError } from '../adapter/port.ts'

/** post: something new. edit: in the place of something that was posted. reply: in the thread of something that was posted. */
export type Sending = 'post' | 'edit' | 'reply'

/**
 * - wait: it is not there, and is tried again
 * - unknown: nobody can tell whether it is there, so it is not sent again
 * - missing: what it belongs to seems to be no longer there; nothing is said about the place
 * - dead: nobody reads there any more
 */
export type Meaning = 'wait' | 'unknown' | 'missing' | 'dead'

export interface Failure {
  readonly meaning: Meaning
  readonly waitSeconds: number
  /** For the log, and for the rows of card and channel: a code or a status. */
  readonly word: string
}

const longestWait = 300

/**
 * Codes of 403 and 404 that say that the bot is not let in there, as "Status codes from bot conversational APIs" lists them. Any other
 * word, `ServiceError` above all, says nothing about the place: a channel gets it for one message, and a while later no more.
 */
const shutOut = new Set([
  'BotNotInConversationRoster', 'BotDisabledByAdmin', 'ConversationBlockedByUser', 'ForbiddenOperationException', 'MessageWritesBlocked',
])
const gone = 'ConversationNotFound'

/**
 * A place is dead only when something new is refused there with a code that says so. An edit or a reply fails as well when somebody
 * has deleted the one message: with 403 `ServiceError`, 404 `ActivityNotFoundInConversation` or 400, depending on how.
 */
function meaningOf(sending: Sending, { outcome, statusCode = 0, code = '' }: DeliveryError): Meaning {
  // Doing an edit twice changes nothing.
  if (outcome === 'unknown') return sending === 'edit' ? 'wait' : 'unknown'
  if (outcome === 'unreached' || ![400, 403, 404].includes(statusCode)) return 'wait'
  const noEntry = statusCode !== 400 && shutOut.has(code)
  if (sending === 'post') return noEntry || (statusCode === 404 && code === gone) ? 'dead' : 'wait'
  // Whoever is shut out cannot tell whether the message is still there.
  return noEntry ? 'wait' : 'missing'
}

/**
 * @param attempts failures before this one
 * @returns what it means, and how long to wait: twice as long each time, up to five minutes, and never less than the other side asked for
 */
export function toDelivery(sending: Sending, error: unknown, attempts: number): Failure {
  // An error that is not of the adapter can have come before or after the send.
  const failure = error instanceof DeliveryError ? error : new DeliveryError('unknown', { cause: error })
  const own = Math.min(longestWait, 2 * 2 ** Math.min(attempts, 10))
  return {
    meaning: meaningOf(sending, failure),
    waitSeconds: Math.max(own, Math.min(failure.retryAfterSeconds ?? 0, 3600)),
    word: failure.code ?? (failure.statusCode === undefined ? failure.outcome : String(failure.statusCode)),
  }
}
