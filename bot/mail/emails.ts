// "Emails about … from … last week".
import type { Card } from '../adapter/port.ts'
import { daysOf } from '../parts/days.ts'
import type { AnswerContext, AskedOfCustomer, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { rangeWords } from '../understand/rangeWords.ts'
import { emailsCard } from './emailsCard.ts'
import { sideFrom, type EmailsForm } from './forms.ts'
import { narrowed, ofPerson, toWhom } from './narrowed.ts'
import { newestMessages } from './newestMessages.ts'

const usuallyShown = 5
const mostShown = 10
const dayMs = 86_400_000

/** What is looked for is found inside of words, so one invoice is found by "invoices". */
const singular = (word: string): string => (/[^siu]s$/.test(word) && word.length > 4 ? word.slice(0, -1) : word)

async function answer(context: AnswerContext, { customer, form: { side, words, range, person, count = usuallyShown }, assumed }: AskedOfCustomer<EmailsForm>): Promise<Card> {
  const days = range === null ? null : daysOf(range, context, false)
  const filter = {
    ...(side === 'any' ? {} : { direction: side }),
    ...(words.length === 0 ? {} : { words: words.map(singular) }),
    ...(days?.from == null ? {} : { from: days.from }),
    ...(days?.to == null ? {} : { to: days.to }),
    ...ofPerson(side, person),
  }
  const { items, more, about } = await newestMessages(context, { customer, side, most: Math.min(count, mostShown), filter })
  const beyond = days !== null && (days.from?.getTime() ?? -Infinity) < context.now.getTime() - about.windowDays * dayMs
  return emailsCard({ customer, side, person: person?.address ?? null, words, days: days?.words ?? null, beyond, found: { ...about, items, more }, assumed }, context)
}

export const emails: QuestionKind<EmailsForm> = {
  kind: 'emails',
  command: {
    title: 'emails from',
    label: 'Emails',
    description: 'Emails: from, to or with a customer, about some words, last week, since Monday, on a date.',
    example: 'emails about invoice with Contoso since Monday',
  },
  discreet: true,
  phrase: ({ side, words, range, person, count }, name) => phraseOf(count === undefined ? 'emails' : `last ${String(count)} emails`, words.length === 0 ? null : `about ${words.join(' ')}`, ...toWhom(side, person, name), range === null ? null : rangeWords(range)),
  detail: ({ side }) => side,
  bare: (detail) => ({ kind: 'emails', side: sideFrom(detail), words: [], range: null, person: null }),
  inDays: (form, range): EmailsForm => ({ ...form, range }),
  range: ({ range }) => range,
  narrowed,
  ofPerson: (form, { address, customerId }): EmailsForm => ({ ...form, person: { address, ours: customerId === null } }),
  ofCustomer: answer,
}
