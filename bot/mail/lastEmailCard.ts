// The newest email with a customer. Only ever for a private chat.
import type { Card } from '../adapter/port.ts'
import type { Communications, MessageRow } from '../../api/model/message.ts'
import type { Assumed } from '../understand/intent.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, verbatim, type Element } from './card.ts'
import type { Clock } from './clock.ts'
import type { Links } from './deepLink.ts'
import { freshnessLine, noneIn } from './freshness.ts'
import { messageElements, subjectText, wayText } from './message.ts'
import { understood } from './understood.ts'

export interface LastEmailFacts {
  readonly customer: { readonly id: string; readonly name: string }
  /** What was asked for: sent by the customer, to it, or either. */
  readonly side: 'in' | 'out' | 'any'
  /** Null when there is none. */
  readonly message: MessageRow | null
  /** There is none of what was asked for, and this is the newest of all. */
  readonly instead?: boolean
  /** A newer message of the other direction, or private: who asks what a customer wrote also wants to know that it was answered. */
  readonly newer: MessageRow | null
  readonly about: Pick<Communications, 'scope' | 'windowDays' | 'freshness'>
  readonly assumed?: Assumed
}

function newerElements(newer: MessageRow, clock: Clock): Element[] {
  const time = clock.at(newer.at)
  if (newer.private) return [aside(`A newer one: ${time} · private`)]
  return [aside(`A newer one, ${wayText(newer).toLowerCase()}: ${time}`), verbatim(subjectText(newer), { size: 'Small' })]
}

function otherText({ direction, private: hidden }: MessageRow, side: LastEmailFacts['side']): string {
  if (hidden) return 'is private'
  return direction === side ? 'was sent by somebody else' : 'goes the other way'
}

const asked = { in: 'last email from them', out: 'last email to them', any: 'last email' } as const

/** The answer to "last email from …", with what was understood, whose mail it covers and how fresh it is. */
export function lastEmailCard({ customer, side, message, instead = false, newer, about, assumed = null }: LastEmailFacts, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const window = `last ${String(about.windowDays)} days`
  const way = { in: `from ${name}`, out: `to ${name}`, any: `with ${name}` }
  const none = `No email ${way[side]} in the ${window}`
  const nothing = noneIn(about.freshness, `${none}.`)
  return toCard({
    summary: message === null ? (nothing.known ? `No email with ${customer.name} in the ${window}` : `Email with ${customer.name}: not known yet`) : `Last email with ${customer.name}`,
    body: [
      title(`Last email ${way[side]}`),
      ...(message === null ? [textBlock(nothing.text)] : []),
      ...(message !== null && instead ? [textBlock(`${none}, private mail apart. The newest one ${otherText(message, side)}:`)] : []),
      ...(message === null ? [] : messageElements(message, clock)),
      ...(newer === null ? [] : newerElements(newer, clock)),
      understood(customer.name, [asked[side], window], assumed),
      ...(about.scope === 'own' ? [aside('Only mail in which you take part.')] : []),
      aside(escaped(freshnessLine(about.freshness, clock, true))),
    ],
    actions: [
      open('Open in Outpost', links.toTab({ view: 'customer', customerId: customer.id, section: 'communications' }, customer.name)),
      ask('Next meeting', `next meeting with ${customer.name}`),
      ask(`MFA at ${customer.name}`, `mfa ${customer.name}`),
      ask('Help', 'help'),
    ],
  })
}
