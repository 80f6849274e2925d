// The next meeting with a customer. Only ever for a private chat.
import type { MeetingRow } from '../../api/calendar/model.ts'
import type { Card } from '../adapter/port.ts'
import type { NamedCustomer } from '../parts/buttons.ts'
import { escaped, textBlock, title, toCard, type CardContext } from '../parts/card.ts'
import { noneIn } from '../parts/freshness.ts'
import { understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'
import { aboutElements, meetingButtons, type About } from './about.ts'
import { meetingElements } from './meeting.ts'

export interface NextMeetingFacts {
  readonly customer: NamedCustomer
  readonly next: MeetingRow | null
  /** Those that have begun and not ended. */
  readonly running: readonly MeetingRow[]
  /** Cancelled ones that would have come before `next`. */
  readonly cancelled: readonly MeetingRow[]
  readonly about: About
  readonly assumed: Assumed
}

/** The answer to "next meeting with …". */
export function nextMeetingCard({ customer, next, running, cancelled, about, assumed }: NextMeetingFacts, context: CardContext): Card {
  const name = escaped(customer.name)
  const until = context.times.at(about.to)
  const nothing = noneIn(about.freshness, `There is none until ${until}.`)
  return toCard({
    summary: `${next === null && nothing.known ? 'No next meeting' : 'Next meeting'} with ${customer.name}${next === null && !nothing.known ? ': not known yet' : ''}`,
    body: [
      title(`Next meeting with ${name}`),
      ...(next === null ? [textBlock(nothing.text)] : meetingElements(next, context.times, true)),
      ...(running.length === 0 ? [] : [textBlock('Going on now:', { spacing: 'Medium' })]),
      ...running.slice(0, 2).flatMap((meeting) => meetingElements(meeting, context.times)),
      ...(cancelled.length === 0 ? [] : [textBlock('Cancelled before that:', { spacing: 'Medium' })]),
      ...cancelled.slice(0, 2).flatMap((meeting) => meetingElements(meeting, context.times)),
      understood(customer.name, ['next meeting', `until ${until}`], assumed),
      ...aboutElements(about, context.times),
    ],
    actions: meetingButtons(customer, ['All meetings', `meetings with ${customer.name}`], context.links),
  })
}
