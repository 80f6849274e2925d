// Meetings with customers. Only ever for a private chat.
import type { Card } from '../adapter/port.ts'
import type { MeetingRow, Meetings } from '../../api/model/meeting.ts'
import type { Freshness } from '../../api/model/stream.ts'
import type { Assumed } from '../understand/intent.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, verbatim, type Element } from './card.ts'
import type { Clock } from './clock.ts'
import type { Links } from './deepLink.ts'
import { freshnessLine, noneIn } from './freshness.ts'
import { partyText, senderText, subjectText } from './message.ts'
import { understood } from './understood.ts'

interface Named {
  readonly id: string
  readonly name: string
}

export const byStart = (a: { start: string }, b: { start: string }): number => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)

const mostRows = 10
const mostOnAgenda = 15
const mostPeople = 4

/** The day before a day of the calendar: all-day meetings end with the first day after them. */
const dayBefore = (date: string): string => new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

function timeText({ start, end, allDay }: MeetingRow, clock: Clock): string {
  if (!allDay) return clock.span(start, end)
  const last = end > start ? dayBefore(end) : start
  return `${clock.day(start)}${last > start ? ` – ${clock.day(last)}` : ''}, all day`
}

function peopleText({ attendees, others }: MeetingRow): string {
  const shown = attendees.slice(0, mostPeople).map((party) => party.name ?? partyText(party))
  const more = attendees.length - shown.length + others
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ')
}

/** @param whole with the organiser */
function meetingElements(meeting: MeetingRow, clock: Clock, whole = false): Element[] {
  const time = timeText(meeting, clock)
  const line = (text: string) => textBlock(text, { size: 'Small', spacing: 'Medium' })
  if (meeting.private) return [line(`${time} · Private`)]
  const marks = [...(meeting.cancelled ? ['Cancelled'] : []), ...(meeting.online ? ['online'] : []), ...(meeting.series ? ['series'] : [])]
  const people = peopleText(meeting)
  return [
    line([time, ...marks].join(' · ')),
    verbatim(subjectText(meeting), { weight: 'Bolder', ...(meeting.cancelled ? { strikethrough: true } : {}) }),
    ...(people === '' ? [] : [verbatim(`With: ${people}`, { size: 'Small' })]),
    ...(whole && meeting.organizer !== null ? [verbatim(`Organised by: ${senderText(meeting.organizer)}`, { size: 'Small' })] : []),
  ]
}

function aboutElements(scope: Meetings['scope'], freshness: Freshness, clock: Clock): Element[] {
  return [...(scope === 'own' ? [aside('Only meetings in which you take part.')] : []), aside(escaped(freshnessLine(freshness, clock, true)))]
}
const windowLine = (about: Pick<Meetings, 'from' | 'to'>, clock: Clock) =>
  textBlock(`Outpost reads meetings from ${clock.at(about.from)} to ${clock.at(about.to)}. Nothing is known of other days.`, { size: 'Small' })

type About = Pick<Meetings, 'from' | 'to' | 'scope' | 'freshness'>

const buttons = (customer: Named, question: readonly [string, string], links: Links) => [
  open('Open in Outpost', links.toTab({ view: 'customer', customerId: customer.id, section: 'communications' }, customer.name)),
  ask(question[0], question[1]),
  ask('Last email', `last email from ${customer.name}`),
  ask('Help', 'help'),
]

export interface NextMeetingFacts {
  readonly customer: Named
  readonly next: MeetingRow | null
  /** Those that have begun and not ended. */
  readonly running: readonly MeetingRow[]
  /** Cancelled ones that would have come before `next`. */
  readonly cancelled: readonly MeetingRow[]
  readonly about: About
  readonly assumed: Assumed
}

/** The answer to "next meeting with …". */
export function nextMeetingCard({ customer, next, running, cancelled, about, assumed }: NextMeetingFacts, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const until = clock.at(about.to)
  const nothing = noneIn(about.freshness, `There is none until ${until}.`)
  return toCard({
    summary: `${next === null && nothing.known ? 'No next meeting' : 'Next meeting'} with ${customer.name}${next === null && !nothing.known ? ': not known yet' : ''}`,
    body: [
      title(`Next meeting with ${name}`),
      ...(next === null ? [textBlock(nothing.text)] : meetingElements(next, clock, true)),
      ...(running.length === 0 ? [] : [textBlock('Going on now:', { spacing: 'Medium' })]),
      ...running.slice(0, 2).flatMap((meeting) => meetingElements(meeting, clock)),
      ...(cancelled.length === 0 ? [] : [textBlock('Cancelled before that:', { spacing: 'Medium' })]),
      ...cancelled.slice(0, 2).flatMap((meeting) => meetingElements(meeting, clock)),
      understood(customer.name, ['next meeting', `until ${until}`], assumed),
      ...aboutElements(about.scope, about.freshness, clock),
    ],
    actions: buttons(customer, ['All meetings', `meetings with ${customer.name}`], links),
  })
}

export interface MeetingsFacts {
  readonly customer: Named
  readonly items: readonly MeetingRow[]
  /** The days that were understood, in words. */
  readonly days: string
  /** The days reach beyond what is read. */
  readonly beyond: boolean
  readonly about: About
  readonly assumed: Assumed
}

/** The answer to "meetings with …". */
export function meetingsCard({ customer, items, days, beyond, about, assumed }: MeetingsFacts, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const hidden = items.length - mostRows
  const nothing = noneIn(about.freshness, `No meeting with ${name} in these days.`)
  return toCard({
    summary: `${items.length === 0 && nothing.known ? 'No meetings' : 'Meetings'} with ${customer.name}${items.length === 0 && !nothing.known ? ': not known yet' : ''}`,
    body: [
      title(`Meetings with ${name}`),
      ...(items.length === 0 ? [textBlock(nothing.text)] : []),
      ...items.slice(0, mostRows).flatMap((meeting) => meetingElements(meeting, clock)),
      ...(hidden > 0 ? [textBlock(`The first ${String(mostRows)} of ${String(items.length)}. Outpost shows them all.`, { size: 'Small' })] : []),
      ...(beyond ? [windowLine(about, clock)] : []),
      understood(customer.name, ['meetings', days], assumed),
      ...aboutElements(about.scope, about.freshness, clock),
    ],
    actions: buttons(customer, ['Next meeting', `next meeting with ${customer.name}`], links),
  })
}

export interface AgendaFacts {
  /** Customers that have a meeting in these days, each with its meetings in their order. */
  readonly groups: readonly { readonly customer: Named; readonly items: readonly MeetingRow[] }[]
  /** Customers that were looked through. */
  readonly customers: number
  readonly days: string
  readonly beyond: boolean
  /** Null without a customer. */
  readonly about: About
  readonly assumed: Assumed
}

/** The answer to "meetings today": grouped by customer. A meeting with two customers stands, and counts, at both. */
export function agendaCard({ groups, customers, days, beyond, about, assumed }: AgendaFacts, clock: Clock, links: Links): Card {
  const all = groups.reduce((sum, { items }) => sum + items.length, 0)
  const starts = groups.flatMap(({ items }, index) => items.map(({ start }) => ({ start, index })))
  const soonest = starts.toSorted(byStart).slice(0, mostOnAgenda)
  const placed = groups.map(({ customer, items }, group) => {
    const shown = items.slice(0, soonest.filter(({ index }) => index === group).length)
    return { customer, shown, more: items.length - shown.length }
  })
  const elements = placed.flatMap(({ customer, shown, more }): Element[] => {
    if (shown.length === 0) return []
    const heading = `${escaped(customer.name)}${more > 0 ? ` (${String(more)} more)` : ''}`
    return [textBlock(heading, { weight: 'Bolder', separator: true, spacing: 'Medium' }), ...shown.flatMap((meeting) => meetingElements(meeting, clock))]
  })
  const unshown = placed.filter(({ shown }) => shown.length === 0).map(({ customer, more }) => `${customer.name} (${String(more)})`)
  const rest = unshown.length > 10 ? ` and ${String(unshown.length - 10)} more customers` : ''
  const none = `No meeting with any of ${String(customers)} ${customers === 1 ? 'customer' : 'customers'} in these days.`
  const nothing = noneIn(about.freshness, none)
  const count = `${String(all)} ${all === 1 ? 'meeting' : 'meetings'} with ${String(groups.length)} of ${String(customers)} customers.`
  return toCard({
    summary: all > 0 ? 'Meetings with customers' : nothing.known ? 'No meetings' : 'Meetings: not known yet',
    body: [
      title(`Meetings, ${days}`),
      textBlock(all === 0 ? nothing.text : count),
      ...elements,
      ...(unshown.length > 0 ? [verbatim(`Also with ${unshown.slice(0, 10).join(', ')}${rest}.`, { size: 'Small' })] : []),
      ...(beyond ? [windowLine(about, clock)] : []),
      understood(null, ['meetings', days], assumed),
      ...aboutElements(about.scope, about.freshness, clock),
    ],
    actions: [open('Open in Outpost', links.toTab({ view: 'customers' })), ask('Help', 'help')],
  })
}
