// Which folders of a mailbox are read: all but what is not sent yet, was thrown away or never wanted, and what lies below those.
import type { MailFolder } from '@microsoft/microsoft-graph-types'
import { Changes } from '../changes/rows.ts'
import { AppError } from '../errors.ts'
import { hasId, type Changed } from '../graph/page.ts'
import { openPageSize } from '../graph/pageSize.ts'
import { idIn } from '../graph/said.ts'
import type { MailboxFolders } from '../mailboxes/rows.ts'
import type { MailboxRound } from '../mailboxes/stream.ts'
import { Bookmarks } from '../sync/bookmarks.ts'
import { walk } from '../sync/walk.ts'
import { readFolders, readStandardFolders, standardFolders, type StandardFolder } from './folderGraph.ts'
import { Folders } from './folderRows.ts'
import { Messages } from './rows.ts'

export const foldersContainer = 'folders'
const folderPageSize = 100

/** The standard folders of the mailbox: asked for once, and one that is missing again with each round, since it can be made any day. */
export async function standardFoldersOf(round: MailboxRound, userId: string): Promise<MailboxFolders> {
  const before = round.unit.facts?.folders
  const wanted = before === undefined ? standardFolders : ((before.missing ?? []) as StandardFolder[])
  if (before !== undefined && wanted.length === 0) return before
  const found = await readStandardFolders(round.graph, userId, wanted)
  const sent = found.get('sentitems')
  found.delete('sentitems')
  const folders = {
    excludedFolderIds: [...(before?.excludedFolderIds ?? []), ...found.values()],
    sentFolderId: sent ?? before?.sentFolderId ?? null,
    missing: wanted.filter((name) => (name === 'sentitems' ? sent === undefined : !found.has(name))),
  }
  await round.keepLease({ facts: { userId, folders } })
  return folders
}

/** Brings the list of folders up to date. */
export async function readFolderList(round: MailboxRound, userId: string): Promise<void> {
  const { db, unit, graph } = round
  const size = openPageSize(folderPageSize)
  await walk<unknown>(round, {
    container: foldersContainer,
    version: 'folders',
    read: (link) => size.read((most) => readFolders(graph, userId, link, most)),
    write: (items, number) => {
      const named = items.filter(hasId<Changed<MailFolder>>)
      return db(Folders).write(
        unit._id,
        named
          .filter((item) => item['@removed'] === undefined)
          .map((item) => ({ folderId: item.id, parentFolderId: idIn(item.parentFolderId) ?? undefined, reading: number })),
        named.filter((item) => item['@removed'] !== undefined).map((item) => item.id),
      )
    },
    tally: (number) => db(Folders).tally(unit._id, number),
    sweep: (number) => db(Folders).sweep(unit._id, number),
  })
}

/** Folders to read. Mail of folders that are gone or now lie below an excluded one is removed. */
export async function trackedFolders(round: MailboxRound, userId: string, excludedFolderIds: readonly string[]): Promise<string[]> {
  const { db, unit, tenant } = round
  const folders = await db(Folders).ofUnit(unit._id)
  const parents = new Map(folders.map((folder) => [folder.folderId, folder.parentFolderId]))
  const excluded = new Set(excludedFolderIds)
  const isExcluded = (folderId: string): boolean => {
    const seen = new Set<string>()
    for (let at: string | null | undefined = folderId; at && !seen.has(at); at = parents.get(at)) {
      if (excluded.has(at)) return true
      seen.add(at)
    }
    return false
  }
  const tracked = folders.map((folder) => folder.folderId).filter((folderId) => !isExcluded(folderId))
  const wanted = new Set([foldersContainer, ...tracked])
  for (const container of await db(Bookmarks).containersOf(unit._id)) {
    if (wanted.has(container)) continue
    await db(Changes).addTouched(round.now(), 'messages', await db(Messages).removeOfMailbox(tenant._id, userId, container))
    await db(Bookmarks).remove(unit._id, container)
  }
  return tracked
}

/** A folder that Exchange lists and does not open. The list is read whole in the next round, which may know better. */
export async function folderGone({ db, unit }: MailboxRound): Promise<AppError> {
  await db(Bookmarks).remove(unit._id, foldersContainer)
  return new AppError('gone', { sentence: 'Exchange lists this mail folder but does not open it. Outpost reads the list of folders again with the next round.' })
}
