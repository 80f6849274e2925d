// Intent × person × place → answer. Mail is answered in a private chat and nowhere else, whatever the answer is.
import { toAppError } from '../../api/errors.ts'
import { id, type Log } from '../../api/log.ts'
import type { Actor } from '../../api/model/actor.ts'
import type { Query } from '../../api/query/query.ts'
import { DeliveryError, type Card, type Outbound, type Question, type Reply, type Said } from '../adapter/port.ts'
import { openClock, type Clock } from '../cards/clock.ts'
import type { Links } from '../cards/deepLink.ts'
import { lastEmailCard } from '../cards/lastEmail.ts'
import { mfaCard } from '../cards/mfa.ts'
import {
  chooseCard, couldNotWriteCard, greetingCard, helpCard, missingCustomerCard, noCustomerCard, unknownCard, wroteToYouCard,
} from '../cards/talk.ts'
import { commands, type CommandScope } from '../understand/commands.ts'
import type { Ask, Intent, Side } from '../understand/intent.ts'
import type { Candidate } from '../understand/resolve.ts'
import { understand, understandSmallTalk } from '../understand/understand.ts'
import { toPlain } from '../understand/words.ts'
import { newestMessage } from './newestMessage.ts'
import { withTyping } from './typing.ts'

export interface AnswerPorts {
  readonly query: Query
  readonly outbound: Pick<Outbound, 'writePrivately'>
  readonly links: Links
  readonly log: Log
}

/** @param discreet shows mail, so that it may only be said in a private chat */
interface Answer {
  readonly said: Said
  readonly discreet: boolean
}

const open = (said: Said): Answer => ({ said, discreet: false })

const scopes: Record<Question['place']['scope'], CommandScope> = { personal: 'personal', channel: 'team', groupChat: 'groupChat' }
const sideWords = { in: 'last email from', out: 'last email to', any: 'last email with' } as const

async function lastEmailAnswer(ports: AnswerPorts, actor: Actor, customer: Candidate, side: Side, clock: Clock): Promise<Card> {
  const { message, newer, about } = await newestMessage(ports.query, actor, customer.id, side)
  return lastEmailCard({ customer, side, message, newer, about }, clock, ports.links)
}

async function askAnswer(ports: AnswerPorts, actor: Actor, turn: Question, ask: Ask, customers: readonly Candidate[]): Promise<Answer> {
  const { links } = ports
  const command = ask.kind === 'lastEmail' ? sideWords[ask.side] : 'mfa'
  const question = (name: string) => `${command} ${name}`
  switch (ask.customer.kind) {
    case 'missing': {
      const example = commands.find(({ intent }) => intent === ask.kind)?.example ?? ''
      return open(missingCustomerCard(example, customers, question, links))
    }
    case 'none':
      return open(noCustomerCard(ask.customer.typed, links))
    case 'choose':
      return open(chooseCard(ask.customer.choices, question))
    case 'found': {
      const { customer } = ask.customer
      const clock = openClock(turn.locale, turn.timezone)
      if (ask.kind === 'lastEmail') return { said: await lastEmailAnswer(ports, actor, customer, ask.side, clock), discreet: true }
      const posture = await ports.query.posture(actor, customer.id)
      return open(mfaCard(customer, posture, turn.place.scope === 'personal', clock, links))
    }
  }
}

async function compose(ports: AnswerPorts, turn: Question): Promise<Answer> {
  const plain = toPlain(turn.text, turn.ownMentions)
  const here = commands.filter(({ scopes: list }) => list.includes(scopes[turn.place.scope]))
  const small: Intent | null = understandSmallTalk(plain)
  if (small?.kind === 'help') return open(helpCard(here, ports.links))
  if (small?.kind === 'greeting') return open(greetingCard(here, ports.links))
  const actor = await ports.query.actorOfActivity(turn.user.tenantId, turn.user.aadObjectId)
  const customers = await ports.query.customerNames(actor)
  const intent = understand(plain, customers)
  if (intent.kind === 'lastEmail' || intent.kind === 'mfa') return askAnswer(ports, actor, turn, intent, customers)
  return open(unknownCard(intent.kind === 'unknown' ? intent.customer : null, here, ports.links))
}

/** Any failure as one plain sentence. People are told what they can do; the rest is in the log. */
function apology(error: unknown, log: Log): Answer {
  const known = toAppError(error)
  if (known.code !== 'noRole') log.error('bot.answer.failed', known)
  return open(known.code === 'internal' ? 'Something went wrong in Outpost. Please try again in a moment.' : known.message)
}

async function writePrivately(ports: AnswerPorts, turn: Question, said: Said): Promise<Said> {
  try {
    await ports.outbound.writePrivately(turn.user, turn.place.serviceUrl, said)
    return wroteToYouCard(ports.links)
  } catch (error) {
    ports.log.error('bot.private.failed', error)
    return couldNotWriteCard(error instanceof DeliveryError && error.dead, ports.links)
  }
}

/**
 * Answers one question, in every case: with a card, or with a sentence that says what went wrong.
 * @param turn a question; its text is read, never logged
 * @throws DeliveryError when the answer itself could not be sent
 */
export async function answerQuestion(ports: AnswerPorts, turn: Question, reply: Reply): Promise<void> {
  const said = await withTyping(reply, ports.log, async () => {
    const answer = await compose(ports, turn).catch((error: unknown) => apology(error, ports.log))
    return answer.discreet && turn.place.scope !== 'personal' ? writePrivately(ports, turn, answer.said) : answer.said
  })
  await reply.say(said)
  ports.log.info('bot.answered', { scope: id(turn.place.scope) })
}
