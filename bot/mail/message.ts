// One email as part of a card. Only ever for a private chat.
import type { MessageRow, Party, Sender } from '../../api/model/message.ts'
import { aside, harmless, textBlock, verbatim, type Element } from './card.ts'
import type { Clock } from './clock.ts'

export const partyText = ({ name, address }: Party): string => (name === null ? address : `${name} <${address}>`)

export function senderText(from: Sender): string {
  if (from === null) return 'unknown sender'
  return from.side === 'outside' ? `somebody at ${from.domain}` : partyText(from)
}

/** Who wrote it, and who sent it for them. */
export const writerText = ({ from, sender }: Pick<MessageRow, 'from' | 'sender'>): string =>
  sender === null ? senderText(from) : `${senderText(sender)} for ${senderText(from)}`

function recipientsText({ to, cc, others }: MessageRow): string {
  const known = [...to, ...cc]
  const shown = known.slice(0, 3).map(partyText)
  const more = known.length - shown.length + others
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ')
}

/** Of a mail or a meeting. */
export const subjectText = ({ subject }: { subject: string | null }): string => (subject === null || harmless(subject) === '' ? '(no subject)' : subject)

/** Not from whom: what reaches us about a customer can be a stranger's. */
export const wayText = ({ direction }: MessageRow): string => (direction === 'in' ? 'Received' : 'Sent')

export function messageElements(message: MessageRow, clock: Clock): Element[] {
  const time = clock.at(message.at)
  if (message.private) return [textBlock(`${time} · private`), aside('The sender marked it private or confidential, so nothing else is shown.')]
  const recipients = recipientsText(message)
  return [
    textBlock(`${wayText(message)} · ${time}`),
    verbatim(`From: ${writerText(message)}`),
    ...(recipients === '' ? [] : [verbatim(`To: ${recipients}`)]),
    verbatim(subjectText(message), { weight: 'Bolder' }),
    ...(message.preview === null || message.preview === '' ? [] : [verbatim(message.preview, { isSubtle: true })]),
    ...(message.hasAttachments ? [aside('Has attachments.')] : []),
  ]
}
