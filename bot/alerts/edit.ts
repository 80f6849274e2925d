// Keeps a card that was posted: replaces it where it stands, and says in its thread what nobody would notice otherwise.
import type { ChannelDoc } from '../../api/channels/rows.ts'
import { id, type Log } from '../../api/log.ts'
import type { Outbound } from '../adapter/port.ts'
import type { Links } from '../parts/links.ts'
import { alertCard, replyText, type AlertFacts } from './alertCard.ts'
import { toDelivery, type Failure } from './delivery.ts'
import { hashOf, newsIn, subjectOf, toldBy } from './facts.ts'
import { leaseSeconds, type Step } from './post.ts'
import type { CardDoc, Cards } from './rows.ts'

export interface EditPorts {
  readonly store: { readonly cards: Cards }
  readonly outbound: Pick<Outbound, 'update' | 'replyTo'>
  readonly links: Links
  readonly log: Log
}

/** A card that was posted, where it is, and what it should show. */
export interface Kept {
  readonly channel: ChannelDoc
  readonly card: CardDoc
  readonly facts: AlertFacts
}

/** What is "not found" is often found a moment later; only then it counts as deleted. */
const lookAgain = 3

/** Seen by nobody any more: it is posted anew while accounts fail, unless that was done before. @returns whether the card is lost */
async function lose({ store, log }: EditPorts, { card, facts }: Pick<Kept, 'card' | 'facts'>, failure: Failure): Promise<boolean> {
  if (failure.meaning !== 'missing' || card.attempts < lookAgain) return false
  const again = facts.state === 'open' && card.reposts === 0
  await store.cards.lost(card._id, card.epoch, again)
  log.warn('alert.gone', { ...subjectOf(facts), again })
  return true
}

/** Replaces the card in place. Doing it twice changes nothing, so every failure is tried again. */
export async function edit(ports: EditPorts, { channel, card: stale, facts }: Kept): Promise<Step> {
  const { store, log } = ports
  const card = await store.cards.claimUpdate(stale._id, leaseSeconds)
  if (card === null || card.conversationId === null || card.activityId === null) return 'idle'
  const ref = { serviceUrl: channel.serviceUrl, conversationId: card.conversationId, activityId: card.activityId }
  try {
    await ports.outbound.update(ref, alertCard(facts, ports))
  } catch (error) {
    const failure = toDelivery('edit', error, card.attempts)
    if (await lose(ports, { card, facts }, failure)) return 'sent'
    await store.cards.updateFailed(card._id, card.epoch, failure.waitSeconds, failure.word)
    log.warn('alert.update.failed', { ...subjectOf(facts), reason: id(failure.word), waitSeconds: failure.waitSeconds })
    return 'sent'
  }
  // What was still to be said is no longer true once it is resolved.
  const news = newsIn(facts, card.told) ?? (facts.state === 'open' ? (card.reply?.what ?? null) : null)
  await store.cards.updated(card._id, card.epoch, { contentHash: hashOf(facts), told: toldBy(facts, card.told) }, news)
  log.info('alert.updated', { ...subjectOf(facts), state: id(facts.state) })
  return 'sent'
}

/** Says in the card's thread how it stands. At most once: the row is written before the reply is sent. */
export async function reply(ports: EditPorts, { channel, card: due, facts }: Kept): Promise<Step> {
  const { store, log } = ports
  const card = await store.cards.claimReply(due._id, leaseSeconds)
  if (card === null || card.conversationId === null || card.reply === null) return 'idle'
  try {
    await ports.outbound.replyTo({ serviceUrl: channel.serviceUrl, conversationId: card.conversationId }, replyText(facts, card.reply.what))
  } catch (error) {
    const failure = toDelivery('reply', error, card.attempts)
    if (await lose(ports, { card, facts }, failure)) return 'sent'
    if (failure.meaning === 'unknown') await store.cards.replied(card._id, card.epoch, failure.word)
    else await store.cards.replyRefused(card._id, card.epoch, failure.waitSeconds, failure.word)
    log.warn(failure.meaning === 'unknown' ? 'alert.reply.unknown' : 'alert.reply.refused', { ...subjectOf(facts), reason: id(failure.word) })
    return 'sent'
  }
  await store.cards.replied(card._id, card.epoch)
  log.info('alert.replied', subjectOf(facts))
  return 'sent'
}
