// Mail of one mailbox. Graph: "message: delta", "mailFolder: delta", "Get immutable identifiers for Outlook resources".
import type { Attachment, MailFolder, Message } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import type { BatchItem, Graph } from './client.ts'
import { deltaPage, pagePrefer, type Link, type Page } from './page.ts'

/** An item of a delta page: changed, or removed from what the delta watches. */
export type Changed<T> = T & { id: string; '@removed'?: { reason: string } }

const storedFields = [
  'subject', 'bodyPreview', 'from', 'sender', 'toRecipients', 'ccRecipients', 'bccRecipients', 'receivedDateTime', 'sentDateTime',
  'internetMessageId', 'hasAttachments', 'parentFolderId',
]
const messageFields = [...storedFields, 'lastModifiedDateTime'].join(',')

// Graph's message has no sensitivity; Exchange keeps it as PidTagSensitivity [MS-OXCMSG 2.2.1.14]: 1 personal, 2 private,
// 3 company confidential. The internet header of that name is missing in Sent Items, so the property itself is asked for.
const sensitivityId = 'Integer 0x36'
const withSensitivity = `$expand=singleValueExtendedProperties($filter=id eq '${sensitivityId}')`

/** Whether the sender marked the message private or company confidential. */
export function isPrivate(message: Message): boolean {
  const property = message.singleValueExtendedProperties?.find(({ id }) => id?.toLowerCase() === sensitivityId.toLowerCase())
  return property?.value === '2' || property?.value === '3'
}

/** Folders whose mail is not read: what is not sent yet, what was thrown away, what was never wanted. */
const excludedFolders = ['drafts', 'junkemail', 'deleteditems', 'outbox'] as const

export interface MailboxFacts {
  readonly userId: string
  readonly folders: {
    /** Ids of the folders that are left out, with everything below them. */
    readonly excludedFolderIds: string[]
    readonly sentFolderId: string
  }
}

const immutable = 'IdType="ImmutableId"'
const folderSize = 100
export const messagePageSize = 500

/**
 * What sync must know of a mailbox before it reads it; asked once.
 * @param upn of the listed technician
 * @throws AppError `mailboxUnknown` when there is no such user or no mailbox
 */
export async function readMailboxFacts(graph: Graph, upn: string): Promise<MailboxFacts> {
  const user = `/users/${encodeURIComponent(upn)}`
  const folder = (name: string): BatchItem => ({ path: `${user}/mailFolders/${name}?$select=id`, prefer: immutable })
  // Exchange serves four requests of one mailbox at once, those of a batch included.
  const answers = [
    ...(await graph.batch([{ path: `${user}?$select=id` }, ...excludedFolders.map(folder)])),
    ...(await graph.batch([folder('sentitems')])),
  ]
  const ids = answers.map((answer) => {
    if (!answer.ok) throw answer.error
    return String(answer.body.id)
  })
  return { userId: ids[0]!, folders: { excludedFolderIds: ids.slice(1, -1), sentFolderId: ids.at(-1)! } }
}

/** Whether each of these users has a mailbox that this app may read: null, or why not. */
export async function probeMailboxes(graph: Graph, upns: readonly string[]): Promise<(AppError | null)[]> {
  const found: (AppError | null)[] = []
  for (let start = 0; start < upns.length; start += 20) {
    const answers = await graph.batch(
      upns.slice(start, start + 20).map((upn) => ({ path: `/users/${encodeURIComponent(upn)}/mailFolders/inbox?$select=id` })),
    )
    found.push(...answers.map((answer) => (answer.ok ? null : answer.error)))
  }
  return found
}

/** A page of the mailbox's folders, of all levels; from the start, or from a link. */
export async function readFolders(graph: Graph, userId: string, link: string | null): Promise<Page<Changed<MailFolder>> & { link: Link }> {
  const first = `/users/${userId}/mailFolders/delta?$select=parentFolderId`
  return deltaPage(await graph.get(link ?? first, pagePrefer(folderSize)))
}

/**
 * A page of a folder's messages; from the start of the window, or from a link.
 * @param since start of the window; null reads the folder without a filter, because a filtered round ends at 5,000 messages
 */
export async function readMessages(
  graph: Graph,
  userId: string,
  folderId: string,
  from: { link: string } | { since: Date | null },
): Promise<Page<Changed<Message>> & { link: Link }> {
  const path = `/users/${userId}/mailFolders/${folderId}/messages/delta?$select=${messageFields}&${withSensitivity}`
  const first = (since: Date | null) =>
    // whole seconds: Graph has refused fractions in this filter
    since === null ? path : `${path}&$filter=receivedDateTime ge ${since.toISOString().slice(0, 19)}Z`
  return deltaPage(await graph.get('link' in from ? from.link : first(from.since), pagePrefer(messagePageSize)))
}

/**
 * The folders that messages lie in now; null for one that is no longer in the mailbox.
 * Four at a time: Exchange serves no more of one mailbox at once.
 */
export async function readMessageFolders(graph: Graph, userId: string, messageIds: readonly string[]): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>()
  for (let start = 0; start < messageIds.length; start += 4) {
    const ids = messageIds.slice(start, start + 4)
    const answers = await graph.batch(
      ids.map((id) => ({ path: `/users/${userId}/messages/${encodeURIComponent(id)}?$select=parentFolderId`, prefer: immutable })),
    )
    answers.forEach((answer, index) => {
      if (!answer.ok && answer.error.code !== 'gone') throw answer.error
      found.set(ids[index]!, answer.ok ? ((answer.body as Message).parentFolderId ?? null) : null)
    })
  }
  return found
}

/**
 * Completes the changed messages of a delta page. Graph promises of a changed item "at least" what changed, so one without a
 * time of receipt is asked for by its id; one that holds nothing we store is left out.
 */
export async function completeMessages(graph: Graph, userId: string, items: readonly Changed<Message>[]): Promise<Changed<Message>[]> {
  const partial = items.filter((item) => item.receivedDateTime === undefined && storedFields.some((field) => field in item))
  const whole = items.filter((item) => item.receivedDateTime !== undefined)
  for (let start = 0; start < partial.length; start += 4) {
    const answers = await graph.batch(
      partial.slice(start, start + 4).map(({ id }) => ({
        path: `/users/${userId}/messages/${encodeURIComponent(id)}?$select=${messageFields}&${withSensitivity}`,
        prefer: immutable,
      })),
    )
    for (const answer of answers) {
      if (answer.ok) whole.push(answer.body as unknown as Changed<Message>)
      else if (answer.error.code !== 'gone') throw answer.error
    }
  }
  return whole
}

/** A message with its body, and what is attached to it: names, types and sizes, never contents. */
export async function readMessageBody(graph: Graph, userId: string, messageId: string): Promise<{ message: Message; attachments: Attachment[] }> {
  const path = `/users/${userId}/messages/${encodeURIComponent(messageId)}`
  const fields = 'subject,body,from,toRecipients,ccRecipients,bccRecipients,receivedDateTime,hasAttachments'
  const message = (await graph.get(`${path}?$select=${fields}&${withSensitivity}`, `${immutable}, outlook.body-content-type="html"`)) as Message
  // hasAttachments is false for inline pictures alone, which are not shown either
  if (message.hasAttachments !== true) return { message, attachments: [] }
  const list = await graph.get(`${path}/attachments?$select=name,contentType,size,isInline`, immutable)
  return { message, attachments: (list.value as Attachment[] | undefined) ?? [] }
}
