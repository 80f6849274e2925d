// Sends a card that nobody asked for, once: the row is written before the card is sent, and whoever could not write it does not
// send.
import { setTimeout } from 'node:timers/promises'
import { id, type Identifier, type Log } from '../../api/log.ts'
import type { Addressee, Card, Outbound, Posted } from '../adapter/port.ts'
import { toDelivery } from './delivery.ts'
import { cardIdOf, type CardDoc, type CardKey, type Cards, type Told } from './rows.ts'

/** Long enough for the slowest send; a card that is still being sent after that was left behind by a killed process. */
export const leaseSeconds = 90

/** dead: nobody reads there any more, and the code that says so. */
export type Step = 'idle' | 'sent' | { readonly dead: string }

export interface PostPorts {
  readonly store: { readonly cards: Cards }
  readonly outbound: Pick<Outbound, 'post'>
  readonly log: Log
}

export interface PostJob {
  readonly key: CardKey
  /** The row, if there is one already. */
  readonly known: CardDoc | undefined
  readonly place: Addressee
  readonly card: Card
  /** Of the facts that the card shows. */
  readonly contentHash: string
  /** Null of a reminder. */
  readonly told: Told | null
  /** For the log: what it is called there, and its ids. */
  readonly event: 'alert' | 'reminder'
  readonly subject: Readonly<Record<string, Identifier>>
}

/** The card is there and only this process knows where: a database that is away for a moment must not lose that. */
async function untilWritten(write: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write()
    } catch (error) {
      if (attempt === 4) throw error
      await setTimeout(attempt * 500)
    }
  }
}

export async function postOnce({ store, outbound, log }: PostPorts, { key, known, place, card, contentHash, told, event, subject }: PostJob): Promise<Step> {
  const cardId = cardIdOf(key)
  const epoch = known === undefined ? await store.cards.begin(key, leaseSeconds) : await store.cards.beginAgain(cardId, leaseSeconds)
  if (epoch === null) return 'idle'
  let posted: Posted
  try {
    posted = await outbound.post(place, card)
  } catch (error) {
    const failure = toDelivery('post', error, known?.attempts ?? 0)
    if (failure.meaning === 'unknown') {
      await store.cards.unknown(cardId, epoch, failure.word)
      log.warn(`${event}.unknown`, { ...subject, reason: id(failure.word) })
      return 'sent'
    }
    await store.cards.refused(cardId, epoch, failure.waitSeconds, failure.word)
    log.warn(`${event}.refused`, { ...subject, reason: id(failure.word), waitSeconds: failure.waitSeconds })
    return failure.meaning === 'dead' ? { dead: failure.word } : 'sent'
  }
  await untilWritten(() => store.cards.posted(cardId, epoch, posted, { contentHash, told }))
  log.info(`${event}.posted`, subject)
  return 'sent'
}
