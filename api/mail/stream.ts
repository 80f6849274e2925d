// Mail of one listed mailbox: its folders, then the messages of each. What the customer filter drops ends here.
import type { MailFolder } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { messagePageSize, readMessageList, readMessages } from './graph.ts'
import { readFolders, readStandardFolders, standardFolders, type StandardFolder } from '../mailboxes/graph.ts'
import { hasId, type Changed } from '../graph/page.ts'
import { failsBySize, openPageSize } from '../graph/pageSize.ts'
import { windowDays } from './rows.ts'
import { userOfMailbox } from '../mailboxes/user.ts'
import { writeById, writeDeltaPage, type Mailbox } from './page.ts'
import { walk, type Round } from '../sync/walk.ts'

/** Graph ends a filtered delta at this many messages, without a word. "Get incremental changes to messages in a folder". */
const filteredRoundLimit = 5000
const foldersContainer = 'folders'
const folderPageSize = 100

/**
 * Reads what is new in a mailbox.
 * @param filter version of the customer filter: with another one than before a folder is read from the start
 * @returns messages seen, kept or not
 */
export async function syncMail(round: Round, filter: string): Promise<number> {
  const userId = await userOfMailbox(round)
  const standard = await standardFoldersOf(round, userId)
  await round.parts.attempt({ what: 'folders', id: foldersContainer }, () => syncFolders(round, userId))
  const tracked = await trackedFolders(round, userId, standard.excludedFolderIds)
  const since = new Date(round.now().getTime() - windowDays * 86_400_000)
  const mailbox = { userId, sentFolderId: standard.sentFolderId, tracked: new Set(tracked), since }
  const mended = await readUnread(round, mailbox)
  let items = 0
  for (const [index, folderId] of tracked.entries()) {
    await round.keepLease({ progress: { done: index, of: tracked.length } })
    items += (await round.parts.attempt({ what: 'folder', id: folderId }, () => syncFolder(round, mailbox, folderId, filter, mended))) ?? 0
  }
  return items
}

type StandardFolders = NonNullable<NonNullable<Round['unit']['facts']>['folders']>

/** The standard folders of the mailbox: asked for once, and one that is missing again with each round, since it can be made any day. */
async function standardFoldersOf(round: Round, userId: string): Promise<StandardFolders> {
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

/**
 * Messages that could not be read in the round before are tried again: no delta tells of them a second time.
 * @returns whether there were some, and all of them can be read now
 */
async function readUnread(round: Round, mailbox: Mailbox): Promise<boolean> {
  const ids = round.unit.unread.flatMap(({ what, id }) => (what === 'message' ? [id] : []))
  return ids.length > 0 && (await writeById(round, mailbox, ids, round.unit.epoch)) === 0
}

async function syncFolders(round: Round, userId: string): Promise<void> {
  const { store, unit, graph } = round
  const size = openPageSize(folderPageSize)
  await walk<unknown>(round, {
    container: foldersContainer,
    version: 'folders',
    read: (link) => size.read((most) => readFolders(graph, userId, link, most)),
    write: (items, number) => {
      const named = items.filter(hasId<Changed<MailFolder>>)
      return store.folders.write(
        unit._id,
        named
          .filter((item) => item['@removed'] === undefined)
          .map((item) => ({ folderId: item.id, parentFolderId: item.parentFolderId ?? undefined, round: number })),
        named.filter((item) => item['@removed'] !== undefined).map((item) => item.id),
      )
    },
    tally: (number) => store.folders.tally(unit._id, number),
    sweep: (number) => store.folders.sweep(unit._id, number),
  })
}

/** Folders to read. Mail of folders that are gone or now lie below an excluded one is removed. */
async function trackedFolders(round: Round, userId: string, excludedFolderIds: readonly string[]): Promise<string[]> {
  const { store, unit, tenant } = round
  const folders = await store.folders.ofUnit(unit._id)
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
  for (const container of await store.bookmarks.containersOf(unit._id)) {
    if (wanted.has(container)) continue
    await store.changes.addTouched(round.now(), 'communications', await store.messages.removeOfMailbox(tenant._id, userId, container))
    await store.bookmarks.remove(unit._id, container)
  }
  return tracked
}

/** How a folder is read; part of the version of its bookmark, so that a folder goes on as it began. */
type Mode = 'recent' | 'all' | 'places' | 'list'

/**
 * Reads a folder, by the simplest way that it can be read: the window alone; all of it, where the window is too large for one round;
 * or no more than which messages there are, where Exchange cannot convert one of them and so fails on each page that holds it: then
 * each message is asked for by itself, and that one is named. Such a folder is tried in the simple way again the next day. Of a full
 * mailbox Exchange tells no changes: then the window is listed anew each time, until there is room again.
 * @param mended whether what could not be read before can be read now
 */
async function syncFolder(round: Round, mailbox: Mailbox, folderId: string, filter: string, mended: boolean): Promise<number> {
  const bookmark = await round.store.bookmarks.get(round.unit._id, folderId)
  const versions: Record<Mode, string> = {
    recent: filter, all: `${filter}|all`, list: `${filter}|list`, places: `${filter}|places|${round.now().toISOString().slice(0, 10)}`,
  }
  // A folder that was once too large for the filter is read without it ever after.
  const before = (['all', 'places'] as const).find((one) => versions[one] === bookmark?.version) ?? 'recent'
  const stuck = round.unit.unread.some(({ what, id }) => what === 'folder' && id === folderId)
  const mode = before === 'places' && (mended || stuck) ? 'recent' : before
  try {
    if (mode === 'places') return await walkPlaces(round, mailbox, folderId, versions.places)
    const { items, full } = await walkFolder(round, mailbox, folderId, mode, versions[mode])
    const cutShort = mode === 'recent' && full && items >= filteredRoundLimit
    return cutShort ? (await walkFolder(round, mailbox, folderId, 'all', versions.all)).items : items
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    if (code === 'mailboxFull') return (await walkFolder(round, mailbox, folderId, 'list', versions.list)).items
    if (code === 'filterRefused' && mode === 'recent') return (await walkFolder(round, mailbox, folderId, 'all', versions.all)).items
    if (mode !== 'places' && failsBySize(error)) return await walkPlaces(round, mailbox, folderId, versions.places)
    throw code === 'gone' ? await folderGone(round) : error
  }
}

async function walkPlaces(round: Round, mailbox: Mailbox, folderId: string, version: string): Promise<number> {
  try {
    return (await walkFolder(round, mailbox, folderId, 'places', version)).items
  } catch (error) {
    throw failsBySize(error) ? await folderStuck(round, mailbox.userId) : error
  }
}

/** A folder that Exchange lists and does not open. The list is read whole in the next round, which may know better. */
async function folderGone({ store, unit }: Round): Promise<AppError> {
  await store.bookmarks.remove(unit._id, foldersContainer)
  return new AppError('gone', { sentence: 'Exchange lists this mail folder but does not open it. Outpost reads the list of folders again with the next round.' })
}

/** A folder of which Exchange cannot even say which messages there are, at single items, while it answers about the mailbox. */
async function folderStuck({ graph }: Round, userId: string): Promise<AppError> {
  await readStandardFolders(graph, userId, ['sentitems'])
  return new AppError('graphUnexpected', { sentence: 'Exchange fails at a message in this mail folder that it does not name; what lies behind that one is not read. Outpost tries again with the next round.' })
}

function walkFolder(round: Round, mailbox: Mailbox, folderId: string, mode: Mode, version: string) {
  const { store, graph, tenant } = round
  const size = openPageSize(messagePageSize)
  const first = { since: mode === 'recent' ? mailbox.since : null, fields: mode === 'places' ? ('place' as const) : ('all' as const) }
  return walk<unknown>(round, {
    container: folderId,
    version,
    read: (link) =>
      size.read((most) =>
        mode === 'list'
          ? readMessageList(graph, mailbox.userId, folderId, link === null ? { since: mailbox.since } : { link }, most)
          : readMessages(graph, mailbox.userId, folderId, link === null ? first : { link }, most),
      ),
    write: (items, number) => writeDeltaPage(round, mailbox, folderId, items, number),
    tally: (number) => store.messages.tally(tenant._id, mailbox.userId, folderId, number),
    async sweep(number) {
      await store.changes.addTouched(round.now(), 'communications', await store.messages.sweep(tenant._id, mailbox.userId, folderId, number))
    },
  })
}
