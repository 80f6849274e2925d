// "Emails about … from … last week".
import type { Card } from '../adapter/port.ts'
import { daysOf } from '../parts/days.ts'
import type { AnswerContext, AskedOfCustomer, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { emailsCard } from './emailsCard.ts'
import { sideFrom, wayOf, type EmailsForm } from './forms.ts'
import { newestMessages } from './newestMessages.ts'

const mostShown = 5
const dayMs = 86_400_000

async function answer(context: AnswerContext, { customer, form: { side, words, range }, assumed }: AskedOfCustomer<EmailsForm>): Promise<Card> {
  const days = range === null ? null : daysOf(range, context, false)
  const filter = {
    ...(side === 'any' ? {} : { direction: side }),
    ...(words.length === 0 ? {} : { words: [...words] }),
    ...(days === null ? {} : { from: days.from, to: days.to }),
  }
  const { items, more, about } = await newestMessages(context, { customer, side, most: mostShown, filter })
  const beyond = days !== null && days.from.getTime() < context.now.getTime() - about.windowDays * dayMs
  return emailsCard({ customer, side, words, days: days?.words ?? null, beyond, found: { ...about, items, more }, assumed }, context)
}

export const emails: QuestionKind<EmailsForm> = {
  kind: 'emails',
  command: {
    title: 'emails from',
    description: 'Up to 5 emails: from, to or with a customer, about some words, last week, since Monday, on a date.',
    example: 'emails about invoice with Contoso since Monday',
  },
  discreet: true,
  phrase: ({ side, words, range }, name) => phraseOf('emails', words.length === 0 ? null : `about ${words.join(' ')}`, wayOf[side], name, range?.text),
  detail: ({ side }) => side,
  bare: (detail) => ({ kind: 'emails', side: sideFrom(detail), words: [], range: null }),
  inDays: ({ side }, range): EmailsForm => ({ kind: 'emails', side, words: [], range }),
  ofCustomer: answer,
}
