// A message → an answer, in every case, and where it may be read.
import { setTimeout } from 'node:timers/promises'
import type { Actions } from '../../api/actions/actions.ts'
import { toAppError } from '../../api/errors.ts'
import { id, type Log } from '../../api/log.ts'
import type { Actor } from '../../api/model/actor.ts'
import type { Customer } from '../../api/model/customer.ts'
import type { Query } from '../../api/query/query.ts'
import { DeliveryError, type Conversation, type Outbound, type Question, type Reply, type Said } from '../adapter/port.ts'
import { openClock } from '../cards/clock.ts'
import type { Links } from '../cards/deepLink.ts'
import { couldNotWriteCard, greetingCard, helpCard, unknownCard, wroteToYouCard } from '../cards/talk.ts'
import { commandsIn } from '../understand/commands.ts'
import type { Intent } from '../understand/intent.ts'
import { readChannel } from '../understand/readChannel.ts'
import { understand, understandSmallTalk } from '../understand/understand.ts'
import { toPlain } from '../understand/words.ts'
import { answerAsk, discreetly, inTheOpen, type Answer } from './ask.ts'
import { belongingHere } from './belongs.ts'
import { answerPurpose, type ChannelHere } from './purpose.ts'
import { lastTalk, rememberTalk, type TalkStore } from './talks.ts'
import { withTyping } from './typing.ts'

export interface AnswerPorts {
  readonly query: Query
  readonly actions: Pick<Actions, 'setChannelRole'>
  readonly outbound: Pick<Outbound, 'writePrivately'>
  readonly talks: TalkStore
  /** The channel of a place; null for a place that is none, or in which the bot is not any more. */
  readonly channelAt: (place: Conversation) => Promise<ChannelHere | null>
  readonly links: Links
  readonly log: Log
  readonly now: () => Date
}

/** What is known before anything of a customer is looked for. */
interface Asking {
  readonly turn: Question
  readonly plain: string
  readonly actor: Actor
  readonly customers: readonly Customer[]
}

async function compose(ports: AnswerPorts, turn: Question): Promise<Answer> {
  const { query, links } = ports
  const plain = toPlain(turn.text, turn.ownMentions)
  const { scope } = turn.place
  const small: Intent | null = understandSmallTalk(plain)
  if (small?.kind === 'help') return inTheOpen(helpCard(scope === 'personal', commandsIn(scope), links))
  if (small?.kind === 'greeting') return inTheOpen(greetingCard(scope === 'personal', commandsIn(scope), links))
  const actor = await query.actorOfActivity(turn.user.tenantId, turn.user.aadObjectId)
  const asking: Asking = { turn, plain, actor, customers: await query.customerNames(actor) }
  const wish = readChannel(plain)
  if (wish !== null) {
    const channel = scope === 'channel' ? await ports.channelAt(turn.place) : null
    return answerPurpose({ actions: ports.actions, links, actor, customers: asking.customers, channel }, scope, wish)
  }
  return scope === 'personal' ? composePersonal(ports, asking) : composeAmongOthers(ports, asking)
}

async function composePersonal(ports: AnswerPorts, { turn, plain, actor, customers }: Asking): Promise<Answer> {
  const { query, talks, links, log } = ports
  const now = ports.now()
  const last = await lastTalk(talks, log, turn.user, now)
  const intent = understand(plain, customers, last)
  if (!('assumed' in intent)) return inTheOpen(unknownCard(intent.kind === 'unknown' ? intent.customer : null, commandsIn('personal'), links))
  const [answer] = await Promise.all([
    answerAsk({ query, links, clock: openClock(turn.locale, turn.timezone), now, personal: true }, actor, intent, customers),
    rememberTalk(talks, log, turn.user, intent, now),
  ])
  return answer
}

/**
 * Where others read along, what belongs there is answered there. Everything else is answered as in the asking person's own chat, a
 * customer that does not exist and a failure too, so that nobody can tell one from the other. What somebody asked alone before is
 * nothing to lean on here.
 */
async function composeAmongOthers(ports: AnswerPorts, { turn, plain, actor, customers }: Asking): Promise<Answer> {
  const { query, links } = ports
  const asked = understand(plain, customers)
  const channel = turn.place.scope === 'channel' ? await ports.channelAt(turn.place) : null
  const here = belongingHere(asked, plain, channel, customers)
  const clock = openClock(turn.locale, turn.timezone)
  const now = ports.now()
  if (here !== null) return answerAsk({ query, links, clock, now, personal: false }, actor, here, customers)
  try {
    if (!('assumed' in asked)) return discreetly(unknownCard(asked.kind === 'unknown' ? asked.customer : null, commandsIn('personal'), links))
    const { said } = await answerAsk({ query, links, clock, now, personal: true }, actor, asked, customers)
    return discreetly(said)
  } catch (error) {
    return discreetly(apology(error, ports.log))
  }
}

/** Any failure as one plain sentence. People are told what they can do; the rest is in the log. */
function apology(error: unknown, log: Log): string {
  const known = toAppError(error)
  if (known.code !== 'noRole') log.error('bot.answer.failed', known)
  return known.code === 'internal' ? 'Something went wrong in Outpost. Please try again in a moment.' : known.message
}

async function writePrivately(ports: AnswerPorts, turn: Question, said: Said): Promise<Said> {
  try {
    await ports.outbound.writePrivately(turn.user, turn.place.serviceUrl, said)
    return wroteToYouCard(ports.links)
  } catch (error) {
    ports.log.error('bot.private.failed', error)
    // 403: the bot is not installed for that person, or blocked by them; 404: there is no such chat yet.
    return couldNotWriteCard(error instanceof DeliveryError && (error.statusCode === 403 || error.statusCode === 404), ports.links)
  }
}

/** Teams gives a bot 15 seconds. */
const longestWaitSeconds = 8

/** A refusal for too much at once is the one failure after which it is certain that nothing was shown, and likely that it soon can be. */
async function sayPatiently(reply: Reply, said: Said): Promise<void> {
  try {
    await reply.say(said)
  } catch (error) {
    const seconds = error instanceof DeliveryError && error.statusCode === 429 ? (error.retryAfterSeconds ?? 2) : Infinity
    if (seconds > longestWaitSeconds) throw error
    await setTimeout(seconds * 1000)
    await reply.say(said)
  }
}

/**
 * Answers one question, in every case: with a card, or with a sentence that says what went wrong.
 * @param turn a question; its text is read, never logged
 * @throws DeliveryError when the answer itself could not be sent
 */
export async function answerQuestion(ports: AnswerPorts, turn: Question, reply: Reply): Promise<void> {
  const personal = turn.place.scope === 'personal'
  const work = async () => {
    const answer = await compose(ports, turn).catch((error: unknown) => inTheOpen(apology(error, ports.log)))
    return answer.discreet && !personal ? writePrivately(ports, turn, answer.said) : answer.said
  }
  // How long it is looked for can tell whether there is something, so it is not shown where others read along.
  const said = personal ? await withTyping(reply, ports.log, work) : await work()
  await sayPatiently(reply, said)
  ports.log.info('bot.answered', { scope: id(turn.place.scope) })
}
