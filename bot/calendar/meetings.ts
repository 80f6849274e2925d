// Meetings with one customer, and over all of them.
import type { Actor } from '../../api/model/actor.ts'
import type { MeetingRow, Meetings } from '../../api/model/meeting.ts'
import type { Query } from '../../api/query/query.ts'
import type { Card } from '../adapter/port.ts'
import type { Clock } from '../cards/clock.ts'
import type { Links } from '../cards/deepLink.ts'
import { agendaCard, byStart, meetingsCard, nextMeetingCard } from '../cards/meetings.ts'
import type { Assumed } from '../understand/intent.ts'
import type { Range } from '../understand/range.ts'
import type { Candidate } from '../understand/resolve.ts'
import { daysFromToday, daysOf, liesIn, type Days } from './days.ts'
import { dateText, dayOf } from './period.ts'

/** As far ahead as meetings are read. */
const aheadDays = 14

export interface MeetingPorts {
  readonly query: Pick<Query, 'meetings' | 'agenda'>
  readonly links: Links
  readonly clock: Clock
  readonly now: Date
}

/** An all-day meeting lies on a date and not at moments; it meets the moments of its date in any zone. */
const momentsOf = ({ from, to }: Days) => ({ from, to })
const beyond = (days: Days, { from, to }: Pick<Meetings, 'from' | 'to'>): boolean =>
  days.from.getTime() < Date.parse(from) - 86_400_000 || days.to.getTime() > Date.parse(to) + 86_400_000

export async function nextMeetingAnswer({ query, links, clock, now }: MeetingPorts, actor: Actor, customer: Candidate, assumed: Assumed): Promise<Card> {
  const about = await query.meetings(actor, customer.id, momentsOf(daysFromToday(aheadDays, clock, now)))
  const today = dateText(dayOf(now, clock.zone))
  const begun = ({ start, allDay }: MeetingRow) => (allDay ? start.slice(0, 10) <= today : Date.parse(start) <= now.getTime())
  const over = ({ end, allDay }: MeetingRow) => (allDay ? end.slice(0, 10) <= today : Date.parse(end) <= now.getTime())
  const items = about.items.filter((meeting) => !over(meeting)).toSorted(byStart)
  const next = items.find((meeting) => !begun(meeting) && !meeting.cancelled) ?? null
  return nextMeetingCard(
    {
      customer, next, about, assumed,
      running: items.filter((meeting) => begun(meeting) && !meeting.cancelled),
      cancelled: items.filter((meeting) => meeting.cancelled && !begun(meeting) && (next === null || meeting.start < next.start)),
    },
    clock,
    links,
  )
}

export async function meetingsAnswer(
  { query, links, clock, now }: MeetingPorts,
  actor: Actor,
  customer: Candidate,
  range: Range | null,
  assumed: Assumed,
): Promise<Card> {
  const days = range === null ? daysFromToday(aheadDays, clock, now) : daysOf(range, clock, now, true)
  const about = await query.meetings(actor, customer.id, momentsOf(days))
  const items = about.items.filter((meeting) => liesIn(days, meeting)).toSorted(byStart)
  return meetingsCard({ customer, items, days: days.words, beyond: beyond(days, about), about, assumed }, clock, links)
}

export async function agendaAnswer(
  { query, links, clock, now }: MeetingPorts,
  actor: Actor,
  customers: readonly Candidate[],
  range: Range | null,
  assumed: Assumed,
): Promise<Card> {
  const days = range === null ? daysFromToday(0, clock, now) : daysOf(range, clock, now, true)
  const about = await query.agenda(actor, momentsOf(days))
  const named = new Map(customers.map((customer) => [customer.id, customer]))
  const groups = about.groups.flatMap(({ customerId, items }) => {
    const customer = named.get(customerId)
    const inDays = items.filter((meeting) => liesIn(days, meeting)).toSorted(byStart)
    // A customer that came a moment ago has no name here yet.
    return customer === undefined || inDays.length === 0 ? [] : [{ customer, items: inDays }]
  })
  groups.sort((a, b) => byStart(a.items[0]!, b.items[0]!))
  return agendaCard({ groups, customers: customers.length, days: days.words, about, beyond: beyond(days, about), assumed }, clock, links)
}
