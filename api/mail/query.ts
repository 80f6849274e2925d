// Mail with a customer that the actor may see.
import type { Actor } from '../access/model.ts'
import { audienceOf, mayKnowBcc, type Audience } from '../access/rights.ts'
import type { Asking } from '../context.ts'
import { livingCustomers } from '../customers/living.ts'
import { customerFor } from '../customers/query.ts'
import { Customers } from '../customers/rows.ts'
import { shownDomains } from '../customers/shown.ts'
import type { Database } from '../database/collection.ts'
import { fromText, toText, type Position } from '../database/position.ts'
import { MailboxUnits } from '../mailboxes/rows.ts'
import { domainOf, withParents } from '../people/address.ts'
import type { Party } from '../people/model.ts'
import { spelling } from '../people/spelling.ts'
import { freshnessOf } from '../sync/freshness.ts'
import { newestOfEachMail } from './copies.ts'
import type { MessageList, MessageRow, PersonNamed } from './model.ts'
import { Messages, windowDays, windowStart, type MessageDoc, type MessageTest, type Shown } from './rows.ts'
import { mailStream } from './stream.ts'

const defaultLimit = 25
const maxLimit = 100

export interface MessageFilter extends MessageTest {
  /** Position of the last row of the page before. */
  readonly after?: string
  readonly limit?: number
  /** Passes over private mail, too: which way it went is not kept. */
  readonly direction?: 'in' | 'out'
  /** All of them stand in the subject or the first words, in any case. Private mail has neither. */
  readonly words?: readonly string[]
  readonly from?: Date
  readonly to?: Date
}

/**
 * Mail of the last 14 days with this customer that the actor may see, newest first: all of it, or what fits a filter.
 * @throws AppError notFound; `invalidInput` for a position that is not ours
 */
async function messages(on: Asking, actor: Actor, customerId: string, filter: MessageFilter): Promise<MessageList> {
  const { db, now } = on
  const domains = shownDomains(await customerFor(db, actor, customerId))
  const audience = audienceOf(actor)
  const size = Math.min(Math.max(filter.limit ?? defaultLimit, 1), maxLimit)
  const oldest = windowStart(now())
  const since = filter.from !== undefined && filter.from > oldest ? filter.from : oldest
  // A position without an id sorts behind everything that was received at that time.
  const start = fromText(filter.after) ?? (filter.to === undefined ? null : { at: filter.to, id: '' })
  const units = await db(MailboxUnits).ofStream(mailStream.name)
  const sentFolders = new Set(units.flatMap(({ facts }) => facts?.folders?.sentFolderId ?? []))
  const shown = { customerId, domains, mailboxIds: units.flatMap(({ facts }) => facts?.userId ?? []) }
  const { rows, next } = await mailPage(db, { shown, audience, sentFolders, since, start, size, only: filter })
  return {
    items: rows.map((doc) => toRow(doc, actor)),
    next: next === null ? null : toText(next),
    windowDays,
    scope: audience === 'all' ? 'all' : 'own',
    freshness: freshnessOf(mailStream, units),
  }
}

interface Wanted {
  readonly shown: Shown
  readonly audience: Audience
  /** Ids of the folders Sent Items. */
  readonly sentFolders: ReadonlySet<string>
  readonly since: Date
  readonly start: Position | null
  readonly size: number
  readonly only: MessageTest
}

/**
 * One row a mail, at the place of its newest visible copy. Copies are read in order; one is dropped when a newer copy of the
 * same mail is visible too, because that one has been shown before.
 */
async function mailPage(db: Database, { shown: which, audience, sentFolders, since, start, size, only }: Wanted) {
  const rows: MessageDoc[] = []
  // Several technicians hold the same mail, so there are more copies than rows.
  const batch = Math.max(size * 2, 20)
  let before = start === null ? null : { receivedAt: start.at, id: start.id }
  for (;;) {
    const copies = await db(Messages).page(which, audience, since, before, batch, only)
    const others = await db(Messages).copies(which, audience, [...new Set(copies.map((copy) => copy.mailKey))])
    const shown = newestOfEachMail(others, sentFolders)
    for (const copy of copies) {
      if (!shown.has(copy._id)) continue
      if (rows.length === size) return { rows, next: positionOf(rows.at(-1)!) }
      rows.push(copy)
    }
    const last = copies.at(-1)
    if (last === undefined || copies.length < batch) return { rows, next: null }
    before = { receivedAt: last.receivedAt, id: last._id }
  }
}

const positionOf = (doc: MessageDoc): Position => ({ at: doc.receivedAt, id: doc._id })

/** What leaves the server of a stored row, field by field. */
function toRow(doc: MessageDoc, actor: Actor): MessageRow {
  const blind = mayKnowBcc(actor, doc)
  return {
    id: doc._id,
    at: doc.receivedAt.toISOString(),
    direction: doc.direction,
    private: doc.private,
    subject: doc.subject,
    preview: doc.preview,
    from: doc.from,
    sender: doc.sender,
    to: doc.to,
    cc: doc.cc,
    bcc: blind ? doc.bcc : [],
    others: doc.others + (blind ? doc.blindOthers : 0),
    hasAttachments: doc.hasAttachments,
  }
}

/** More people of one name than these are no help to anybody; they stand in at most so many copies that are looked at. */
const mostPeople = 20
const mostCopies = 200
/** A question has no more words that could be a name. */
const mostWords = 6

/**
 * People in mail of the last 14 days that the actor may see, in whose name one of these words stands. Who wrote only what the actor may
 * not see, or only private mail, is nobody.
 */
async function peopleNamed({ db, now, kept }: Asking, actor: Actor, words: readonly string[]): Promise<PersonNamed[]> {
  const sought = words.filter((word) => word.length > 1).slice(0, mostWords)
  if (sought.length === 0) return []
  const copies = await db(Messages).naming((await kept(livingCustomers)).map(({ _id }) => _id), audienceOf(actor), windowStart(now()), sought, mostCopies)
  const living = new Map((await db(Customers).of([...new Set(copies.map(({ customerId }) => customerId))])).map((customer) => [customer._id, shownDomains(customer)]))
  const people = new Map<string, PersonNamed>()
  for (const { customerId, domains, from, sender, to, cc } of copies) {
    if (!domains.some((domain) => living.get(customerId)?.includes(domain) === true)) continue
    for (const party of [from, sender, ...to, ...cc]) {
      if (party === null || party.side === 'outside' || !isNamed(party, sought)) continue
      const at = party.side === 'msp' ? null : withParents(domainOf(party.address) ?? '').some((domain) => domains.includes(domain)) ? customerId : undefined
      if (at !== undefined && !people.has(party.address)) people.set(party.address, { name: party.name, address: party.address, customerId: at })
    }
  }
  return [...people.values()].slice(0, mostPeople)
}

const isNamed = ({ name }: Party, words: readonly string[]): boolean => name !== null && words.some((word) => new RegExp(spelling(word), 'i').test(name))

export const mailQueries = { messages, peopleNamed }
