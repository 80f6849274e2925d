// Meetings with one customer, and over all of them.
import { AppError } from '../../api/errors.ts'
import type { Actor } from '../../api/model/actor.ts'
import type { MeetingRow, Meetings } from '../../api/model/meeting.ts'
import type { Query } from '../../api/query/query.ts'
import type { Card } from '../adapter/port.ts'
import type { Clock } from '../cards/clock.ts'
import type { Links } from '../cards/deepLink.ts'
import { agendaCard, meetingsCard, nextMeetingCard } from '../cards/meetings.ts'
import type { Assumed } from '../understand/intent.ts'
import type { Range } from '../understand/range.ts'
import type { Candidate } from '../understand/resolve.ts'
import { daysFromToday, daysOf, liesIn, widened, type Days } from './days.ts'
import { dateText, dayOf } from './period.ts'

/** As far ahead as meetings are read. */
const aheadDays = 14
/** Customers asked about at once. */
const abreast = 8

export interface MeetingPorts {
  readonly query: Pick<Query, 'meetings'>
  readonly links: Links
  readonly clock: Clock
  readonly now: Date
}

const byStart = (a: MeetingRow, b: MeetingRow): number => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)
const beyond = (days: Days, { from, to }: Meetings): boolean =>
  days.from.getTime() < Date.parse(from) - 86_400_000 || days.to.getTime() > Date.parse(to) + 86_400_000

export async function nextMeetingAnswer({ query, links, clock, now }: MeetingPorts, actor: Actor, customer: Candidate, assumed: Assumed): Promise<Card> {
  const about = await query.meetings(actor, customer.id, widened(daysFromToday(aheadDays, clock, now)))
  const today = dateText(dayOf(now, clock.zone))
  const begun = ({ start, allDay }: MeetingRow) => (allDay ? start.slice(0, 10) <= today : Date.parse(start) <= now.getTime())
  const over = ({ end, allDay }: MeetingRow) => (allDay ? end.slice(0, 10) <= today : Date.parse(end) <= now.getTime())
  const items = about.items.filter((meeting) => !over(meeting)).toSorted(byStart)
  const next = items.find((meeting) => !begun(meeting) && !meeting.cancelled) ?? null
  return nextMeetingCard(
    {
      customer, next, about, assumed,
      running: items.filter((meeting) => begun(meeting) && !meeting.cancelled),
      // Nothing of a private meeting but its time is told, so that it was cancelled is not told either.
      cancelled: items.filter((meeting) => meeting.cancelled && !meeting.private && !begun(meeting) && (next === null || meeting.start < next.start)),
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
  const about = await query.meetings(actor, customer.id, widened(days))
  const items = about.items.filter((meeting) => liesIn(days, meeting)).toSorted(byStart)
  return meetingsCard({ customer, items, days: days.words, beyond: beyond(days, about), about, assumed }, clock, links)
}

/** A customer that was archived a moment ago has no meetings any more. */
async function meetingsOf(query: MeetingPorts['query'], actor: Actor, { id }: Candidate, days: Days): Promise<Meetings | null> {
  try {
    return await query.meetings(actor, id, widened(days))
  } catch (error) {
    if (error instanceof AppError && error.code === 'notFound') return null
    throw error
  }
}

export async function agendaAnswer(
  { query, links, clock, now }: MeetingPorts,
  actor: Actor,
  customers: readonly Candidate[],
  range: Range | null,
  assumed: Assumed,
): Promise<Card> {
  const days = range === null ? daysFromToday(0, clock, now) : daysOf(range, clock, now, true)
  const found: { customer: Candidate; about: Meetings; items: MeetingRow[] }[] = []
  for (let start = 0; start < customers.length; start += abreast) {
    const some = customers.slice(start, start + abreast)
    const abouts = await Promise.all(some.map((customer) => meetingsOf(query, actor, customer, days)))
    for (const [index, customer] of some.entries()) {
      const about = abouts[index]
      if (about) found.push({ customer, about, items: about.items.filter((meeting) => liesIn(days, meeting)).toSorted(byStart) })
    }
  }
  // All of them rest on the same calendars, so the worst one speaks for all.
  const [worst] = found.map(({ about }) => about).sort((a, b) => a.freshness.current - a.freshness.of - (b.freshness.current - b.freshness.of))
  const groups = found.filter(({ items }) => items.length > 0).sort((a, b) => byStart(a.items[0]!, b.items[0]!))
  const facts = { groups, customers: found.length, days: days.words, about: worst ?? null, beyond: worst !== undefined && beyond(days, worst), assumed }
  return agendaCard(facts, clock, links)
}
