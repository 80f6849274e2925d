// Who wrote last. Only ever for a private chat.
import type { MessageList, MessageRow } from '../../api/mail/model.ts'
import type { Card } from '../adapter/port.ts'
import type { NamedCustomer } from '../parts/buttons.ts'
import { aside, escaped, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { noneIn } from '../parts/freshness.ts'
import type { LocalTimes } from '../parts/localTimes.ts'
import { subjectText } from '../parts/people.ts'
import { understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'
import { aboutElements, mailButtons } from './about.ts'
import { writerText } from './message.ts'

export interface WhoEmailedFacts {
  readonly customer: NamedCustomer
  /** in: who at the customer. out: who at the MSP. */
  readonly side: 'in' | 'out'
  /** The newest that is not private; null when there is none. */
  readonly message: MessageRow | null
  readonly about: Pick<MessageList, 'scope' | 'windowDays' | 'freshness'>
  readonly assumed: Assumed
}

function writerElements(message: MessageRow, times: LocalTimes): Element[] {
  return [
    verbatim(`${writerText(message)} wrote last`, { weight: 'Bolder' }),
    textBlock(times.at(message.at), { size: 'Small', spacing: 'Small' }),
    verbatim(subjectText(message)),
  ]
}

/** The answer to "who emailed … last". */
export function whoEmailedCard({ customer, side, message, about, assumed }: WhoEmailedFacts, context: CardContext): Card {
  const name = escaped(customer.name)
  const window = `last ${String(about.windowDays)} days`
  const who = side === 'in' ? `Who wrote last at ${name}` : `Who wrote to ${name} last`
  const way = side === 'in' ? `from ${name}` : `to ${name}`
  return toCard({
    summary: `${side === 'in' ? 'Who wrote last at' : 'Who wrote last to'} ${customer.name}`,
    body: [
      title(who),
      ...(message === null ? [textBlock(noneIn(about.freshness, `No email ${way} in the ${window}.`).text)] : writerElements(message, context.times)),
      aside('Private mail is left out: who wrote it is not kept.'),
      understood(customer.name, [side === 'in' ? 'who of them wrote last' : 'who of your people wrote to them last', window], assumed),
      ...aboutElements(about, context.times),
    ],
    actions: mailButtons(customer, context.links),
  })
}
