// The newest email with a customer. Only ever for a private chat.
import type { MessageList, MessageRow } from '../../api/mail/model.ts'
import type { Card } from '../adapter/port.ts'
import type { NamedCustomer } from '../parts/buttons.ts'
import { aside, ask, escaped, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { noneIn } from '../parts/freshness.ts'
import type { LocalTimes } from '../parts/localTimes.ts'
import { subjectText } from '../parts/people.ts'
import { personText, understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'
import { aboutElements, mailButtons } from './about.ts'
import { wayOf, type Side } from './forms.ts'
import { messageElements, wayText } from './message.ts'

export interface LastEmailFacts {
  readonly customer: NamedCustomer
  /** What was asked for: sent by the customer, to it, or either. */
  readonly side: Side
  /** The address of somebody; null for everybody. */
  readonly person?: string | null
  /** Null when there is none. */
  readonly message: MessageRow | null
  /** There is none of what was asked for, and this is the newest of all. */
  readonly instead?: boolean
  /** A newer message of the other direction, or private: who asks what a customer wrote also wants to know that it was answered. */
  readonly newer: MessageRow | null
  /** It is the oldest of what is kept. */
  readonly oldest?: boolean
  readonly about: Pick<MessageList, 'scope' | 'windowDays' | 'freshness'>
  readonly assumed?: Assumed
}

function newerElements(newer: MessageRow, times: LocalTimes): Element[] {
  const time = times.at(newer.at)
  if (newer.private) return [aside(`A newer one: ${time} · private`)]
  return [aside(`A newer one, ${wayText(newer).toLowerCase()}: ${time}`), verbatim(subjectText(newer), { size: 'Small' })]
}

function otherText({ direction, private: hidden }: MessageRow, side: Side): string {
  if (hidden) return 'is private'
  return direction === side ? 'was sent by somebody else' : 'goes the other way'
}

const asked = { in: 'email from them', out: 'email to them', any: 'email' } as const

/** The answer to "last email from …", with what was understood, whose mail it covers and how fresh it is. */
export function lastEmailCard({ customer, side, person = null, message, instead = false, newer, about, assumed = null, oldest = false }: LastEmailFacts, context: CardContext): Card {
  const name = escaped(customer.name)
  const window = `last ${String(about.windowDays)} days`
  const way = `${wayOf[side]} ${name}`
  const which = oldest ? 'Oldest' : 'Last'
  const none = `No email ${way} in the ${window}`
  const nothing = noneIn(about.freshness, `${none}.`)
  return toCard({
    summary: message === null ? (nothing.known ? `No email with ${customer.name} in the ${window}` : `Email with ${customer.name}: not known yet`) : `${which} email with ${customer.name}`,
    body: [
      title(`${which} email ${way}`),
      ...(message === null ? [textBlock(nothing.text)] : []),
      ...(message !== null && instead ? [textBlock(`${none}, private mail apart. The newest one ${otherText(message, side)}:`)] : []),
      ...(message === null ? [] : messageElements(message, context.times)),
      ...(newer === null ? [] : newerElements(newer, context.times)),
      ...(oldest ? [aside(`Outpost keeps mail for ${String(about.windowDays)} days, and knows nothing of older mail.${side === 'any' ? '' : ' Private mail is left out: which way it went is not kept.'}`)] : []),
      understood(customer.name, [`${which.toLowerCase()} ${asked[side]}`, ...(person === null ? [] : [personText(side, person)]), window], assumed),
      ...aboutElements(about, context.times),
    ],
    actions: mailButtons(customer, context.links, ask(`MFA at ${customer.name}`, `mfa ${customer.name}`)),
  })
}
