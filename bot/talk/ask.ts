// A question × person × place → answer. Mail, meetings and names of accounts are said in a private chat and nowhere else,
// whatever the answer is.
import type { Actor } from '../../api/model/actor.ts'
import type { Query } from '../../api/query/query.ts'
import type { Said } from '../adapter/port.ts'
import type { Clock } from '../cards/clock.ts'
import type { Links } from '../cards/deepLink.ts'
import { licencesCard } from '../cards/licences.ts'
import { mfaCard } from '../cards/mfa.ts'
import { adminsCard, mostNames, noMfaCard, postureCard } from '../cards/privileged.ts'
import { securityCard, syncCard } from '../cards/security.ts'
import { chooseCard, missingCustomerCard, noCustomerCard } from '../cards/talk.ts'
import { commands } from '../understand/commands.ts'
import type { Ask } from '../understand/intent.ts'
import { phrase } from '../understand/phrase.ts'
import type { Candidate } from '../understand/resolve.ts'
import { emailsAnswer, lastEmailAnswer, whoEmailedAnswer } from './mail.ts'
import { agendaAnswer, meetingsAnswer, nextMeetingAnswer } from './meetings.ts'

/** @param discreet may only be said in a private chat */
export interface Answer {
  readonly said: Said
  readonly discreet: boolean
}

export const inTheOpen = (said: Said): Answer => ({ said, discreet: false })
export const discreetly = (said: Said): Answer => ({ said, discreet: true })

export interface AskPorts {
  readonly query: Query
  readonly links: Links
  readonly clock: Clock
  readonly now: Date
  /** Whether the answer is read by the asking person alone. */
  readonly personal: boolean
}

/**
 * @param customers those that the person may see
 * @throws AppError as the questions of Query do
 */
export async function answerAsk(ports: AskPorts, actor: Actor, ask: Ask, customers: readonly Candidate[]): Promise<Answer> {
  const { customer } = ask
  const question = (name: string) => phrase(ask, name)
  if (customer.kind === 'found') return ofCustomer(ports, actor, ask, customer.customer)
  if (customer.kind === 'none') return inTheOpen(noCustomerCard(customer.typed, ports.links))
  if (customer.kind === 'choose') return inTheOpen(chooseCard(customer.choices, question))
  const whole = customer.kind === 'all' ? await ofAll(ports, actor, ask, customers) : null
  const example = commands.find(({ intent }) => intent === ask.kind)?.example ?? ''
  return whole ?? inTheOpen(missingCustomerCard(example, customers, question, ports.links))
}

async function ofAll(ports: AskPorts, actor: Actor, ask: Ask, customers: readonly Candidate[]): Promise<Answer | null> {
  const { query, links, clock, personal } = ports
  if (ask.kind === 'meetings') return discreetly(await agendaAnswer(ports, actor, customers, ask.range, ask.assumed))
  if (ask.kind === 'posture' || ask.kind === 'mfa' || ask.kind === 'noMfa') return inTheOpen(securityCard(await query.security(actor), ask.assumed, clock, links))
  if (ask.kind === 'syncStatus') return inTheOpen(syncCard(await query.syncStatus(actor), personal, actor.role === 'admin', clock, links))
  return null
}

async function ofCustomer(ports: AskPorts, actor: Actor, ask: Ask, customer: Candidate): Promise<Answer> {
  const { query, links, clock, personal } = ports
  const { assumed } = ask
  switch (ask.kind) {
    case 'lastEmail':
      return discreetly(await lastEmailAnswer(ports, actor, customer, ask.side, assumed))
    case 'emails':
      return discreetly(await emailsAnswer(ports, actor, customer, ask, assumed))
    case 'whoEmailed':
      return discreetly(await whoEmailedAnswer(ports, actor, customer, ask.side, assumed))
    case 'nextMeeting':
      return discreetly(await nextMeetingAnswer(ports, actor, customer, assumed))
    case 'meetings':
      return discreetly(await meetingsAnswer(ports, actor, customer, ask.range, assumed))
    case 'mfa':
      return inTheOpen(mfaCard(customer, await query.posture(actor, customer.id), personal, clock, links, assumed))
    case 'noMfa': {
      // In a channel nobody is named, so nobody is looked for.
      const { posture, lacking } = personal
        ? await query.lackingMfa(actor, customer.id, mostNames)
        : { posture: await query.posture(actor, customer.id), lacking: null }
      return inTheOpen(noMfaCard(customer, posture, lacking, assumed, clock, links))
    }
    case 'admins':
      return discreetly(adminsCard(customer, await query.posture(actor, customer.id), assumed, clock, links))
    case 'posture':
      return inTheOpen(postureCard(customer, await query.posture(actor, customer.id), personal, assumed, clock, links))
    case 'licences':
      return inTheOpen(licencesCard(customer, await query.licences(actor, customer.id), personal, assumed, clock, links))
    case 'syncStatus':
      return inTheOpen(syncCard(await query.syncStatus(actor), personal, actor.role === 'admin', clock, links))
  }
}
