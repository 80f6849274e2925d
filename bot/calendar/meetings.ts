// "Meetings with …", and "meetings today" over all customers.
import type { Card } from '../adapter/port.ts'
import { daysAhead, daysFromToday, daysOf } from '../parts/days.ts'
import type { AnswerContext, AskedOfAll, AskedOfCustomer, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { rangeWords } from '../understand/rangeWords.ts'
import { agendaCard } from './agendaCard.ts'
import { liesIn, momentsOf, reachesBeyond } from './days.ts'
import type { MeetingsForm } from './forms.ts'
import { byStart } from './meeting.ts'
import { meetingsCard } from './meetingsCard.ts'

async function ofCustomer(context: AnswerContext, { customer, form: { range }, assumed }: AskedOfCustomer<MeetingsForm>): Promise<Card> {
  const { query, actor } = context
  const days = range === null ? daysAhead(context) : daysOf(range, context, true)
  const about = await query.meetings(actor, customer.id, momentsOf(days))
  const items = about.items.filter((meeting) => liesIn(days, meeting)).toSorted(byStart)
  return meetingsCard({ customer, items, days: days.words, beyond: reachesBeyond(days, about), about, assumed }, context)
}

async function ofAll(context: AnswerContext, { customers, form: { range }, assumed }: AskedOfAll<MeetingsForm>): Promise<Card> {
  const { query, actor } = context
  const days = range === null ? daysFromToday(0, context) : daysOf(range, context, true)
  const about = await query.agenda(actor, momentsOf(days))
  const named = new Map(customers.map((customer) => [customer.id, customer]))
  const groups = about.groups.flatMap(({ customerId, items }) => {
    const customer = named.get(customerId)
    const inDays = items.filter((meeting) => liesIn(days, meeting)).toSorted(byStart)
    // A customer that came a moment ago has no name here yet.
    return customer === undefined || inDays.length === 0 ? [] : [{ customer, items: inDays }]
  })
  groups.sort((a, b) => byStart(a.items[0]!, b.items[0]!))
  return agendaCard({ groups, customers: customers.length, days: days.words, about, beyond: reachesBeyond(days, about), assumed }, context)
}

export const meetings: QuestionKind<MeetingsForm> = {
  kind: 'meetings',
  command: {
    title: 'meetings today',
    label: 'Meetings today',
    description: 'Today’s meetings with all customers, or with one: “meetings with …… next week”. Answered privately.',
    example: 'meetings with Contoso next week',
  },
  discreet: true,
  phrase: ({ range }, name) => phraseOf('meetings', name === '' ? null : `with ${name}`, range === null ? null : rangeWords(range)),
  bare: () => ({ kind: 'meetings', range: null }),
  inDays: (_, range): MeetingsForm => ({ kind: 'meetings', range }),
  range: ({ range }) => range,
  ofCustomer,
  ofAll,
}
