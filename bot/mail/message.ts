// One email as part of a card. Only ever for a private chat.
import type { MessageRow } from '../../api/mail/model.ts'
import { aside, textBlock, verbatim, type Element } from '../parts/card.ts'
import type { LocalTimes } from '../parts/localTimes.ts'
import { partyText, senderText, subjectText } from '../parts/people.ts'

/** Who wrote it, and who sent it for them. */
export const writerText = ({ from, sender }: Pick<MessageRow, 'from' | 'sender'>): string =>
  sender === null ? senderText(from) : `${senderText(sender)} for ${senderText(from)}`

function recipientsText({ to, cc, others }: MessageRow): string {
  const known = [...to, ...cc]
  const shown = known.slice(0, 3).map(partyText)
  const more = known.length - shown.length + others
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ')
}

/** Not from whom: what reaches us about a customer can be a stranger's. */
export const wayText = ({ direction }: MessageRow): string => (direction === 'in' ? 'Received' : 'Sent')

export function messageElements(message: MessageRow, times: LocalTimes): Element[] {
  const time = times.at(message.at)
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
