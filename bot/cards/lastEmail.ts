// The newest email with a customer. Only ever for a private chat.
import type { Card } from '../adapter/port.ts'
import type { Communications, MessageRow, Party, Sender } from '../../api/model/message.ts'
import { aside, ask, escaped, harmless, open, textBlock, title, toCard, verbatim, type Element } from './card.ts'
import type { Clock } from './clock.ts'
import type { Links } from './deepLink.ts'
import { freshnessLine } from './freshness.ts'

export interface LastEmailFacts {
  readonly customer: { readonly id: string; readonly name: string }
  /** What was asked for: sent by the customer, to it, or either. */
  readonly side: 'in' | 'out' | 'any'
  /** Null when there is none. May be of the other side when there is none of the one asked for. */
  readonly message: MessageRow | null
  /** A newer message of the other direction: who asks what a customer wrote also wants to know that it was answered. */
  readonly newer: MessageRow | null
  readonly about: Pick<Communications, 'scope' | 'windowDays' | 'freshness'>
}

const partyText = ({ name, address }: Party): string => (name === null ? address : `${name} <${address}>`)

function senderText(from: Sender): string {
  if (from === null) return 'unknown sender'
  return from.side === 'outside' ? `somebody at ${from.domain}` : partyText(from)
}

function recipientsText({ to, cc, others }: MessageRow): string {
  const known = [...to, ...cc]
  const shown = known.slice(0, 3).map(partyText)
  const more = known.length - shown.length + others
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ')
}

const subjectText = ({ subject }: MessageRow): string => (subject === null || harmless(subject) === '' ? '(no subject)' : subject)

function messageElements(message: MessageRow, name: string, clock: Clock): Element[] {
  const time = clock.at(message.at)
  if (message.private) return [textBlock(`${time} · private`), aside('The sender marked it private or confidential, so nothing else is shown.')]
  const recipients = recipientsText(message)
  return [
    textBlock(`${message.direction === 'in' ? `Received from ${name}` : `Sent to ${name}`} · ${time}`),
    verbatim(`From: ${senderText(message.from)}`),
    ...(recipients === '' ? [] : [verbatim(`To: ${recipients}`)]),
    verbatim(subjectText(message), { weight: 'Bolder' }),
    ...(message.preview === null || message.preview === '' ? [] : [verbatim(message.preview, { isSubtle: true })]),
    ...(message.hasAttachments ? [aside('Has attachments.')] : []),
  ]
}

function newerElements(newer: MessageRow, name: string, clock: Clock): Element[] {
  const way = newer.direction === 'in' ? `from ${name}` : `to ${name}`
  const line = aside(`A newer one, ${way}: ${clock.at(newer.at)}${newer.private ? ' · private' : ''}`)
  return newer.private ? [line] : [line, verbatim(subjectText(newer), { size: 'Small' })]
}

const asked = { in: 'last email from them', out: 'last email to them', any: 'last email' } as const

/** The answer to "last email from …", with what was understood, whose mail it covers and how fresh it is. */
export function lastEmailCard({ customer, side, message, newer, about }: LastEmailFacts, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const window = `last ${String(about.windowDays)} days`
  const other = message !== null && side !== 'any' && message.direction !== side
  const way = { in: `from ${name}`, out: `to ${name}`, any: `with ${name}` }
  const none = `No email ${way[side]} in the ${window}.`
  return toCard({
    summary: message === null ? `No email with ${customer.name} in the ${window}` : `Last email with ${customer.name}`,
    body: [
      title(`Last email ${way[side]}`),
      ...(message === null ? [textBlock(none)] : []),
      ...(message !== null && other ? [textBlock(`${none} The newest one goes the other way:`)] : []),
      ...(message === null ? [] : messageElements(message, name, clock)),
      ...(newer === null ? [] : newerElements(newer, name, clock)),
      aside(`${name} · ${asked[side]} · ${window}`),
      ...(about.scope === 'own' ? [aside('Only mail in which you take part.')] : []),
      aside(escaped(freshnessLine(about.freshness, clock, true))),
    ],
    actions: [
      open('Open in Outpost', links.toTab({ view: 'customer', customerId: customer.id, section: 'communications' }, customer.name)),
      ask(`MFA at ${customer.name}`, `mfa ${customer.name}`),
      ask('Help', 'help'),
    ],
  })
}
