// A question × person × place → answer.
import type { Said } from '../adapter/port.ts'
import { inTheOpen, type Answer } from '../parts/answer.ts'
import { harmless } from '../parts/card.ts'
import type { AnswerContext } from '../subject.ts'
import type { Grammar } from '../understand/grammar.ts'
import type { Ask, Doubt } from '../understand/intent.ts'
import type { Candidate } from '../understand/nameForms.ts'
import { doubtCard, withUnused } from './doubtCards.ts'
import { chooseCard, missingCustomerCard, noCustomerCard } from './cards.ts'
import { whichPersonCard } from './whichPersonCard.ts'

export interface AskContext extends AnswerContext {
  readonly grammar: Grammar
  /** Those that the person may see. */
  readonly customers: readonly Candidate[]
}

/** What can be asked instead: the same without what is doubtful, or each of several questions. */
function waysOf({ grammar }: AskContext, { form, customer }: Ask, doubt: Doubt): string[] {
  const name = customer.kind === 'found' ? customer.customer.name : customer.kind === 'all' || customer.kind === 'missing' ? '' : null
  if (name === null) return []
  return (doubt.kind === 'several' ? doubt.forms : [form]).flatMap((one) => (name === '' && grammar.questionOf(one).ofAll === undefined ? [] : [grammar.phrase(one, name)]))
}

/** @throws AppError as the questions of Query do */
export async function answerAsk(context: AskContext, ask: Ask): Promise<Answer> {
  const { grammar, customers } = context
  const { customer, form, assumed, whom = [], impossible, doubt, unused = [] } = ask
  const kind = grammar.questionOf(form)
  const question = (name: string) => grammar.phrase(form, name)
  const answered = (said: Said): Answer => ({ said: withUnused(said, unused), discreet: kind.discreet })
  // What the calendar does not have is said before anything else, and tells nothing of customers.
  if (impossible !== undefined) return answered(`There is no ${harmless(impossible)}.`)
  if (whom.length > 1) {
    const name = customer.kind === 'found' ? customer.customer.name : ''
    return { said: whichPersonCard({ people: whom, question: (person) => grammar.phrase(kind.ofPerson?.(form, person) ?? form, name) }), discreet: true }
  }
  if (doubt !== undefined) return answered(doubtCard({ doubt, ways: waysOf(context, ask, doubt) }))
  if (customer.kind === 'none') return inTheOpen(noCustomerCard(customer.typed, context))
  if (customer.kind === 'choose') return inTheOpen(chooseCard({ choices: customer.choices, question }))
  if (customer.kind === 'found' && kind.ofCustomer !== undefined) return answered(await kind.ofCustomer(context, { form, assumed, customer: customer.customer }))
  if (customer.kind === 'all' && kind.ofAll !== undefined) return answered(await kind.ofAll(context, { form, assumed, customers }))
  return inTheOpen(missingCustomerCard({ example: kind.command.example, choices: customers, question }, context))
}
