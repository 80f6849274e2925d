// Several emails with a customer. Only ever for a private chat.
import type { MessageList, MessageRow } from '../../api/mail/model.ts'
import type { Card } from '../adapter/port.ts'
import type { NamedCustomer } from '../parts/buttons.ts'
import { aside, escaped, textBlock, title, toCard, verbatim, type CardContext, type Element } from '../parts/card.ts'
import { noneIn } from '../parts/freshness.ts'
import type { LocalTimes } from '../parts/localTimes.ts'
import { subjectText } from '../parts/people.ts'
import { personText, understood } from '../parts/understood.ts'
import type { Assumed } from '../understand/intent.ts'
import { aboutElements, mailButtons } from './about.ts'
import { wayOf, type Side } from './forms.ts'
import { wayText, writerText } from './message.ts'

export interface EmailsFacts {
  readonly customer: NamedCustomer
  readonly side: Side
  /** The address of somebody; null for everybody. */
  readonly person: string | null
  readonly words: readonly string[]
  /** The days that were understood, in words; null for the whole window. */
  readonly days: string | null
  /** The days begin before mail is kept. */
  readonly beyond: boolean
  /** The newest ones, and whether there are more. */
  readonly found: Pick<MessageList, 'items' | 'scope' | 'windowDays' | 'freshness'> & { readonly more: boolean }
  readonly assumed: Assumed
}

const asked = { in: 'emails from them', out: 'emails to them', any: 'emails' } as const

function rowElements(message: MessageRow, side: Side, times: LocalTimes): Element[] {
  const time = times.at(message.at)
  const line = (text: string) => textBlock(text, { size: 'Small', spacing: 'Medium' })
  if (message.private) return [line(`${time} · private`)]
  return [
    line(side === 'any' ? `${wayText(message)} · ${time}` : time),
    verbatim(subjectText(message), { weight: 'Bolder' }),
    verbatim(`From: ${writerText(message)}${message.hasAttachments ? ' · has attachments' : ''}`, { size: 'Small' }),
  ]
}

/** The answer to "emails from …": the newest ones, what was understood, and what lies outside of what is kept. */
export function emailsCard({ customer, side, person, words, days, beyond, found, assumed }: EmailsFacts, context: CardContext): Card {
  const name = escaped(customer.name)
  const window = `last ${String(found.windowDays)} days`
  const none = `No email ${wayOf[side]} ${name}${words.length > 0 ? ' with these words' : ''} in ${days === null ? `the ${window}` : 'these days'}.`
  const shown = found.items.length
  const nothing = noneIn(found.freshness, none)
  return toCard({
    summary: `${shown === 0 && nothing.known ? 'No emails' : 'Emails'} ${wayOf[side]} ${customer.name}${shown === 0 && !nothing.known ? ': not known yet' : ''}`,
    body: [
      title(`Emails ${wayOf[side]} ${name}`),
      ...(shown === 0 ? [textBlock(nothing.text)] : found.items.flatMap((message) => rowElements(message, side, context.times))),
      ...(found.more ? [textBlock(`The newest ${String(shown)}. There are more; Outpost shows them all.`, { size: 'Small' })] : []),
      ...(beyond ? [textBlock(`Outpost keeps mail for ${String(found.windowDays)} days. Nothing is known of the days before.`, { size: 'Small' })] : []),
      ...(words.length > 0 ? [aside('Looked for in the subject and the first words; private mail has neither.')] : []),
      ...(side === 'any' ? [] : [aside('Private mail is left out: which way it went is not kept.')]),
      understood(customer.name, [asked[side], ...(person === null ? [] : [personText(side, person)]), ...(words.length === 0 ? [] : [`about “${words.join(' ')}”`]), days ?? window], assumed),
      ...aboutElements(found, context.times),
    ],
    actions: mailButtons(customer, context.links),
  })
}
