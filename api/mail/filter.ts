// The customer filter: what of a mailbox may reach the database. A message stays when a participant's domain, or a parent of
// it, is a customer's. Pure; what it drops is never stored or logged.
import { createHash } from 'node:crypto'
import type { Message } from '@microsoft/microsoft-graph-types'
import { addressesOf, audienceKeys, customerOf, isOwn, partyOf, recipientsIn, senderOf, touchedCustomers, type Addressed, type DomainBook } from '../people/participants.ts'
import { markOf, nothingButTimes } from './mark.ts'
import type { MessageDoc } from './rows.ts'

const previewLength = 140

/** Where a copy lies and in which reading it was seen. */
export interface Copy {
  readonly tenantId: string
  readonly mailboxId: string
  readonly folderId: string
  /** Null where the mailbox has none. */
  readonly sentFolderId: string | null
  readonly reading: number
}

/**
 * The rows to store of a message: one a customer that takes part; none when no customer does.
 * Of people at customers and at the MSP it keeps name and address; of other recipients their number; of an outside sender the domain.
 * @param message as Graph delivers it; anything may be missing
 */
export function rowsToKeep(message: Message & { id: string }, copy: Copy, book: DomainBook): MessageDoc[] {
  const { author, sender, lists, everyone } = peopleOf(message)
  const touched = touchedCustomers(everyone, book)
  const receivedAt = timeOf(message)
  if (touched.size === 0 || receivedAt === null) return []
  const senders = [author, sender].filter((one) => one !== undefined)
  const openly = touchedCustomers([...senders, ...lists.to, ...lists.cc], book)

  const parties = (list: Addressed[]) => list.map((one) => partyOf(one, book)).filter((one) => one !== null)
  const known = { to: parties(lists.to), cc: parties(lists.cc), bcc: parties(lists.bcc) }
  const recipients = (list: unknown) => recipientsIn(list).length

  // What nobody says of the mark is not "not private".
  const hidden = markOf(message) !== 'open'
  const shown = hidden ? nothingButTimes : {
    private: false,
    direction: sentByUs(author, sender, copy, book) ? ('out' as const) : ('in' as const),
    subject: textOf(message.subject),
    preview: shorten(textOf(message.bodyPreview)),
    from: senderOf(author, book),
    sender: sender === undefined || sender.address === author?.address ? null : senderOf(sender, book),
    ...known,
    // Without a usable address (X.500 names, groups without mail, nothing at all) one counts as another, too.
    others: recipients(message.toRecipients) + recipients(message.ccRecipients) - known.to.length - known.cc.length,
    blindOthers: recipients(message.bccRecipients) - known.bcc.length,
    hasAttachments: message.hasAttachments === true,
  }
  const common = {
    tenantId: copy.tenantId,
    mailboxId: copy.mailboxId,
    immutableId: message.id,
    folderId: copy.folderId,
    mailKey: mailKey(message, author?.address),
    receivedAt,
    modifiedAt: dateOf(message.lastModifiedDateTime) ?? receivedAt,
    ...shown,
    reading: copy.reading,
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

/** Whether a customer takes part in a message, whatever else of it is known. */
export const touchesCustomer = (message: Message, book: DomainBook): boolean => touchedCustomers(peopleOf(message).everyone, book).size > 0

/**
 * Who takes part. `from` says who wrote it, and `sender` who sent it for them; where `from` holds no address but a name of Exchange's
 * own directory (X.500), the sender is who wrote it.
 */
function peopleOf(message: Message) {
  const lists = { to: addressesOf(message.toRecipients), cc: addressesOf(message.ccRecipients), bcc: addressesOf(message.bccRecipients) }
  const [from] = addressesOf([message.from])
  const [sender] = addressesOf([message.sender])
  const author = from ?? sender
  const everyone = [author, sender, ...lists.to, ...lists.cc, ...lists.bcc].filter((one) => one !== undefined)
  return { author, sender, lists, everyone }
}

/** By who wrote it; what a person at a customer sent in somebody else's name is the customer's. */
function sentByUs(author: Addressed | undefined, sender: Addressed | undefined, copy: Copy, book: DomainBook): boolean {
  if (author === undefined) return copy.folderId === copy.sentFolderId
  const ofCustomer = (one: Addressed | undefined) => one !== undefined && customerOf(one.address, book) !== null
  return isOwn(author.address, book) && !ofCustomer(author) && !ofCustomer(sender)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function dateOf(value: unknown): Date | null {
  const date = new Date(textOf(value))
  return Number.isNaN(date.getTime()) ? null : date
}

/** When a message was received; where Exchange does not say, when it was sent or last changed. */
export const timeOf = (message: Message): Date | null => dateOf(message.receivedDateTime) ?? dateOf(message.sentDateTime) ?? dateOf(message.lastModifiedDateTime)

function shorten(preview: string): string {
  const text = preview.replace(/\s+/g, ' ').trim()
  const characters = [...text]
  return characters.length <= previewLength ? text : `${characters.slice(0, previewLength - 1).join('')}…`
}

const messageDocId = (tenantId: string, mailboxId: string, immutableId: string, customerId: string): string =>
  createHash('sha256').update(JSON.stringify([tenantId, mailboxId, immutableId, customerId])).digest('base64url').slice(0, 32)

/** Message-IDs can be absent or forged, so sender and sending time belong to the key; without an id the copy stands alone. */
function mailKey(message: Message & { id: string }, from: string | undefined): string {
  const id = textOf(message.internetMessageId)
  const parts = id === '' ? [message.id] : [id, from ?? '', textOf(message.sentDateTime)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 24)
}
