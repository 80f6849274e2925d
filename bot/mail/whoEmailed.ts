// "Who emailed … last".
import type { Card } from '../adapter/port.ts'
import type { AnswerContext, AskedOfCustomer, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import type { WhoEmailedForm } from './forms.ts'
import { newestMessages } from './newestMessages.ts'
import { whoEmailedCard } from './whoEmailedCard.ts'

async function answer(context: AnswerContext, { customer, form: { side }, assumed }: AskedOfCustomer<WhoEmailedForm>): Promise<Card> {
  const { items, about } = await newestMessages(context, { customer, side, most: 1, filter: { direction: side } })
  return whoEmailedCard({ customer, side, message: items[0] ?? null, about, assumed }, context)
}

export const whoEmailed: QuestionKind<WhoEmailedForm> = {
  kind: 'whoEmailed',
  command: {
    title: 'who emailed last at',
    label: 'Who emailed last',
    description: 'Who at a customer wrote last. “who emailed …… last” tells who of your people did.',
    example: 'who emailed last at Contoso',
  },
  discreet: true,
  phrase: ({ side }, name) => (side === 'in' ? phraseOf('who emailed last at', name) : phraseOf('who emailed', name, 'last')),
  detail: ({ side }) => side,
  bare: (detail) => ({ kind: 'whoEmailed', side: detail === 'in' ? 'in' : 'out' }),
  ofCustomer: answer,
}
