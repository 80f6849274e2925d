// Keeps the cards in channels equal to what is known of the customers: one card a channel, customer and check, in the channels that
// are for that customer or for our team's alerts.
import type { ChannelDoc, Installations } from '../../api/channels/rows.ts'
import { id, type Log } from '../../api/log.ts'
import type { ResultDoc, Results } from '../../api/posture/resultRows.ts'
import type { Outbound } from '../adapter/port.ts'
import type { Links } from '../parts/links.ts'
import { alertCard } from './alertCard.ts'
import { edit, reply, type Kept } from './edit.ts'
import { factsOf, hashOf, isTold, subjectOf, toldBy, type AlertCustomer } from './facts.ts'
import { postOnce, type Step } from './post.ts'
import { cardIdOf, type CardDoc, type Cards } from './rows.ts'

export interface AlertStore {
  readonly results: Pick<Results, 'openOrResolved'>
  readonly cards: Cards
  readonly installations: Pick<Installations, 'targets' | 'markDead'>
}

export interface AlertPorts {
  readonly store: AlertStore
  readonly outbound: Pick<Outbound, 'post' | 'update' | 'replyTo'>
  readonly links: Links
  readonly log: Log
  readonly now: () => Date
  /** By id. */
  readonly customers: () => Promise<ReadonlyMap<string, AlertCustomer>>
}

/** Requests to one channel in one pass. Teams allows a bot 60 in 30 seconds ("Rate limiting for bots"); passes are 2 s apart. */
const mostInAPass = 3

/**
 * One pass over all channels. Several copies of the process may do this at once.
 * @returns whether everything is told, and nothing waits for its time
 */
export async function runAlerts(ports: AlertPorts): Promise<boolean> {
  const [results, targets] = await Promise.all([ports.store.results.openOrResolved(), ports.store.installations.targets()])
  if (results.length === 0 || targets.length === 0) return true
  const customers = await ports.customers()
  let told = true
  for (const target of targets) told = (await tellChannel(ports, target, { results, customers })) && told
  return told
}

interface Known {
  readonly results: readonly ResultDoc[]
  readonly customers: ReadonlyMap<string, AlertCustomer>
}

async function tellChannel(ports: AlertPorts, channel: ChannelDoc, { results, customers }: Known): Promise<boolean> {
  // Nobody knows yet who reads there: somebody may have come just now.
  if (channel.role?.kind === 'alerts' && channel.checkedAt === null) return false
  const cards = new Map((await ports.store.cards.ofTarget(channel._id)).map((card) => [card._id, card]))
  let sent = 0
  for (const result of results) {
    const card = cards.get(cardIdOf({ targetId: channel._id, ...result }))
    const step = await tell(ports, { channel, result, card, customer: customers.get(result.customerId) })
    if (typeof step === 'object') {
      // The bot was removed from there, or the channel was deleted. A new installation, or a word from the team, revives it.
      await ports.store.installations.markDead(channel._id, ports.now(), step.dead)
      ports.log.warn('alert.channel.dead', { reason: id(step.dead) })
      return true
    }
    sent += step === 'sent' ? 1 : 0
    if (sent === mostInAPass) return false
  }
  return sent === 0 && ![...cards.values()].some((card) => waits(card, ports.now()))
}

/** Whether there is still something to be done about a card although nothing new is known. */
const waits = ({ state, reply, notBefore }: CardDoc, now: Date): boolean => state === 'sending' || state === 'refused' || reply !== null || notBefore > now

interface Telling {
  readonly channel: ChannelDoc
  readonly result: ResultDoc
  /** What was told of it there, if anything. */
  readonly card: CardDoc | undefined
  readonly customer: AlertCustomer | undefined
}

async function tell(ports: AlertPorts, { channel, result: { state, ...result }, card, customer }: Telling): Promise<Step> {
  const { cards } = ports.store
  if (state === 'none') return 'idle'
  if (card?.state === 'sending') {
    if (await cards.expire(card._id)) ports.log.warn('alert.unknown', { ...subjectOf(result), reason: id('interrupted') })
    return 'idle'
  }
  if ((state === 'resolved' || !isTold(channel, result.customerId)) && card?.state !== 'posted') {
    // What was resolved before anybody was told is not told. A lost card ends with its finding, or it would silence the next one.
    if (card !== undefined) await cards.forget(card._id)
    return 'idle'
  }
  if (card?.state === 'unknown' || card?.state === 'gone') return 'idle'
  if (customer === undefined || (card !== undefined && card.notBefore > ports.now())) return 'idle'
  const facts = factsOf(channel, { ...result, state }, customer)
  if (card?.state === 'posted') return keep(ports, { channel, card, facts })
  // Who has not been told of an archived customer is not told any more.
  return customer.archived ? 'idle' : post(ports, { channel, card, facts })
}

async function keep(ports: AlertPorts, kept: Kept): Promise<Step> {
  const { card, facts } = kept
  if (card.contentHash !== hashOf(facts)) return edit(ports, kept)
  if (card.reply?.sending === false) return reply(ports, kept)
  if (card.reply !== null && (await ports.store.cards.expireReply(card._id))) {
    ports.log.warn('alert.reply.unknown', { ...subjectOf(facts), reason: id('interrupted') })
  }
  return 'idle'
}

function post(ports: AlertPorts, { channel, card, facts }: Pick<Telling, 'channel' | 'card'> & Pick<Kept, 'facts'>): Promise<Step> {
  const { customerId, check } = facts
  return postOnce(ports, {
    key: { targetId: channel._id, customerId, check },
    known: card,
    place: { ...channel, channelId: channel.conversationId },
    card: alertCard(facts, ports),
    contentHash: hashOf(facts),
    told: toldBy(facts, null),
    event: 'alert',
    subject: subjectOf(facts),
  })
}
