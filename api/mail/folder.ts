// The messages of one folder.
import { Changes } from '../changes/rows.ts'
import { AppError } from '../errors.ts'
import { failsBySize, openPageSize } from '../graph/pageSize.ts'
import type { MailboxRound } from '../mailboxes/stream.ts'
import { Bookmarks } from '../sync/bookmarks.ts'
import { walk } from '../sync/walk.ts'
import { readStandardFolders } from './folderGraph.ts'
import { folderGone } from './folders.ts'
import { messagePageSize, readMessageList, readMessages } from './graph.ts'
import { writeDeltaPage, type Mailbox } from './page.ts'
import { Messages } from './rows.ts'

/** Graph ends a filtered delta at this many messages, without a word. "Get incremental changes to messages in a folder". */
const filteredReadingLimit = 5000

/** How a folder is read; part of the version of its bookmark, so that a folder goes on as it began. */
type Mode = 'recent' | 'all' | 'places' | 'list'

export interface FolderTask {
  readonly folderId: string
  /** Version of the customer filter: with another one than before the folder is read from the start. */
  readonly filter: string
  /** Whether what could not be read before can be read now. */
  readonly mended: boolean
}

/**
 * Reads a folder, by the simplest way that it can be read: the window alone; all of it, where the window is too large for one round;
 * or no more than which messages there are, where Exchange cannot convert one of them and so fails on each page that holds it: then
 * each message is asked for by itself, and that one is named. Such a folder is tried in the simple way again the next day. Of a full
 * mailbox Exchange tells no changes: then the window is listed anew each time, until there is room again.
 * @returns messages seen, kept or not
 */
export async function readFolder(round: MailboxRound, mailbox: Mailbox, { folderId, filter, mended }: FolderTask): Promise<number> {
  const bookmark = await round.db(Bookmarks).get(round.unit._id, folderId)
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
    const cutShort = mode === 'recent' && full && items >= filteredReadingLimit
    return cutShort ? (await walkFolder(round, mailbox, folderId, 'all', versions.all)).items : items
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    if (code === 'mailboxFull') return (await walkFolder(round, mailbox, folderId, 'list', versions.list)).items
    if (code === 'filterRefused' && mode === 'recent') return (await walkFolder(round, mailbox, folderId, 'all', versions.all)).items
    if (mode !== 'places' && failsBySize(error)) return await walkPlaces(round, mailbox, folderId, versions.places)
    throw code === 'gone' ? await folderGone(round) : error
  }
}

async function walkPlaces(round: MailboxRound, mailbox: Mailbox, folderId: string, version: string): Promise<number> {
  try {
    return (await walkFolder(round, mailbox, folderId, 'places', version)).items
  } catch (error) {
    throw failsBySize(error) ? await folderStuck(round, mailbox.userId) : error
  }
}

/** A folder of which Exchange cannot even say which messages there are, at single items, while it answers about the mailbox. */
async function folderStuck({ graph }: MailboxRound, userId: string): Promise<AppError> {
  await readStandardFolders(graph, userId, ['sentitems'])
  return new AppError('graphUnexpected', { sentence: 'Exchange fails at a message in this mail folder that it does not name; what lies behind that one is not read. Outpost tries again with the next round.' })
}

function walkFolder(round: MailboxRound, mailbox: Mailbox, folderId: string, mode: Mode, version: string) {
  const { db, graph, tenant } = round
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
    tally: (number) => db(Messages).tally(tenant._id, mailbox.userId, folderId, number),
    async sweep(number) {
      await db(Changes).addTouched(round.now(), 'messages', await db(Messages).sweep(tenant._id, mailbox.userId, folderId, number))
    },
  })
}
