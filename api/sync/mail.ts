// Mail of one listed mailbox: its folders, then the messages of each. What the customer filter drops ends here.
import type { MailFolder, Message } from '@microsoft/microsoft-graph-types'
import { completeMessages, readFolders, readMailboxFacts, readMessageFolders, readMessages, type Changed, type MailboxFacts } from '../graph/mail.ts'
import { windowDays } from '../store/messages.ts'
import { rowsToKeep } from './customerFilter.ts'
import { writeFiltered } from './domainBook.ts'
import { walk, type Round } from './round.ts'

/** Graph ends a filtered delta at this many messages, without a word. "Get incremental changes to messages in a folder". */
const filteredRoundLimit = 5000
const foldersContainer = 'folders'

/**
 * Reads what is new in a mailbox.
 * @param filter version of the customer filter: with another one than before a folder is read from the start
 * @returns messages seen, kept or not
 */
export async function syncMail(round: Round, filter: string): Promise<number> {
  const facts = await mailboxFacts(round)
  await round.parts.attempt({ what: 'folders', id: foldersContainer }, () => syncFolders(round, facts))
  const tracked = await trackedFolders(round, facts)
  let items = 0
  for (const [index, folderId] of tracked.entries()) {
    await round.keepLease({ progress: { done: index, of: tracked.length } })
    items += (await round.parts.attempt({ what: 'folder', id: folderId }, () => syncFolder(round, facts, folderId, new Set(tracked), filter))) ?? 0
  }
  return items
}

async function mailboxFacts(round: Round): Promise<MailboxFacts> {
  const { facts, mailbox } = round.unit
  if (facts?.folders !== undefined) return { userId: facts.userId, folders: facts.folders }
  const read = await readMailboxFacts(round.graph, mailbox!)
  await round.keepLease({ facts: { userId: read.userId, folders: { ...read.folders } } })
  return read
}

async function syncFolders(round: Round, facts: MailboxFacts): Promise<void> {
  const { store, unit, graph } = round
  await walk<Changed<MailFolder>>(round, {
    container: foldersContainer,
    version: 'folders',
    read: (link) => readFolders(graph, facts.userId, link),
    write: (items, number) =>
      store.folders.write(
        unit._id,
        items
          .filter((item) => item['@removed'] === undefined)
          .map((item) => ({ folderId: item.id, parentFolderId: item.parentFolderId ?? undefined, round: number })),
        items.filter((item) => item['@removed'] !== undefined).map((item) => item.id),
      ),
    tally: (number) => store.folders.tally(unit._id, number),
    sweep: (number) => store.folders.sweep(unit._id, number),
  })
}

/** Folders to read. Mail of folders that are gone or now lie below an excluded one is removed. */
async function trackedFolders(round: Round, facts: MailboxFacts): Promise<string[]> {
  const { store, unit, tenant } = round
  const folders = await store.folders.ofUnit(unit._id)
  const parents = new Map(folders.map((folder) => [folder.folderId, folder.parentFolderId]))
  const excluded = new Set(facts.folders.excludedFolderIds)
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
  for (const container of await store.bookmarks.containersOf(unit._id)) {
    if (wanted.has(container)) continue
    await tellChanged(round, await store.messages.removeOfMailbox(tenant._id, facts.userId, container))
    await store.bookmarks.remove(unit._id, container)
  }
  return tracked
}

async function syncFolder(round: Round, facts: MailboxFacts, folderId: string, tracked: Set<string>, filter: string): Promise<number> {
  const bookmark = await round.store.bookmarks.get(round.unit._id, folderId)
  const unfiltered = `${filter}|all`
  // A folder that was once too large for the filter is read without it ever after.
  const version = bookmark?.version === unfiltered ? unfiltered : filter
  const { items, full } = await walkFolder(round, facts, folderId, tracked, version, version === filter)
  const cutShort = full && version !== unfiltered && items >= filteredRoundLimit
  return cutShort ? (await walkFolder(round, facts, folderId, tracked, unfiltered, false)).items : items
}

/** @param recent whether Graph is asked for the window alone */
function walkFolder(round: Round, facts: MailboxFacts, folderId: string, tracked: Set<string>, version: string, recent: boolean) {
  const { store, graph, tenant } = round
  const since = new Date(round.now().getTime() - windowDays * 86_400_000)
  return walk<Changed<Message>>(round, {
    container: folderId,
    version,
    read: (link) =>
      readMessages(graph, facts.userId, folderId, link === null ? { since: recent ? since : null } : { link }),
    async write(items, number) {
      // The last occurrence of a message within a page is the valid one.
      const latest = [...new Map(items.map((item) => [item.id, item])).values()]
      const present = await completeMessages(graph, facts.userId, latest.filter((item) => item['@removed'] === undefined))
      const gone = await goneFrom(round, facts, folderId, tracked, latest.filter((item) => item['@removed'] !== undefined).map((item) => item.id))
      const copy = { tenantId: tenant._id, mailboxId: facts.userId, folderId, sentFolderId: facts.folders.sentFolderId, round: number }
      const recent = present.filter((item) => new Date(item.receivedDateTime ?? 0) >= since)
      const drop = [...present.map((item) => item.id), ...gone]
      await writeFiltered(store, async (book) => {
        const kept = recent.flatMap((item) => rowsToKeep(item, copy, book))
        await tellChanged(round, await store.messages.writePage(tenant._id, facts.userId, kept, drop))
      })
    },
    tally: (number) => store.messages.tally(tenant._id, facts.userId, folderId, number),
    async sweep(number) {
      await tellChanged(round, await store.messages.sweep(tenant._id, facts.userId, folderId, number))
    },
  })
}

/**
 * Which of the messages that left a folder left the mailbox (or went where we do not read). With immutable ids a move shows as
 * "removed" in one folder, and a move there and back can show as nothing else, so Graph is asked about each one that we hold.
 */
async function goneFrom(round: Round, facts: MailboxFacts, folderId: string, tracked: Set<string>, removed: string[]): Promise<string[]> {
  if (removed.length === 0) return []
  const { store, tenant } = round
  const stored = await store.messages.foldersOf(tenant._id, facts.userId, removed)
  const doubtful = removed.filter((id) => stored.get(id) === folderId)
  const folders = await readMessageFolders(round.graph, facts.userId, doubtful)
  const gone: string[] = []
  for (const id of doubtful) {
    const now = folders.get(id)
    if (now && tracked.has(now)) await store.messages.moveTo(tenant._id, facts.userId, id, now)
    else gone.push(id)
  }
  return gone
}

async function tellChanged({ store, now }: Round, customerIds: Set<string>): Promise<void> {
  await store.changes.add(now(), [...customerIds].map((customerId) => ({ kind: 'communications' as const, customerId })))
}
