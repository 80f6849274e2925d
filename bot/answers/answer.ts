// A message → an answer, in every case.
import { setTimeout } from 'node:timers/promises'
import { toAppError } from '../../api/errors.ts'
import { id, type Log } from '../../api/log.ts'
import type { Query } from '../../api/query/query.ts'
import { DeliveryError, type Outbound, type Question, type Reply, type Said } from '../adapter/port.ts'
import { openClock } from '../cards/clock.ts'
import type { Links } from '../cards/deepLink.ts'
import { couldNotWriteCard, greetingCard, helpCard, unknownCard, wroteToYouCard } from '../cards/talk.ts'
import { commandsIn } from '../understand/commands.ts'
import type { Intent } from '../understand/intent.ts'
import { understand, understandSmallTalk } from '../understand/understand.ts'
import { toPlain } from '../understand/words.ts'
import { answerAsk, inTheOpen, type Answer } from './ask.ts'
import { lastTalk, rememberTalk, type TalkStore } from './talks.ts'
import { withTyping } from './typing.ts'

export interface AnswerPorts {
  readonly query: Query
  readonly outbound: Pick<Outbound, 'writePrivately'>
  readonly talks: TalkStore
  readonly links: Links
  readonly log: Log
  readonly now: () => Date
}

async function compose(ports: AnswerPorts, turn: Question): Promise<Answer> {
  const { query, talks, links, log } = ports
  const plain = toPlain(turn.text, turn.ownMentions)
  const here = commandsIn(turn.place.scope)
  const small: Intent | null = understandSmallTalk(plain)
  if (small?.kind === 'help') return inTheOpen(helpCard(here, links))
  if (small?.kind === 'greeting') return inTheOpen(greetingCard(here, links))
  const now = ports.now()
  const personal = turn.place.scope === 'personal'
  const actor = await query.actorOfActivity(turn.user.tenantId, turn.user.aadObjectId)
  // What somebody asked alone is nothing to lean on where others read along.
  const [customers, last] = await Promise.all([query.customerNames(actor), personal ? lastTalk(talks, log, turn.user, now) : null])
  const intent = understand(plain, customers, last)
  if (!('assumed' in intent)) return inTheOpen(unknownCard(intent.kind === 'unknown' ? intent.customer : null, here, links))
  const [answer] = await Promise.all([
    answerAsk({ query, links, clock: openClock(turn.locale, turn.timezone), now, personal }, actor, intent, customers),
    personal ? rememberTalk(talks, log, turn.user, intent, now) : null,
  ])
  return answer
}

/** Any failure as one plain sentence. People are told what they can do; the rest is in the log. */
function apology(error: unknown, log: Log): Answer {
  const known = toAppError(error)
  if (known.code !== 'noRole') log.error('bot.answer.failed', known)
  return inTheOpen(known.code === 'internal' ? 'Something went wrong in Outpost. Please try again in a moment.' : known.message)
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
  const said = await withTyping(reply, ports.log, async () => {
    const answer = await compose(ports, turn).catch((error: unknown) => apology(error, ports.log))
    return answer.discreet && turn.place.scope !== 'personal' ? writePrivately(ports, turn, answer.said) : answer.said
  })
  await sayPatiently(reply, said)
  ports.log.info('bot.answered', { scope: id(turn.place.scope) })
}
