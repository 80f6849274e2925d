// A message → an answer, in every case, and where it may be read.
import { setTimeout } from 'node:timers/promises'
import type { Actor } from '../../api/access/model.ts'
import type { CustomerNames } from '../../api/customers/model.ts'
import { toAppError } from '../../api/errors.ts'
import { id, type Log } from '../../api/log.ts'
import type { Actions, Query } from '../../api/subjects.ts'
import { DeliveryError, type Conversation, type Outbound, type Question, type Reply, type Said } from '../adapter/port.ts'
import { discreetly, inTheOpen, type Answer } from '../parts/answer.ts'
import type { Links } from '../parts/links.ts'
import { localTimes } from '../parts/localTimes.ts'
import type { ChannelHere, Instruction } from '../subject.ts'
import type { Grammar } from '../understand/grammar.ts'
import type { Intent, Place } from '../understand/intent.ts'
import { nearest } from '../understand/nearest.ts'
import { writesMonthFirst } from '../understand/numericDates.ts'
import type { Talk } from '../understand/talk.ts'
import { understandFully, understandSmallTalk } from '../understand/understand.ts'
import { toPlain } from '../understand/words.ts'
import { answerAsk, type AskContext } from './ask.ts'
import { belongingHere } from './belongs.ts'
import { couldNotWriteCard, greetingCard, helpCard, unknownCard, wroteToYouCard } from './cards.ts'
import { openTalks, type TalkStore } from './talks.ts'
import { withTyping } from './typing.ts'

export interface AnswerPorts {
  readonly query: Query
  readonly grammar: Grammar
  readonly actions: Pick<Actions, 'setChannelRole'>
  /** Does the work when it is the person's turn, by their object id. @throws AppError `tooMany` for who asks too much */
  readonly inTurn: <T>(userId: string, work: () => Promise<T>) => Promise<T>
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
  readonly customers: readonly CustomerNames[]
}

async function compose(ports: AnswerPorts, turn: Question): Promise<Answer> {
  const { query, grammar, actions, links } = ports
  const { commands, subjects } = grammar
  const plain = toPlain(turn.text, turn.ownMentions)
  const { scope } = turn.place
  const personal = scope === 'personal'
  const small = understandSmallTalk(grammar, plain)
  if (small?.kind === 'help') return inTheOpen(helpCard({ personal, commands }, ports))
  if (small?.kind === 'greeting') return inTheOpen(greetingCard({ personal, commands }, ports))
  const actor = await query.actorOfActivity(turn.user.tenantId, turn.user.aadObjectId)
  const customers = await query.customerNames(actor)
  const instruction = subjects.reduce<Instruction | null>((found, subject) => found ?? subject.instruction?.(plain) ?? null, null)
  if (instruction !== null) return instruction({ actions, links, actor, customers, scope, channel: await channelOf(ports, turn) })
  const asking: Asking = { turn, plain, actor, customers }
  return personal ? composePersonal(ports, asking) : composeAmongOthers(ports, asking)
}

const channelOf = (ports: AnswerPorts, { place }: Question) => (place.scope === 'channel' ? ports.channelAt(place) : null)

function contextOf({ query, grammar, links, now }: AnswerPorts, { turn, actor, customers }: Asking, personal: boolean): AskContext {
  return { query, grammar, links, times: localTimes(turn.locale, turn.timezone), now: now(), actor, customers, personal }
}

/** People are asked for only where a question about mail leaves words over: else it costs nothing. */
async function intentOf({ query, grammar }: AnswerPorts, { turn, plain, actor, customers }: Asking, last: Talk | null): Promise<Intent> {
  const asker = { customers, last, monthFirst: writesMonthFirst(turn.locale) }
  const { intent, names } = understandFully(grammar, plain, asker)
  const people = names.length === 0 ? [] : await query.peopleNamed(actor, names)
  return people.length === 0 ? intent : understandFully(grammar, plain, { ...asker, people }).intent
}

const whereDone: Readonly<Record<Place, string>> = {
  mail: 'Mail is written and sorted in Outlook.',
  calendar: 'Meetings are made and changed in the calendar of Teams or Outlook.',
  tenant: 'MFA, licences and roles are changed in the customer’s Microsoft 365 or Entra admin center.',
  sync: 'A sync is started in Outpost, with “Sync now” beside the tenant.',
  export: 'Outpost exports the security of all customers and the audit log, with “Export CSV” there.',
  elsewhere: 'What can be changed in Outpost, an administrator changes there under Admin.',
}

/** As in the person's own chat, wherever it was asked. */
function notUnderstood({ grammar }: AnswerPorts, plain: string, intent: Intent): Said {
  if (intent.kind === 'request') return `I only read, so I can change nothing and send nothing. ${whereDone[intent.place]} Ask me what I know instead: “help” shows what that is.`
  const customer = intent.kind === 'unknown' ? intent.customer : null
  return unknownCard({ customer, nearest: nearest(grammar.commands.filter(({ group }) => group !== null), plain, 3), offers: customer === null ? [] : grammar.offers(customer.name) })
}

async function composePersonal(ports: AnswerPorts, asking: Asking): Promise<Answer> {
  const { grammar, log, now } = ports
  const { user } = asking.turn
  const talks = openTalks({ store: ports.talks, grammar, log, now })
  const intent = await intentOf(ports, asking, await talks.last(user))
  if (intent.kind !== 'ask') return inTheOpen(notUnderstood(ports, asking.plain, intent))
  const [answer] = await Promise.all([answerAsk(contextOf(ports, asking, true), intent), talks.remember(user, intent)])
  return answer
}

/**
 * Where others read along, what belongs there is answered there. Everything else is answered as in the asking person's own chat, a
 * customer that does not exist and a failure too, so that nobody can tell one from the other. What somebody asked alone before is
 * nothing to lean on here.
 */
async function composeAmongOthers(ports: AnswerPorts, asking: Asking): Promise<Answer> {
  const { grammar } = ports
  const { turn, plain, customers } = asking
  const asked = await intentOf(ports, asking, null)
  const here = belongingHere({ grammar, channel: await channelOf(ports, turn), customers }, plain, asked)
  if (here !== null) return answerAsk(contextOf(ports, asking, false), here)
  try {
    if (asked.kind !== 'ask') return discreetly(notUnderstood(ports, plain, asked))
    const { said } = await answerAsk(contextOf(ports, asking, true), asked)
    return discreetly(said)
  } catch (error) {
    return discreetly(apology(error, ports.log))
  }
}

/** Any failure as one plain sentence. People are told what they can do; the rest is in the log. */
function apology(error: unknown, log: Log): string {
  const known = toAppError(error)
  if (known.code !== 'noRole' && known.code !== 'tooMany') log.error('bot.answer.failed', known)
  return known.code === 'internal' ? 'Something went wrong in Outpost. Please try again in a moment.' : known.message
}

async function writePrivately(ports: AnswerPorts, turn: Question, said: Said): Promise<Said> {
  try {
    await ports.outbound.writePrivately(turn.user, turn.place.serviceUrl, said)
    return wroteToYouCard(ports)
  } catch (error) {
    ports.log.error('bot.private.failed', error)
    // 403: the bot is not installed for that person, or blocked by them; 404: there is no such chat yet.
    return couldNotWriteCard({ closed: error instanceof DeliveryError && (error.statusCode === 403 || error.statusCode === 404) }, ports)
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
    const answer = await ports.inTurn(turn.user.aadObjectId, () => compose(ports, turn)).catch((error: unknown) => inTheOpen(apology(error, ports.log)))
    return answer.discreet && !personal ? writePrivately(ports, turn, answer.said) : answer.said
  }
  // How long it is looked for can tell whether there is something, so it is not shown where others read along.
  const said = personal ? await withTyping(reply, ports.log, work) : await work()
  await sayPatiently(reply, said)
  ports.log.info('bot.answered', { scope: id(turn.place.scope) })
}
