// What a mailbox is: whose, and which folders it has. Graph: "mailFolder: delta", "Get mailFolder".
import type { MailFolder } from '@microsoft/microsoft-graph-types'
import type { BatchItem, Graph } from '../graph/client.ts'
import { deltaPage, pagePrefer, type Changed, type Link, type Page } from '../graph/page.ts'

/** Folders whose mail is not read: what is not sent yet, what was thrown away, what was never wanted. */
const excludedFolders = ['drafts', 'junkemail', 'deleteditems', 'outbox'] as const

/** Folders that are known by name. One can be missing: a mailbox that nobody has opened yet has no Outbox. */
export const standardFolders = [...excludedFolders, 'sentitems'] as const
export type StandardFolder = (typeof standardFolders)[number]

export const immutable = 'IdType="ImmutableId"'
/**
 * Requests in a batch that concern one mailbox. Exchange serves an app four at once, those of a batch included ("Throttling
 * limits", Outlook): two are left to the calendar and to a person who opens something.
 */
const mailboxBatch = 2

/** Asks about several things of one mailbox, a few at a time. @returns the answers in the order asked */
export async function inPairs<T>(graph: Graph, items: readonly T[], toRequest: (item: T) => BatchItem): Promise<BatchAnswer[]> {
  const answers: BatchAnswer[] = []
  for (let start = 0; start < items.length; start += mailboxBatch) answers.push(...(await graph.batch(items.slice(start, start + mailboxBatch).map(toRequest))))
  return answers
}
type BatchAnswer = Awaited<ReturnType<Graph['batch']>>[number]

/**
 * Ids of the standard folders that a mailbox has.
 * @throws AppError `mailboxUnknown` when there is no mailbox
 */
export async function readStandardFolders(graph: Graph, userId: string, names: readonly StandardFolder[]): Promise<Map<StandardFolder, string>> {
  const answers = await inPairs(graph, names, (name) => ({ path: `/users/${userId}/mailFolders/${name}?$select=id`, prefer: immutable }))
  const found = new Map<StandardFolder, string>()
  answers.forEach((answer, index) => {
    if (answer.ok) found.set(names[index]!, String(answer.body.id))
    else if (answer.error.code !== 'gone') throw answer.error
  })
  return found
}

/** A page of the mailbox's folders, of all levels; from the start, or from a link. */
export async function readFolders(graph: Graph, userId: string, link: string | null, size: number): Promise<Page<Changed<MailFolder>> & { link: Link }> {
  const first = `/users/${userId}/mailFolders/delta?$select=parentFolderId`
  return deltaPage(await graph.get(link ?? first, pagePrefer(size)))
}

/** Object id of the user who has an address now. @throws AppError `mailboxUnknown` when nobody has it */
export async function readUserId(graph: Graph, upn: string): Promise<string> {
  return String((await graph.get(`/users/${encodeURIComponent(upn)}?$select=id`)).id)
}
