// Meetings with a customer. Only ever for a private chat.
import type { MeetingRow } from '../../api/calendar/model.ts'
import type { Card } from '../adapter/port.ts'
import type { NamedCustomer } from '../parts/buttons.ts'
import { escaped, textBlock, title, toCard, type CardContext } from '../parts/card.ts'
import { noneIn } from '../parts/freshness.ts'
import { understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'
import { aboutElements, meetingButtons, windowLine, type About } from './about.ts'
import { meetingElements } from './meeting.ts'

const mostRows = 10

export interface MeetingsFacts {
  readonly customer: NamedCustomer
  /** "Meetings", or how many of them. */
  readonly head: string
  readonly items: readonly MeetingRow[]
  /** The days that were understood, in words. */
  readonly days: string
  /** The days reach beyond what is read. */
  readonly beyond: boolean
  readonly about: About
  readonly assumed: Assumed
}

/** The answer to "meetings with …". */
export function meetingsCard({ customer, head, items, days, beyond, about, assumed }: MeetingsFacts, context: CardContext): Card {
  const name = escaped(customer.name)
  const hidden = items.length - mostRows
  const nothing = noneIn(about.freshness, `No meeting with ${name} in these days.`)
  return toCard({
    summary: `${items.length === 0 && nothing.known ? 'No meetings' : 'Meetings'} with ${customer.name}${items.length === 0 && !nothing.known ? ': not known yet' : ''}`,
    body: [
      title(`${head} with ${name}`),
      ...(items.length === 0 ? [textBlock(nothing.text)] : []),
      ...items.slice(0, mostRows).flatMap((meeting) => meetingElements(meeting, context.times)),
      ...(hidden > 0 ? [textBlock(`The first ${String(mostRows)} of ${String(items.length)}. Outpost shows them all.`, { size: 'Small' })] : []),
      ...(beyond ? [windowLine(about, context.times)] : []),
      understood(customer.name, [head.toLowerCase(), days], assumed),
      ...aboutElements(about, context.times),
    ],
    actions: meetingButtons(customer, ['Next meeting', `next meeting with ${customer.name}`], context.links),
  })
}
