// The customer filter: what of a mailbox may reach the database. A message stays when a participant's domain, or a parent of
// it, is a customer's. Pure; what it drops is never stored or logged.
import { createHash } from 'node:crypto'
import type { Message, Recipient } from '@microsoft/microsoft-graph-types'
import { isPrivate } from '../graph/mail.ts'
import { domainOf, normalAddress, withParents } from '../model/domain.ts'
import type { Party, Sender } from '../model/message.ts'
import { messageDocId, type MessageDoc } from '../store/messages.ts'

/** Which domains are whose. Keys in normal form. */
export interface DomainBook {
  /** domain → customer id */
  readonly customers: ReadonlyMap<string, string>
  readonly own: ReadonlySet<string>
  /** Changes with the contents: what was read with another version must be read again. */
  readonly version: string
}

/** @param customers living customers; @param own verified domains of the MSP's own tenants */
export function makeDomainBook(
  customers: readonly { _id: string; domains: readonly string[]; filterRevision: number }[],
  own: readonly string[],
): DomainBook {
  const pairs = customers.flatMap(({ _id, domains }) => domains.map((domain) => [domain, _id] as const))
  const ownDomains = [...new Set(own)].sort()
  const contents = [customers.map(({ _id, domains, filterRevision }) => [_id, domains, filterRevision]).sort(), ownDomains]
  const version = createHash('sha256').update(JSON.stringify(contents)).digest('base64url').slice(0, 16)
  return { customers: new Map(pairs), own: new Set(ownDomains), version }
}

/** The customer at whose domain, or below it, an address lies. */
export function customerOf(address: string, book: DomainBook): { customerId: string; domain: string } | null {
  const domain = domainOf(address)
  if (domain === null) return null
  for (const candidate of withParents(domain)) {
    const customerId = book.customers.get(candidate)
    if (customerId !== undefined) return { customerId, domain: candidate }
  }
  return null
}

const isOwn = (address: string, book: DomainBook): boolean => {
  const domain = domainOf(address)
  return domain !== null && withParents(domain).some((candidate) => book.own.has(candidate))
}

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

  const touched = new Map<string, Set<string>>()
  for (const { address } of everyone) {
    const match = customerOf(address, book)
    if (match === null) continue
    touched.set(match.customerId, (touched.get(match.customerId) ?? new Set()).add(match.domain))
  }
  if (touched.size === 0 || !message.receivedDateTime) return []

  const party = ({ name, address }: Addressed): Party | null => {
    const side = customerOf(address, book) !== null ? 'customer' : isOwn(address, book) ? 'msp' : null
    return side === null ? null : { name, address, side }
  }
  const parties = (list: Addressed[]) => list.map(party).filter((one) => one !== null)
  const known = { to: parties(lists.to), cc: parties(lists.cc), bcc: parties(lists.bcc) }
  const strangers = [...lists.to, ...lists.cc, ...lists.bcc].length + countUnaddressed(message) - known.to.length - known.cc.length - known.bcc.length

  const hidden = isPrivate(message)
  const fromParty = from === undefined ? null : (party(from) ?? outsideSender(from.address))
  const sentByUs = from === undefined ? copy.folderId === copy.sentFolderId : isOwn(from.address, book) && customerOf(from.address, book) === null
  const receivedAt = new Date(message.receivedDateTime)
  const common = {
    tenantId: copy.tenantId,
    mailboxId: copy.mailboxId,
    messageId: message.id,
    folderId: copy.folderId,
    audience: [...new Set([...everyone.filter(({ address }) => isOwn(address, book)).map(({ address }) => address), copy.mailboxId])],
    mailKey: mailKey(message, from?.address),
    receivedAt,
    modifiedAt: new Date(message.lastModifiedDateTime ?? message.receivedDateTime),
    direction: sentByUs ? ('out' as const) : ('in' as const),
    private: hidden,
    subject: hidden ? null : (message.subject ?? ''),
    preview: hidden ? null : shorten(message.bodyPreview ?? ''),
    from: hidden ? null : fromParty,
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
    domains: [...domains].sort(),
    ...common,
  }))
}

interface Addressed {
  readonly name: string | null
  readonly address: string
}

/** Those with a usable address. A display name that holds an @ is no name but somebody's address, so it is not kept. */
function addressesOf(recipients: readonly Recipient[] | null | undefined): Addressed[] {
  return (recipients ?? []).flatMap(({ emailAddress }) => {
    const address = normalAddress(emailAddress?.address ?? '')
    if (address === null) return []
    const name = emailAddress?.name?.trim() ?? ''
    return [{ name: name === '' || name.includes('@') ? null : name.slice(0, 200), address }]
  })
}

/** Recipients without a usable address (X.500 names, groups without mail): they count as others. */
function countUnaddressed(message: Message): number {
  const all = [...(message.toRecipients ?? []), ...(message.ccRecipients ?? []), ...(message.bccRecipients ?? [])]
  return all.length - addressesOf(all).length
}

function outsideSender(address: string): Sender {
  const domain = domainOf(address)
  return domain === null ? null : { domain, side: 'outside' }
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
