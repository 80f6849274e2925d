// "Meetings with …", and "meetings today" over all customers.
import type { Card } from '../adapter/port.ts'
import type { MeetingRow } from '../../api/calendar/model.ts'
import { daysAhead, daysFromToday, daysOf, type Here } from '../parts/days.ts'
import type { AnswerContext, AskedOfAll, AskedOfCustomer, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { rangeWords } from '../understand/rangeWords.ts'
import { agendaCard } from './agendaCard.ts'
import { liesIn, momentsOf, reached, reachesBeyond } from './days.ts'
import type { MeetingsForm } from './forms.ts'
import { byStart } from './meeting.ts'
import { meetingsCard } from './meetingsCard.ts'

/** Of the meetings ahead the first ones, if so many are asked for; of those that are cancelled none is counted. */
function firstOf(count: number | undefined, items: readonly MeetingRow[], here: Here): readonly MeetingRow[] {
  return count === undefined ? items : items.filter((meeting) => !meeting.cancelled && !reached(meeting.start, meeting, here)).slice(0, count)
}
const headOf = (count: number | undefined): string => (count === undefined ? 'Meetings' : count === 1 ? 'Next meeting' : `Next ${String(count)} meetings`)

async function ofCustomer(context: AnswerContext, { customer, form: { range, count }, assumed }: AskedOfCustomer<MeetingsForm>): Promise<Card> {
  const { query, actor } = context
  const days = range === null ? daysAhead(context) : daysOf(range, context, true)
  const about = await query.meetings(actor, customer.id, momentsOf(days))
  const items = firstOf(count, about.items.filter((meeting) => liesIn(days, meeting)).toSorted(byStart), context)
  return meetingsCard({ customer, head: headOf(count), items, days: days.words, beyond: reachesBeyond(days, about), about, assumed }, context)
}

async function ofAll(context: AnswerContext, { customers, form: { range, count }, assumed }: AskedOfAll<MeetingsForm>): Promise<Card> {
  const { query, actor } = context
  const days = range !== null ? daysOf(range, context, true) : count === undefined ? daysFromToday(0, context) : daysAhead(context)
  const about = await query.agenda(actor, momentsOf(days))
  const named = new Map(customers.map((customer) => [customer.id, customer]))
  // A meeting with two customers is one.
  const every = new Map(about.groups.flatMap(({ items }) => items.filter((meeting) => liesIn(days, meeting)).map((meeting) => [meeting.id, meeting])))
  const first = new Set(firstOf(count, [...every.values()].toSorted(byStart), context).map(({ id }) => id))
  const groups = about.groups.flatMap(({ customerId, items }) => {
    const customer = named.get(customerId)
    const inDays = items.filter(({ id }) => first.has(id)).toSorted(byStart)
    // A customer that came a moment ago has no name here yet.
    return customer === undefined || inDays.length === 0 ? [] : [{ customer, items: inDays }]
  })
  groups.sort((a, b) => byStart(a.items[0]!, b.items[0]!))
  return agendaCard({ head: headOf(count), groups, customers: customers.length, days: days.words, about, beyond: reachesBeyond(days, about), assumed }, context)
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
  phrase: ({ range, count }, name) => phraseOf(count === undefined ? 'meetings' : `next ${String(count)} meetings`, name === '' ? null : `with ${name}`, range === null ? null : rangeWords(range)),
  bare: () => ({ kind: 'meetings', range: null }),
  inDays: (_, range): MeetingsForm => ({ kind: 'meetings', range }),
  range: ({ range }) => range,
  ofCustomer,
  ofAll,
}
