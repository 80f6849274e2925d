// Mail of one listed mailbox: its folders, then the messages of each. What the customer filter drops ends here.
import { readDomainBook } from '../customers/domainBook.ts'
import type { Permission } from '../graph/permission.ts'
import { mailboxStream, type MailboxRound } from '../mailboxes/stream.ts'
import { userOfMailbox } from '../mailboxes/user.ts'
import { readFolder } from './folder.ts'
import { Folders } from './folderRows.ts'
import { foldersContainer, readFolderList, standardFoldersOf, trackedFolders } from './folders.ts'
import { writeById, type Mailbox } from './page.ts'
import { Messages, windowStart } from './rows.ts'

const mailRead: Permission = {
  name: 'Mail',
  permission: 'Mail.Read',
  orElse: [],
  read: 'mail of the listed mailboxes',
  without: 'there is no mail',
  paths: [/^\/users\/[^/]+\/(messages|mailFolders)\b/i],
}

export const mailStream = mailboxStream({
  name: 'mail',
  words: { title: 'Mail', one: 'mailbox', many: 'mailboxes', per: 'mailbox' },
  needs: [mailRead],
  order: 3,
  rows: Messages,
  kind: 'messages',
  forgetUnit: (db, unitId) => db(Folders).removeOfUnit(unitId),
  read,
})

/**
 * Reads what is new in a mailbox.
 * @returns messages seen, kept or not
 */
async function read(round: MailboxRound, forget: () => Promise<void>): Promise<number> {
  const filter = (await readDomainBook(round.db)).version
  const userId = await userOfMailbox(round, forget)
  const standard = await standardFoldersOf(round, userId)
  await round.parts.attempt({ what: 'folders', id: foldersContainer }, () => readFolderList(round, userId))
  const tracked = await trackedFolders(round, userId, standard.excludedFolderIds)
  const mailbox = { userId, sentFolderId: standard.sentFolderId, tracked: new Set(tracked), since: windowStart(round.now()) }
  const mended = await readUnread(round, mailbox)
  let items = 0
  for (const [index, folderId] of tracked.entries()) {
    await round.keepLease({ progress: { done: index, of: tracked.length } })
    items += (await round.parts.attempt({ what: 'folder', id: folderId }, () => readFolder(round, mailbox, { folderId, filter, mended }))) ?? 0
  }
  return items
}

/**
 * Messages that could not be read in the round before are tried again: no delta tells of them a second time.
 * @returns whether there were some, and all of them can be read now
 */
async function readUnread(round: MailboxRound, mailbox: Mailbox): Promise<boolean> {
  const ids = round.unit.unread.flatMap(({ what, id }) => (what === 'message' ? [id] : []))
  return ids.length > 0 && (await writeById(round, mailbox, ids, round.unit.epoch)) === 0
}
