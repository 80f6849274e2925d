// The newest email with a customer. Only ever for a private chat.
import type { Card } from '../adapter/port.ts'
import type { Communications, MessageRow } from '../../api/model/message.ts'
import type { Assumed } from '../understand/intent.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, verbatim, type Element } from './card.ts'
import type { Clock } from './clock.ts'
import type { Links } from './deepLink.ts'
import { freshnessLine } from './freshness.ts'
import { messageElements, subjectText } from './message.ts'
import { understood } from './understood.ts'

export interface LastEmailFacts {
  readonly customer: { readonly id: string; readonly name: string }
  /** What was asked for: sent by the customer, to it, or either. */
  readonly side: 'in' | 'out' | 'any'
  /** Null when there is none. May be of the other side, or private, when there is none of the one asked for. */
  readonly message: MessageRow | null
  /** A newer message of the other direction, or private: who asks what a customer wrote also wants to know that it was answered. */
  readonly newer: MessageRow | null
  readonly about: Pick<Communications, 'scope' | 'windowDays' | 'freshness'>
  readonly assumed?: Assumed
}

function newerElements(newer: MessageRow, name: string, clock: Clock): Element[] {
  const time = clock.at(newer.at)
  if (newer.private) return [aside(`A newer one: ${time} · private`)]
  return [aside(`A newer one, ${newer.direction === 'in' ? `from ${name}` : `to ${name}`}: ${time}`), verbatim(subjectText(newer), { size: 'Small' })]
}

const asked = { in: 'last email from them', out: 'last email to them', any: 'last email' } as const

/** The answer to "last email from …", with what was understood, whose mail it covers and how fresh it is. */
export function lastEmailCard({ customer, side, message, newer, about, assumed = null }: LastEmailFacts, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const window = `last ${String(about.windowDays)} days`
  const other = message !== null && side !== 'any' && message.direction !== side
  const way = { in: `from ${name}`, out: `to ${name}`, any: `with ${name}` }
  const none = `No email ${way[side]} in the ${window}`
  return toCard({
    summary: message === null ? `No email with ${customer.name} in the ${window}` : `Last email with ${customer.name}`,
    body: [
      title(`Last email ${way[side]}`),
      ...(message === null ? [textBlock(`${none}.`)] : []),
      ...(other ? [textBlock(`${none}, private mail apart. The newest one ${message.private ? 'is private' : 'goes the other way'}:`)] : []),
      ...(message === null ? [] : messageElements(message, name, clock)),
      ...(newer === null ? [] : newerElements(newer, name, clock)),
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
