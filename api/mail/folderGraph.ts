// The folders of a mailbox. Graph: "mailFolder: delta", "Get mailFolder".
import type { MailFolder } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { askEach } from '../graph/batch.ts'
import { immutable, mailboxBatch } from '../graph/exchange.ts'
import type { Graph } from '../graph/graph.ts'
import { deltaPage, hasId, pagePrefer, type Changed, type Link, type Page } from '../graph/page.ts'

/** Folders whose mail is not read: what is not sent yet, what was thrown away, what was never wanted. */
const excludedFolders = ['drafts', 'junkemail', 'deleteditems', 'outbox'] as const

/** Folders that are known by name. One can be missing: a mailbox that nobody has opened yet has no Outbox. */
export const standardFolders = [...excludedFolders, 'sentitems'] as const
export type StandardFolder = (typeof standardFolders)[number]

/**
 * Ids of the standard folders that a mailbox has.
 * @throws AppError `mailboxUnknown` when there is no mailbox
 */
export async function readStandardFolders(graph: Graph, userId: string, names: readonly StandardFolder[]): Promise<Map<StandardFolder, string>> {
  const answers = await askEach(graph, names.map((name) => ({ path: `/users/${userId}/mailFolders/${name}?$select=id`, prefer: immutable })), { atOnce: mailboxBatch })
  const found = new Map<StandardFolder, string>()
  answers.forEach((answer, index) => {
    if (answer.ok) {
      if (!hasId<{ id: string }>(answer.body)) throw new AppError('serviceUnavailable', { cause: new Error('a folder without an id') })
      found.set(names[index]!, answer.body.id)
    }
    else if (answer.error.code !== 'gone') throw answer.error
  })
  return found
}

/** A page of the mailbox's folders, of all levels; from the start, or from a link. */
export async function readFolders(graph: Graph, userId: string, link: string | null, size: number): Promise<Page<Changed<MailFolder>> & { link: Link }> {
  const first = `/users/${userId}/mailFolders/delta?$select=parentFolderId`
  return deltaPage(await graph.get(link ?? first, pagePrefer(size)))
}
