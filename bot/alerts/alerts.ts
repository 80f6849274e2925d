// Keeps the cards in channels equal to what is known of the customers: one card a channel, customer and check.
import { createHash } from 'node:crypto'
import { id, type Log } from '../../api/log.ts'
import type { AssessmentDoc, Assessments } from '../../api/store/assessments.ts'
import { cardIdOf, type CardDoc, type Cards } from '../../api/store/cards.ts'
import type { InstallationDoc, Installations } from '../../api/store/installations.ts'
import { DeliveryError, type Outbound } from '../adapter/port.ts'
import { alertCard, type AlertFacts } from '../cards/alert.ts'
import type { Links } from '../cards/deepLink.ts'
import { toDelivery } from './delivery.ts'
import { leaseSeconds, postOnce, type Step } from './post.ts'

export interface AlertStore {
  readonly assessments: Pick<Assessments, 'told'>
  readonly cards: Cards
  readonly installations: Pick<Installations, 'targets' | 'markDead'>
}

export interface AlertCustomer {
  readonly name: string
  readonly archived: boolean
}

export interface AlertPorts {
  readonly store: AlertStore
  readonly outbound: Pick<Outbound, 'post' | 'update'>
  readonly links: Links
  readonly log: Log
  readonly now: () => Date
  /** By id. */
  readonly customers: () => Promise<ReadonlyMap<string, AlertCustomer>>
}

/** Requests to one channel in one round. Teams allows a bot 60 in 30 seconds ("Rate limiting for bots"); rounds are 2 s apart. */
const mostPerRound = 3
/** An activity that is "not found" is often found a moment later; only then it counts as deleted. */
const lookAgain = 3

const hashOf = ({ state, failing, of, unknown, customerName }: AlertFacts): string =>
  createHash('sha256').update(JSON.stringify([state, failing, of, unknown, customerName])).digest('hex').slice(0, 32)

/** One round over all channels. Several copies of the process may do this at once. */
export async function runAlerts(ports: AlertPorts): Promise<void> {
  const [told, targets] = await Promise.all([ports.store.assessments.told(), ports.store.installations.targets()])
  if (told.length === 0 || targets.length === 0) return
  const customers = await ports.customers()
  for (const target of targets) await tellChannel(ports, target, told, customers)
}

async function tellChannel(
  ports: AlertPorts, target: InstallationDoc, told: readonly AssessmentDoc[], customers: ReadonlyMap<string, AlertCustomer>,
): Promise<void> {
  const cards = new Map((await ports.store.cards.ofTarget(target._id)).map((card) => [card._id, card]))
  let sent = 0
  for (const assessment of told) {
    const card = cards.get(cardIdOf({ targetId: target._id, ...assessment }))
    const step = await tell(ports, target, assessment, card, customers.get(assessment.customerId))
    if (step === 'dead') {
      // The bot was removed from there, or the channel was deleted. A new installation, or a word from there, revives it.
      await ports.store.installations.markDead(target._id, ports.now())
      ports.log.warn('alert.channel.dead', {})
      return
    }
    sent += step === 'sent' ? 1 : 0
    if (sent === mostPerRound) return
  }
}

async function tell(
  ports: AlertPorts, target: InstallationDoc, assessment: AssessmentDoc, card: CardDoc | undefined, customer: AlertCustomer | undefined,
): Promise<Step> {
  const { cards } = ports.store
  const { customerId, check, state } = assessment
  const subject = { customerId: id(customerId), check: id(check) }
  if (state === 'none') return 'idle'
  if (card?.state === 'sending') {
    if (await cards.expire(card._id)) ports.log.warn('alert.unknown', { ...subject, reason: id('interrupted') })
    return 'idle'
  }
  if (state === 'resolved' && card?.state !== 'posted') {
    // What was resolved before anybody was told is not told. A lost card ends with its finding, or it would silence the next one.
    if (card !== undefined) await cards.forget(card._id)
    return 'idle'
  }
  if (card?.state === 'unknown' || card?.state === 'gone') return 'idle'
  if (customer === undefined || (card !== undefined && card.notBefore > ports.now())) return 'idle'
  const facts: AlertFacts = { ...assessment, state: customer.archived ? 'archived' : state, customerName: customer.name }
  if (card?.state === 'posted') return card.contentHash === hashOf(facts) ? 'idle' : replace(ports, target, card, facts)
  // Who has not been told of an archived customer is not told any more.
  return customer.archived ? 'idle' : post(ports, target, card, facts)
}

function post(ports: AlertPorts, target: InstallationDoc, card: CardDoc | undefined, facts: AlertFacts): Promise<Step> {
  const { customerId, check } = facts
  return postOnce(ports, {
    key: { targetId: target._id, customerId, check },
    known: card,
    place: { ...target, channelId: target.conversationId },
    card: alertCard(facts, ports.links),
    contentHash: hashOf(facts),
    event: 'alert',
    subject: { customerId: id(customerId), check: id(check) },
  })
}

/** Replaces the card in place. Doing it twice changes nothing, so every failure is tried again. */
async function replace(ports: AlertPorts, target: InstallationDoc, stale: CardDoc, facts: AlertFacts): Promise<Step> {
  const { store, log, links } = ports
  const card = await store.cards.claimUpdate(stale._id, leaseSeconds)
  if (card === null || card.conversationId === null || card.activityId === null) return 'idle'
  const subject = { customerId: id(facts.customerId), check: id(facts.check) }
  const ref = { serviceUrl: target.serviceUrl, conversationId: card.conversationId, activityId: card.activityId }
  try {
    await ports.outbound.update(ref, alertCard(facts, links))
  } catch (error) {
    const failure = toDelivery(error, card.attempts)
    const missing = error instanceof DeliveryError && error.statusCode === 404 && /activity/i.test(error.code ?? '')
    if (missing && card.attempts >= lookAgain) {
      const again = facts.state === 'open' && card.reposts === 0
      await store.cards.lost(card._id, card.epoch, again)
      log.warn('alert.gone', { ...subject, again })
      return 'sent'
    }
    await store.cards.updateFailed(card._id, card.epoch, failure.waitSeconds, failure.word)
    log.warn('alert.update.failed', { ...subject, reason: id(failure.word), waitSeconds: failure.waitSeconds })
    return failure.dead && !missing ? 'dead' : 'sent'
  }
  await store.cards.updated(card._id, card.epoch, hashOf(facts))
  log.info('alert.updated', { ...subject, state: id(facts.state) })
  return 'sent'
}
