// Mailboxes and their folders.
import type { User } from '../accounts.ts'
import type { Calendar } from '../calendar/meetings.ts'
import { ChangeLog } from '../changes.ts'
import type { Random } from '../random.ts'
import type { Message } from './messages.ts'

export interface Folder { id: string; name: string; parentId: string; wellKnown: string | null; log: ChangeLog }

/** `inFlight` counts the requests being answered now. */
export interface Mailbox {
  user: User; rootId: string
  folders: Map<string, Folder>; messages: Map<string, Message>; folderLog: ChangeLog
  calendar: () => Calendar
  inFlight: number
}

/** What Exchange says of a mailbox that has one, or has had one. */
export type MailboxState = 'ok' | 'onPremises' | 'unlicensed' | 'removed' | 'missing'

/** Of a tenant, by user id; a mailbox is generated when it is first opened. */
export interface Mailboxes { mailboxes: Map<string, () => Mailbox>; mailboxStates: Map<string, MailboxState> }

const NAMES: readonly [string, string, string][] = [
  ['inbox', 'Inbox', 'Posteingang'], ['sentitems', 'Sent Items', 'Gesendete Elemente'], ['drafts', 'Drafts', 'Entwürfe'],
  ['deleteditems', 'Deleted Items', 'Gelöschte Elemente'], ['junkemail', 'Junk Email', 'Junk-E-Mail'],
  ['outbox', 'Outbox', 'Postausgang'], ['archive', 'Archive', 'Archiv'],
]

/** Calls `make` at the first use only. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** Puts a message into its folder and writes the change log. */
export function insert(mailbox: Mailbox, message: Message): void {
  mailbox.messages.set(message.key, message)
  mailbox.folders.get(message.folderId)?.log.record(message.key, { moves: message.moves })
}

/** Adds a folder. Its id stays the same for life, with and without immutable ids (concepts/outlook-immutable-id). */
export function addFolder(mailbox: Mailbox, random: Random, name: string, parentId = mailbox.rootId, wellKnown: string | null = null): Folder {
  const folder: Folder = { id: `AQMkADAwATM${random.token(40)}AAA=`, name, parentId, wellKnown, log: new ChangeLog() }
  mailbox.folders.set(folder.id, folder)
  mailbox.folderLog.record(folder.id)
  return folder
}

/** A mailbox with its well-known folders and nothing in it. Every third one speaks German: names are no ids. */
export function emptyMailbox(random: Random, user: User, german: boolean, archive = true, calendar = once((): Calendar => new Map())): Mailbox {
  const rootId = `AQMkADAwATM${random.token(40)}AAA=`
  const mailbox: Mailbox = { user, rootId, folders: new Map(), messages: new Map(), folderLog: new ChangeLog(), calendar, inFlight: 0 }
  for (const [wellKnown, english, other] of NAMES)
    if (archive || wellKnown !== 'archive') addFolder(mailbox, random, german ? other : english, mailbox.rootId, wellKnown)
  return mailbox
}

/** The folder with that well-known name. */
export function wellKnown(mailbox: Mailbox, name: string): Folder | undefined {
  for (const folder of mailbox.folders.values()) if (folder.wellKnown === name.toLowerCase()) return folder
  return undefined
}
