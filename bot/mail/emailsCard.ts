// Several emails with a customer, and who wrote last. Only ever for a private chat.
import type { Card } from '../adapter/port.ts'
import type { Communications, MessageRow } from '../../api/model/message.ts'
import type { Assumed, Side } from '../understand/intent.ts'
import { aside, ask, escaped, open, textBlock, title, toCard, verbatim, type Action, type Element } from './card.ts'
import type { Clock } from './clock.ts'
import type { Links } from './deepLink.ts'
import { freshnessLine, noneIn } from './freshness.ts'
import { subjectText, wayText, writerText } from './message.ts'
import { understood } from './understood.ts'

interface Named {
  readonly id: string
  readonly name: string
}

export interface EmailsFacts {
  readonly customer: Named
  readonly side: Side
  readonly words: readonly string[]
  /** The days that were understood, in words; null for the whole window. */
  readonly days: string | null
  /** The days begin before mail is kept. */
  readonly beyond: boolean
  /** The newest ones, and whether there are more. */
  readonly found: Pick<Communications, 'items' | 'scope' | 'windowDays' | 'freshness'> & { readonly more: boolean }
  readonly assumed: Assumed
}

const way = { in: 'from', out: 'to', any: 'with' } as const
const asked = { in: 'emails from them', out: 'emails to them', any: 'emails' } as const

function aboutElements(about: Pick<Communications, 'scope' | 'freshness'>, clock: Clock): Element[] {
  return [...(about.scope === 'own' ? [aside('Only mail in which you take part.')] : []), aside(escaped(freshnessLine(about.freshness, clock, true)))]
}

const buttons = ({ id, name }: Named, links: Links): Action[] => [
  open('Open in Outpost', links.toTab({ view: 'customer', customerId: id, section: 'communications' }, name)),
  ask('Next meeting', `next meeting with ${name}`),
  ask('Help', 'help'),
]

function rowElements(message: MessageRow, side: Side, clock: Clock): Element[] {
  const time = clock.at(message.at)
  const line = (text: string) => textBlock(text, { size: 'Small', spacing: 'Medium' })
  if (message.private) return [line(`${time} · private`)]
  return [
    line(side === 'any' ? `${wayText(message)} · ${time}` : time),
    verbatim(subjectText(message), { weight: 'Bolder' }),
    verbatim(`From: ${writerText(message)}${message.hasAttachments ? ' · has attachments' : ''}`, { size: 'Small' }),
  ]
}

/** The answer to "emails from …": the newest ones, what was understood, and what lies outside of what is kept. */
export function emailsCard({ customer, side, words, days, beyond, found, assumed }: EmailsFacts, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const window = `last ${String(found.windowDays)} days`
  const none = `No email ${way[side]} ${name}${words.length > 0 ? ' with these words' : ''} in ${days === null ? `the ${window}` : 'these days'}.`
  const shown = found.items.length
  const nothing = noneIn(found.freshness, none)
  return toCard({
    summary: `${shown === 0 && nothing.known ? 'No emails' : 'Emails'} ${way[side]} ${customer.name}${shown === 0 && !nothing.known ? ': not known yet' : ''}`,
    body: [
      title(`Emails ${way[side]} ${name}`),
      ...(shown === 0 ? [textBlock(nothing.text)] : found.items.flatMap((message) => rowElements(message, side, clock))),
      ...(found.more ? [textBlock(`The newest ${String(shown)}. There are more; Outpost shows them all.`, { size: 'Small' })] : []),
      ...(beyond ? [textBlock(`Outpost keeps mail for ${String(found.windowDays)} days. Nothing is known of the days before.`, { size: 'Small' })] : []),
      ...(words.length > 0 ? [aside('Looked for in the subject and the first words; private mail has neither.')] : []),
      ...(side === 'any' ? [] : [aside('Private mail is left out: which way it went is not kept.')]),
      understood(customer.name, [asked[side], ...(words.length === 0 ? [] : [`about “${words.join(' ')}”`]), days ?? window], assumed),
      ...aboutElements(found, clock),
    ],
    actions: buttons(customer, links),
  })
}

export interface WhoEmailedFacts {
  readonly customer: Named
  /** in: who at the customer. out: who at the MSP. */
  readonly side: 'in' | 'out'
  /** The newest that is not private; null when there is none. */
  readonly message: MessageRow | null
  readonly about: Pick<Communications, 'scope' | 'windowDays' | 'freshness'>
  readonly assumed: Assumed
}

function writerElements(message: MessageRow, clock: Clock): Element[] {
  return [
    verbatim(`${writerText(message)} wrote last`, { weight: 'Bolder' }),
    textBlock(clock.at(message.at), { size: 'Small', spacing: 'Small' }),
    verbatim(subjectText(message)),
  ]
}

/** The answer to "who emailed … last". */
export function whoEmailedCard({ customer, side, message, about, assumed }: WhoEmailedFacts, clock: Clock, links: Links): Card {
  const name = escaped(customer.name)
  const window = `last ${String(about.windowDays)} days`
  const who = side === 'in' ? `Who wrote last at ${name}` : `Who wrote to ${name} last`
  const way = side === 'in' ? `from ${name}` : `to ${name}`
  return toCard({
    summary: `${side === 'in' ? 'Who wrote last at' : 'Who wrote last to'} ${customer.name}`,
    body: [
      title(who),
      ...(message === null ? [textBlock(noneIn(about.freshness, `No email ${way} in the ${window}.`).text)] : writerElements(message, clock)),
      aside('Private mail is left out: who wrote it is not kept.'),
      understood(customer.name, [side === 'in' ? 'who of them wrote last' : 'who of your people wrote to them last', window], assumed),
      ...aboutElements(about, clock),
    ],
    actions: buttons(customer, links),
  })
}
