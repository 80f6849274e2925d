// "Last email from …".
import type { Card } from '../adapter/port.ts'
import type { AnswerContext, AskedOfCustomer, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { sideFrom, type EmailsForm, type LastEmailForm } from './forms.ts'
import { lastEmailCard } from './lastEmailCard.ts'
import { narrowed, ofPerson, toWhom } from './narrowed.ts'
import { newestMessages, oldestMessage } from './newestMessages.ts'

async function answer(context: AnswerContext, { customer, form: { side, person, oldest }, assumed }: AskedOfCustomer<LastEmailForm>): Promise<Card> {
  if (oldest === true) {
    const { message, about } = await oldestMessage(context, { customer, side, filter: { ...(side === 'any' ? {} : { direction: side }), ...ofPerson(side, person) } })
    return lastEmailCard({ customer, side, person: person?.address ?? null, message, newer: null, about, assumed, oldest }, context)
  }
  // Not filtered by direction: whoever asks what a customer wrote also wants to know of anything newer, private mail included.
  const { items, about } = await newestMessages(context, { customer, side, most: 1, filter: ofPerson(person?.ours === true ? side : 'any', person) })
  const newest = about.items[0] ?? null
  const message = items[0] ?? newest
  const newer = message?.id === newest?.id ? null : newest
  return lastEmailCard({ customer, side, person: person?.address ?? null, message, instead: items.length === 0, newer, about, assumed }, context)
}

export const lastEmail: QuestionKind<LastEmailForm> = {
  kind: 'lastEmail',
  command: {
    title: 'last email from',
    label: 'Last email',
    description: 'The newest email from a customer. In a channel the answer is written to you privately.',
    example: 'last email from Contoso',
    leads: true,
  },
  offer: { label: 'Last email', form: { kind: 'lastEmail', side: 'in', person: null } },
  discreet: true,
  phrase: ({ side, person, oldest }, name) => phraseOf(oldest === true ? 'oldest email' : 'last email', ...toWhom(side, person, name)),
  detail: ({ side }) => side,
  bare: (detail) => ({ kind: 'lastEmail', side: sideFrom(detail), person: null }),
  inDays: ({ side, person }, range): EmailsForm => ({ kind: 'emails', side, words: [], range, person }),
  narrowed,
  ofPerson: (form, { address, customerId }): LastEmailForm => ({ ...form, person: { address, ours: customerId === null } }),
  ofCustomer: answer,
}
