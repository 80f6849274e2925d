// Meetings with all customers. Only ever for a private chat.
import type { MeetingRow } from '../../api/calendar/model.ts'
import type { Card } from '../adapter/port.ts'
import { helpButton, openCustomers, type NamedCustomer } from '../parts/buttons.ts'
import { escaped, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { noneIn } from '../parts/freshness.ts'
import { understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'
import { aboutElements, windowLine, type About } from './about.ts'
import { byStart, meetingElements } from './meeting.ts'

const mostOnAgenda = 15

export interface AgendaFacts {
  /** "Meetings", or how many of them. */
  readonly head: string
  /** Customers that have a meeting in these days, each with its meetings in their order. */
  readonly groups: readonly { readonly customer: NamedCustomer; readonly items: readonly MeetingRow[] }[]
  /** Customers that were looked through. */
  readonly customers: number
  readonly days: string
  readonly beyond: boolean
  /** Null without a customer. */
  readonly about: About
  readonly assumed: Assumed
}

/** The answer to "meetings today": grouped by customer. A meeting with two customers stands, and counts, at both. */
export function agendaCard({ head, groups, customers, days, beyond, about, assumed }: AgendaFacts, context: CardContext): Card {
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
    return [textBlock(heading, { weight: 'Bolder', separator: true, spacing: 'Medium' }), ...shown.flatMap((meeting) => meetingElements(meeting, context.times))]
  })
  const unshown = placed.filter(({ shown }) => shown.length === 0).map(({ customer, more }) => `${customer.name} (${String(more)})`)
  const rest = unshown.length > 10 ? ` and ${String(unshown.length - 10)} more customers` : ''
  const none = `No meeting with any of ${String(customers)} ${customers === 1 ? 'customer' : 'customers'} in these days.`
  const nothing = noneIn(about.freshness, none)
  const count = `${String(all)} ${all === 1 ? 'meeting' : 'meetings'} with ${String(groups.length)} of ${String(customers)} customers.`
  return toCard({
    summary: all > 0 ? 'Meetings with customers' : nothing.known ? 'No meetings' : 'Meetings: not known yet',
    body: [
      title(`${head}, ${days}`),
      textBlock(all === 0 ? nothing.text : count),
      ...elements,
      ...(unshown.length > 0 ? [verbatim(`Also with ${unshown.slice(0, 10).join(', ')}${rest}.`, { size: 'Small' })] : []),
      ...(beyond ? [windowLine(about, context.times)] : []),
      understood(null, [head.toLowerCase(), days], assumed),
      ...aboutElements(about, context.times),
    ],
    actions: [openCustomers(context.links), helpButton],
  })
}
