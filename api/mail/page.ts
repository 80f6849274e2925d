// One page of a folder's delta becomes rows. A delta says what changed and no more: what it leaves out is asked for, what left the
// folder is looked for where it lies now, and what cannot be read is named and stays as it was.
import type { Message } from '@microsoft/microsoft-graph-types'
import { Changes } from '../changes/rows.ts'
import { readDomainBook, writeFiltered } from '../customers/domainBook.ts'
import { AppError } from '../errors.ts'
import { hasId, type Changed } from '../graph/page.ts'
import { idIn } from '../graph/said.ts'
import type { MailboxRound } from '../mailboxes/stream.ts'
import type { DomainBook } from '../people/participants.ts'
import { rowsToKeep, timeOf, touchesCustomer } from './filter.ts'
import { isWhole, readMessagesById } from './graph.ts'
import { markOf } from './mark.ts'
import { Messages, type MessageDoc, type MessagePatch } from './rows.ts'

type Item = Changed<Message>

/** A mailbox as a round reads it. */
export interface Mailbox {
  readonly userId: string
  readonly sentFolderId: string | null
  /** Ids of the folders that are read. */
  readonly tracked: ReadonlySet<string>
  /** Start of the window. */
  readonly since: Date
}

/** Writes the items of a page of a folder's delta. */
export async function writeDeltaPage(round: MailboxRound, mailbox: Mailbox, folderId: string, items: readonly unknown[], number: number): Promise<void> {
  // The last occurrence of a message within a page is the valid one.
  const latest = [...new Map(items.filter(hasId<Item>).map((item) => [item.id, item] as const)).values()]
  const changed = latest.filter((item) => item['@removed'] === undefined)
  const stored = await round.db(Messages).foldersOf(round.tenant._id, mailbox.userId, latest.map(({ id }) => id))
  // With immutable ids a move shows as "removed" in one folder, and a move there and back can show as nothing else. What is known
  // to lie in another folder by now has been read there.
  const left = latest.filter((item) => item['@removed'] !== undefined && (stored.get(item.id) ?? folderId) === folderId)
  const partial = changed.filter((item) => !isWhole(item) && !(isPlace(item) && timeOf(item)! < mailbox.since))
  const whole = changed.filter((item) => isWhole(item)).map((item) => ({ item, folderId }))
  await writeMessages(round, mailbox, { number, whole, ids: [...left, ...partial].map(({ id }) => id), stored, folderId })
}

/** Reads messages anew that could not be read before, wherever they lie now. @returns how many still cannot be read */
export async function writeById(round: MailboxRound, mailbox: Mailbox, ids: readonly string[], number: number): Promise<number> {
  const stored = await round.db(Messages).foldersOf(round.tenant._id, mailbox.userId, [...ids])
  return writeMessages(round, mailbox, { number, whole: [], ids, stored, folderId: null })
}

/** Of a folder that is read without its fields: place and time alone. */
const isPlace = (item: Item): boolean => !('subject' in item) && timeOf(item) !== null

interface Placed {
  readonly item: Item
  readonly folderId: string
}

interface Work {
  readonly number: number
  readonly whole: readonly Placed[]
  /** Of what Graph is to be asked about. */
  readonly ids: readonly string[]
  readonly stored: ReadonlyMap<string, string>
  readonly folderId: string | null
}

/** @returns how many of those that Graph was asked about could not be read */
async function writeMessages(round: MailboxRound, mailbox: Mailbox, { number, whole, ids, stored, folderId }: Work): Promise<number> {
  const { db, tenant, graph, parts } = round
  const { found, gone, failed } = await readMessagesById(graph, mailbox.userId, ids)
  for (const [id, error] of failed) parts.skip({ what: 'message', id }, error)
  const asked = [...found].map(([id, item]) => ({ item, folderId: placeOf(item, stored.get(id) ?? folderId) }))
  const here = asked.filter((one): one is Placed => one.folderId !== null && mailbox.tracked.has(one.folderId))
  // What Graph leaves out even of a message that is asked for keeps its value.
  const incomplete = here.filter(({ item }) => !isWhole(item) && stored.has(item.id))
  const placed = [...whole, ...here.filter(({ item }) => !incomplete.some((one) => one.item.id === item.id))]

  const known = [...failed.keys(), ...incomplete.map(({ item }) => item.id)]
  await db(Messages).seen(tenant._id, mailbox.userId, known, number)
  const touched = await db(Messages).patch(tenant._id, mailbox.userId, incomplete.map(({ item }) => patchOf(item)))
  await db(Changes).addTouched(round.now(), 'messages', touched)

  const marked = await withMarks(round, mailbox, placed, await readDomainBook(db))
  for (const { item } of marked) if (timeOf(item) === null) parts.skip({ what: 'message', id: item.id }, withoutTime)
  const recent = marked.filter(({ item }) => (timeOf(item) ?? new Date(0)) >= mailbox.since)
  const drop = [...marked.map(({ item }) => item.id), ...gone, ...asked.filter((one) => !here.includes(one as Placed)).map(({ item }) => item.id)]
  await writeFiltered(db, async (book) => {
    const kept = recent.flatMap(({ item, folderId }): MessageDoc[] =>
      rowsToKeep(item, { tenantId: tenant._id, mailboxId: mailbox.userId, folderId, sentFolderId: mailbox.sentFolderId, reading: number }, book),
    )
    await db(Changes).addTouched(round.now(), 'messages', await db(Messages).writePage(tenant._id, mailbox.userId, kept, drop))
  })
  return failed.size
}

const placeOf = (item: Item, otherwise: string | null): string | null => idIn(item.parentFolderId) ?? otherwise

const withoutTime = new AppError('graphUnexpected', { sentence: 'Microsoft does not say when it was received, so it cannot be shown.' })

/** Asks once more for what would be kept and says nothing of its mark. */
async function withMarks({ graph, parts }: MailboxRound, mailbox: Mailbox, placed: readonly Placed[], book: DomainBook): Promise<Placed[]> {
  const unmarked = placed.filter(({ item }) => markOf(item) === 'unknown' && touchesCustomer(item, book))
  const { found, failed } = await readMessagesById(graph, mailbox.userId, unmarked.map(({ item }) => item.id))
  for (const [id, error] of failed) parts.skip({ what: 'message', id }, error)
  return placed.map((one) => {
    const again = found.get(one.item.id)
    return again === undefined || !isWhole(again) ? one : { ...one, item: again }
  })
}

/** What an incomplete message says for certain. */
function patchOf(item: Item): MessagePatch {
  return {
    immutableId: item.id,
    private: markOf(item) !== 'open',
    ...(typeof item.subject === 'string' ? { subject: item.subject } : {}),
    ...(typeof item.hasAttachments === 'boolean' ? { hasAttachments: item.hasAttachments } : {}),
  }
}
