// Who wrote and who received, in words.
import { asWritten } from '../../api/asWritten.ts'
import type { MessageBody, MessageRow } from '../../api/mail/model.ts'
import type { Party, Sender } from '../../api/people/model.ts'
import { visible } from '../../api/visible.ts'

/** A person by name, or by address where no name is known. */
export const partyWords = (party: Party) => visible(party.name ?? asWritten(party.address))

/** A known sender by name or address; of an outsider the domain alone is kept. */
export function senderWords(sender: Sender): string {
  if (sender === null) return 'unknown sender'
  return sender.side === 'outside' ? `someone at ${asWritten(sender.domain)}` : partyWords(sender)
}

/** Who wrote it, and who sent it for them. */
export const writerWords = ({ from, sender }: Pick<MessageRow, 'from' | 'sender'>): string =>
  sender === null ? senderWords(from) : `${senderWords(sender)} for ${senderWords(from)}`

/** "to Alex Example, Kim Muster, +3 others": at most two names, then the number of everybody else. */
export function recipientWords({ to, cc, bcc, others }: Pick<MessageRow, 'to' | 'cc' | 'bcc' | 'others'>): string {
  const known = [...to, ...cc, ...bcc]
  const named = known.slice(0, 2).map(partyWords)
  const rest = known.length - named.length + others
  if (named.length === 0) return rest === 0 ? 'to nobody named' : `to ${rest} ${rest === 1 ? 'other' : 'others'}`
  return `to ${named.join(', ')}${rest > 0 ? `, +${rest} ${rest === 1 ? 'other' : 'others'}` : ''}`
}

type Address = NonNullable<MessageBody['from']>

/** A full address as mail programs write it. */
export const addressWords = ({ name, address }: Address): string =>
  visible(name === null || name === '' || name === address ? asWritten(address) : `${name} <${asWritten(address)}>`)
