// The customer filter: what of a mailbox may reach the database. A message stays when a participant's domain, or a parent of
// it, is a customer's. Pure; what it drops is never stored or logged.
import { createHash } from 'node:crypto'
import type { Message } from '@microsoft/microsoft-graph-types'
import { isPrivate } from '../graph/mail.ts'
import { messageDocId, type MessageDoc } from '../store/messages.ts'
import { addressesOf, audienceKeys, customerOf, isOwn, partyOf, senderOf, touchedCustomers, type Addressed, type DomainBook } from './participants.ts'

const previewLength = 140

/** Where a copy lies and in which round it was read. */
export interface Copy {
  readonly tenantId: string
  readonly mailboxId: string
  readonly folderId: string
  readonly sentFolderId: string
  readonly round: number
}

/**
 * The rows to store of a message: one a customer that takes part; none when no customer does.
 * Of people at customers and at the MSP it keeps name and address; of other recipients their number; of an outside sender the domain.
 * @param message as Graph delivers it; anything may be missing
 */
export function rowsToKeep(message: Message & { id: string }, copy: Copy, book: DomainBook): MessageDoc[] {
  const lists = { to: addressesOf(message.toRecipients), cc: addressesOf(message.ccRecipients), bcc: addressesOf(message.bccRecipients) }
  const [from] = addressesOf(message.from ? [message.from] : [])
  const [sender] = addressesOf(message.sender ? [message.sender] : [])
  const everyone = [from, sender, ...lists.to, ...lists.cc, ...lists.bcc].filter((one) => one !== undefined)

  const touched = touchedCustomers(everyone, book)
  if (touched.size === 0 || !message.receivedDateTime) return []
  const senders = [from, sender].filter((one) => one !== undefined)
  const openly = touchedCustomers([...senders, ...lists.to, ...lists.cc], book)

  const parties = (list: Addressed[]) => list.map((one) => partyOf(one, book)).filter((one) => one !== null)
  const known = { to: parties(lists.to), cc: parties(lists.cc), bcc: parties(lists.bcc) }
  const strangers = [...lists.to, ...lists.cc, ...lists.bcc].length + countUnaddressed(message) - known.to.length - known.cc.length - known.bcc.length

  const hidden = isPrivate(message)
  const sentByUs = from === undefined ? copy.folderId === copy.sentFolderId : isOwn(from.address, book) && customerOf(from.address, book) === null
  const receivedAt = new Date(message.receivedDateTime)
  const common = {
    tenantId: copy.tenantId,
    mailboxId: copy.mailboxId,
    messageId: message.id,
    folderId: copy.folderId,
    mailKey: mailKey(message, from?.address),
    receivedAt,
    modifiedAt: new Date(message.lastModifiedDateTime ?? message.receivedDateTime),
    direction: hidden ? null : sentByUs ? ('out' as const) : ('in' as const),
    private: hidden,
    subject: hidden ? null : (message.subject ?? ''),
    preview: hidden ? null : shorten(message.bodyPreview ?? ''),
    from: hidden ? null : senderOf(from, book),
    to: hidden ? [] : known.to,
    cc: hidden ? [] : known.cc,
    bcc: hidden ? [] : known.bcc,
    others: hidden ? 0 : strangers,
    hasAttachments: hidden ? false : (message.hasAttachments ?? false),
    round: copy.round,
  }
  return [...touched].map(([customerId, domains]) => ({
    _id: messageDocId(copy.tenantId, copy.mailboxId, message.id, customerId),
    customerId,
    domains,
    // That a customer got a blind copy is known to who sent it alone: shown to others, the row itself would tell.
    audience: audienceKeys(openly.has(customerId) ? everyone : senders, copy.mailboxId, book),
    ...common,
  }))
}

/** Recipients without a usable address (X.500 names, groups without mail): they count as others. */
function countUnaddressed(message: Message): number {
  const all = [...(message.toRecipients ?? []), ...(message.ccRecipients ?? []), ...(message.bccRecipients ?? [])]
  return all.length - addressesOf(all).length
}

function shorten(preview: string): string {
  const text = preview.replace(/\s+/g, ' ').trim()
  const characters = [...text]
  return characters.length <= previewLength ? text : `${characters.slice(0, previewLength - 1).join('')}…`
}

/** Message-IDs can be absent or forged, so sender and sending time belong to the key; without an id the copy stands alone. */
function mailKey(message: Message & { id: string }, from: string | undefined): string {
  const parts = message.internetMessageId ? [message.internetMessageId, from ?? '', message.sentDateTime ?? ''] : [message.id]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 24)
}
