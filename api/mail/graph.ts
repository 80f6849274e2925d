// Messages of one mailbox. Graph: "message: delta", "Get message", "Get immutable identifiers for Outlook resources".
import type { Attachment, Message } from '@microsoft/microsoft-graph-types'
import type { AppError } from '../errors.ts'
import { askEach } from '../graph/batch.ts'
import { immutable, mailboxBatch } from '../graph/exchange.ts'
import type { Graph } from '../graph/graph.ts'
import { type Changed, deltaPage, type Link, listPage, objectsIn, type Page, pagePrefer } from '../graph/page.ts'
import { failsBySize } from '../graph/pageSize.ts'
import { readWithText } from '../graph/text.ts'
import { withMark } from './mark.ts'

/** What a whole message has. Graph promises of a changed item "at least" what changed ("message: delta"). */
const expected = [
  'subject', 'bodyPreview', 'toRecipients', 'ccRecipients', 'bccRecipients', 'receivedDateTime', 'hasAttachments', 'parentFolderId', 'lastModifiedDateTime',
]
const storedFields = [...expected, 'from', 'sender', 'sentDateTime', 'internetMessageId']
const messageFields = storedFields.join(',')

/** Whether nothing that Outpost stores was left out. What is null is told: there is none. */
export function isWhole(message: Message): boolean {
  return expected.every((field) => field in message) && ('from' in message || 'sender' in message)
}

export const messagePageSize = 500

/** Graph has refused fractions in its filters. */
const wholeSeconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`

/**
 * A page of a folder's messages; from the start of the window, or from a link.
 * @param from since: start of the window; null reads the folder without a filter, because a filtered reading ends at 5,000 messages.
 *   fields: `place` asks for no more than where and when, for a folder with a message that Exchange cannot convert
 */
export async function readMessages(
  graph: Graph,
  userId: string,
  folderId: string,
  from: { link: string } | { since: Date | null; fields: 'all' | 'place' },
  size: number,
): Promise<Page<Changed<Message>> & { link: Link }> {
  const first = ({ since, fields }: { since: Date | null; fields: 'all' | 'place' }) => {
    const select = fields === 'all' ? `${messageFields}&${withMark}` : 'receivedDateTime,parentFolderId'
    const filter = since === null ? '' : `&$filter=receivedDateTime ge ${wholeSeconds(since)}`
    return `/users/${userId}/mailFolders/${folderId}/messages/delta?$select=${select}${filter}`
  }
  return deltaPage(await graph.get('link' in from ? from.link : first(from), pagePrefer(size)))
}

/**
 * A page of a folder's messages since a time, as a plain list: of a full mailbox Exchange tells no changes. Graph: "List messages";
 * what is filtered by has to come first in the order.
 */
export async function readMessageList(graph: Graph, userId: string, folderId: string, from: { link: string } | { since: Date }, size: number): Promise<Page<Changed<Message>>> {
  const first = (since: Date) =>
    `/users/${userId}/mailFolders/${folderId}/messages?$select=${messageFields}&${withMark}&$filter=receivedDateTime ge ${wholeSeconds(since)}&$orderby=receivedDateTime`
  return listPage(await graph.get('link' in from ? from.link : first(from.since), pagePrefer(size)))
}

/** What Graph says of single messages. */
export interface MessagesById {
  readonly found: Map<string, Changed<Message>>
  /** No longer in the mailbox. */
  readonly gone: Set<string>
  /** Those that Exchange cannot read although it reads others of the mailbox. */
  readonly failed: Map<string, AppError>
}

/**
 * Messages by their ids, as they are now and wherever they lie now.
 * @throws AppError what concerns more than one message: throttling, an outage, the mailbox
 */
export async function readMessagesById(graph: Graph, userId: string, ids: readonly string[]): Promise<MessagesById> {
  const pathOf = (id: string) => `/users/${userId}/messages/${encodeURIComponent(id)}?$select=${messageFields}&${withMark}`
  const again = ({ code }: AppError) => code === 'serviceUnavailable' || code === 'graphUnexpected'
  const answers = await askEach(graph, ids.map((id) => ({ path: pathOf(id), prefer: immutable })), { atOnce: mailboxBatch, again })
  const result: MessagesById = { found: new Map(), gone: new Set(), failed: new Map() }
  for (const [index, answer] of answers.entries()) {
    const id = ids[index]!
    if (answer.ok) result.found.set(id, { ...answer.body, id })
    else if (answer.error.code === 'gone') result.gone.add(id)
    else if (answer.error.code === 'graphUnexpected' || failsBySize(answer.error)) result.failed.set(id, answer.error)
    else throw answer.error
  }
  // Where nothing else is answered either, it is no single message that fails.
  if (result.failed.size > 0) await graph.get(`/users/${userId}/mailFolders/inbox?$select=id`, immutable)
  return result
}

/** A message with its body, unless that is too large, and what is attached to it: names, types and sizes, never contents. */
export async function readMessageBody(graph: Graph, userId: string, immutableId: string): Promise<{ message: Message; attachments: Attachment[] }> {
  const path = `/users/${userId}/messages/${encodeURIComponent(immutableId)}`
  const fields = 'subject,from,toRecipients,ccRecipients,bccRecipients,receivedDateTime,hasAttachments,sender,webLink'
  const message = (await readWithText(graph, { path, fields, more: `&${withMark}` }, `${immutable}, outlook.body-content-type="html"`)) as Message
  // hasAttachments is false for inline pictures alone, which are not shown either
  if (message.hasAttachments !== true) return { message, attachments: [] }
  const list = await graph.get(`${path}/attachments?$select=name,contentType,size,isInline`, immutable)
  return { message, attachments: objectsIn(list.value as Attachment[] | undefined) }
}
