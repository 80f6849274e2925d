// Messages: metadata of mail that touches a customer. One row a copy (tenant, mailbox, immutable id) and customer; shown once a mail.
import { isDeepStrictEqual } from 'node:util'
import type { AnyBulkWriteOperation, Collection, Filter, IndexDescription } from 'mongodb'
import { seenBy, type Audience } from '../access/rights.ts'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import { ignoreOlder } from '../database/guarded.ts'
import { valuesOf } from '../database/portions.ts'
import { belongingsIn, countReadings, customerBelongingsIn, tallyOf } from '../database/readings.ts'
import type { Party, Sender } from '../people/model.ts'
import { spelling } from '../people/spelling.ts'
import { removeTouched, removeTouchedPortion, touchedBy, type Touched } from '../people/touched.ts'
import { nothingButTimes } from './mark.ts'
import type { MessageRow } from './model.ts'

export const windowDays = 14

/** Older mail is not kept. */
export const windowStart = (now: Date): Date => new Date(now.getTime() - windowDays * 86_400_000)

export interface MessageDoc {
  /** Hash of tenant, mailbox, message and customer: what the tab gets as id. */
  _id: string
  tenantId: string
  /** Object id of the mailbox's user. */
  mailboxId: string
  /** Immutable id within the mailbox. */
  immutableId: string
  folderId: string
  customerId: string
  /** The customer's domains, as entered, that the message touches. */
  domains: string[]
  /** Who but administrators may see it: addresses of people at the MSP who take part, and the id of the mailbox's user. */
  audience: string[]
  /** The same for all copies of one mail in several mailboxes. */
  mailKey: string
  receivedAt: Date
  modifiedAt: Date
  direction: MessageRow['direction']
  private: boolean
  subject: string | null
  preview: string | null
  from: Sender
  /** Who sent it for `from`; null when that is the same. */
  sender: Sender
  to: Party[]
  cc: Party[]
  bcc: Party[]
  /** Strangers among the recipients, and those among the blind copies: who may not know of these does not get their number. */
  others: number
  blindOthers: number
  hasAttachments: boolean
  /** The full reading of its folder that saw it last. */
  reading: number
}

export interface MessagePatch {
  readonly immutableId: string
  readonly private: boolean
  readonly subject?: string
  readonly hasAttachments?: boolean
}

const inOrder = { customerId: 1, receivedAt: -1, _id: -1 } as const
const inOrderOfAudience = { customerId: 1, audience: 1, receivedAt: -1, _id: -1 } as const
const copiesOfMail = { customerId: 1, mailKey: 1 } as const

const indexes: IndexDescription[] = [
  { key: { receivedAt: 1 }, expireAfterSeconds: windowDays * 86_400 },
  { key: inOrder },
  { key: inOrderOfAudience },
  { key: copiesOfMail },
  { key: { customerId: 1, domains: 1 } },
  { key: { tenantId: 1, mailboxId: 1, immutableId: 1 } },
  { key: { tenantId: 1, mailboxId: 1, folderId: 1, reading: 1 } },
]

/** What tells copies of one mail apart. */
export type MailCopy = Pick<MessageDoc, '_id' | 'mailKey' | 'receivedAt' | 'mailboxId' | 'folderId'>

export interface MessageTest {
  readonly direction?: 'in' | 'out'
  /** All of them stand in the subject or the preview, in any case, with whatever accents. */
  readonly words?: readonly string[]
  /** Addresses in normal form: who wrote or sent it, who got it, or either. Blind copies do not count: not everybody may know of them. */
  readonly writer?: string
  readonly recipient?: string
  readonly party?: string
}

/** Of which of a customer's mail there is something to be seen. */
export interface Shown {
  readonly customerId: string
  /** Domains that it has now. */
  readonly domains: readonly string[]
  /** Mailboxes that are listed now. */
  readonly mailboxIds: readonly string[]
}

const shownTo = ({ customerId, domains, mailboxIds }: Shown, audience: Audience): Filter<MessageDoc> => ({
  customerId, domains: { $in: [...domains] }, mailboxId: { $in: [...mailboxIds] }, ...seenBy(audience),
})

/**
 * The index that gives an audience what it may see, newest first. It is named, because every mail of a customer fits the domains that it has
 * now: whoever begins with these reads all of it. Somebody who takes part in none of it is not to be looked for in all of it either.
 */
const orderFor = (audience: Audience) => (audience === 'all' ? inOrder : inOrderOfAudience)

const writers = ['from.address', 'sender.address']
const recipients = ['to.address', 'cc.address']
const anyOf = (fields: readonly string[], test: unknown): Filter<MessageDoc> => ({ $or: fields.map((field) => ({ [field]: test })) })

function passing({ direction, words = [], writer, recipient, party }: MessageTest): Filter<MessageDoc> {
  const tests = [
    ...words.map((word) => anyOf(['subject', 'preview'], { $regex: spelling(word), $options: 'i' })),
    ...(writer === undefined ? [] : [anyOf(writers, writer)]),
    ...(recipient === undefined ? [] : [anyOf(recipients, recipient)]),
    ...(party === undefined ? [] : [anyOf([...writers, ...recipients], party)]),
  ]
  return {
    ...(direction === undefined ? {} : { direction }),
    ...(tests.length === 0 ? {} : { $and: tests }),
  }
}

/** 0.1.0 did not keep who sent a mail for whom, nor counted blind copies apart; both are read anew by the filter of today. */
const keepSendersAndBlindCopies: Migration = (db) => db.collection('messages').updateMany({ blindOthers: { $exists: false } }, { $set: { sender: null, blindOthers: 0 } })

/** 0.1.0 called Graph's immutable id `messageId`, which is ours now. */
const nameImmutableIds: Migration = async (db) => {
  const messages = db.collection('messages')
  await messages.updateMany({ immutableId: { $exists: false } }, [{ $set: { immutableId: '$messageId' } }])
  await messages.updateMany({ messageId: { $exists: true } }, { $unset: { messageId: '' } })
}

function messagesIn(collection: Collection<MessageDoc>) {
  return {
    /**
     * Writes a page: rows to keep, and ids of messages of the mailbox that are not (or no longer) about a customer.
     * An older version never overwrites a newer one, but by a private one.
     */
    async writePage(tenantId: string, mailboxId: string, keep: MessageDoc[], drop: string[]): Promise<Touched> {
      const ids = [...new Set([...keep.map((doc) => doc.immutableId), ...drop])]
      if (ids.length === 0) return new Map()
      const before = await collection.find({ tenantId, mailboxId, immutableId: { $in: ids } }).toArray()
      const known = new Map(before.map((old) => [old._id, old]))
      const kept = new Set(keep.map((doc) => doc._id))
      const dropped = before.filter((old) => !kept.has(old._id))
      const operations: AnyBulkWriteOperation<MessageDoc>[] = [
        ...dropped.map(({ _id }) => ({ deleteOne: { filter: { _id } } })),
        ...keep.map((doc) => {
          const filter = { _id: doc._id, ...(doc.private ? {} : { modifiedAt: { $lte: doc.modifiedAt } }) }
          return { replaceOne: { filter, replacement: doc, upsert: true } }
        }),
      ]
      if (operations.length > 0) await ignoreOlder(() => collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority' } }))
      // An older version says that the message is there all the same, else a full reading would remove it.
      const older = keep.filter((doc) => !doc.private && (known.get(doc._id)?.modifiedAt ?? doc.modifiedAt) > doc.modifiedAt)
      for (const number of new Set(older.map(({ reading }) => reading))) await seen(tenantId, mailboxId, older.map(({ immutableId }) => immutableId), number)
      const changed = keep.filter((doc) => !older.includes(doc) && !isDeepStrictEqual({ ...known.get(doc._id), reading: 0 }, { ...doc, reading: 0 }))
      return touchedBy([...dropped, ...changed, ...changed.flatMap(({ _id }) => known.get(_id) ?? [])])
    },
    /** Notes that messages are still there, although no more of them could be read. */
    seen,
    /** Changes what is certain of messages that could not be read whole; of one that is private nothing but its times stays. */
    async patch(tenantId: string, mailboxId: string, patches: readonly MessagePatch[]): Promise<Touched> {
      const rows = patches.length === 0 ? [] : await collection.find({ tenantId, mailboxId, immutableId: { $in: patches.map(({ immutableId }) => immutableId) } }).toArray()
      const changed = rows.flatMap((row): MessageDoc[] => {
        const said = patches.find(({ immutableId }) => immutableId === row.immutableId)!
        // What has been private stays so until it is read whole.
        const next = said.private ? { ...row, ...nothingButTimes } : row.private ? row : { ...row, ...said }
        return isDeepStrictEqual(next, row) ? [] : [next]
      })
      if (changed.length > 0) await collection.bulkWrite(changed.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row } })), { ordered: false, writeConcern: { w: 'majority' } })
      return touchedBy(changed)
    },
    /** Rows of these messages of a mailbox, by immutable id. */
    async foldersOf(tenantId: string, mailboxId: string, immutableIds: string[]): Promise<Map<string, string>> {
      const rows = await collection
        .find({ tenantId, mailboxId, immutableId: { $in: immutableIds } }, { projection: { immutableId: 1, folderId: 1 } })
        .toArray()
      return new Map(rows.map((row) => [row.immutableId, row.folderId]))
    },
    tally: (tenantId: string, mailboxId: string, folderId: string, reading: number) => tallyOf(collection, { tenantId, mailboxId, folderId }, reading),
    /** Removes what a finished full reading of a folder did not see again. */
    async sweep(tenantId: string, mailboxId: string, folderId: string, reading: number): Promise<Touched> {
      return removeTouched(collection, { tenantId, mailboxId, folderId, reading: { $lt: reading } })
    },
    /** Removes a folder's mail, or a whole mailbox's. */
    removeOfMailbox: (tenantId: string, mailboxId: string, folderId?: string): Promise<Touched> =>
      removeTouched(collection, { tenantId, mailboxId, ...(folderId === undefined ? {} : { folderId }) }),
    ...belongingsIn(collection),
    ...customerBelongingsIn(collection),
    mailboxIds: (tenantId: string): Promise<string[]> => valuesOf(collection, 'mailboxId', { tenantId }),
    removePortionOfMailbox: (tenantId: string, mailboxId: string) => removeTouchedPortion(collection, { tenantId, mailboxId }),
    /**
     * Copies of a customer's mail that an audience may see, newest first.
     * @param before a position to continue behind
     */
    page: (
      shown: Shown, audience: Audience, since: Date, before: { receivedAt: Date; id: string } | null, limit: number, only: MessageTest = {},
    ): Promise<MessageDoc[]> =>
      collection
        .find({
          ...shownTo(shown, audience),
          receivedAt: { $gte: since, ...(before === null ? {} : { $lte: before.receivedAt }) },
          ...(before === null ? {} : { $or: [{ receivedAt: { $lt: before.receivedAt } }, { _id: { $lt: before.id } }] }),
          ...passing(only),
        })
        .sort({ receivedAt: -1, _id: -1 })
        .hint(orderFor(audience))
        .limit(limit)
        .toArray(),
    /** Every copy of these mails that an audience may see: position, mail key and place only. */
    copies: (shown: Shown, audience: Audience, mailKeys: string[]): Promise<MailCopy[]> =>
      collection
        .find({ ...shownTo(shown, audience), mailKey: { $in: mailKeys } }, { projection: { mailKey: 1, receivedAt: 1, mailboxId: 1, folderId: 1 } })
        .hint(copiesOfMail)
        .toArray(),
    /** Copies, newest first, in which somebody stands whose name has one of these words in it. */
    naming: (customerIds: string[], audience: Audience, since: Date, words: readonly string[], limit: number): Promise<Pick<MessageDoc, 'customerId' | 'domains' | 'from' | 'sender' | 'to' | 'cc'>[]> =>
      collection
        .find(
          {
            customerId: { $in: customerIds }, receivedAt: { $gte: since }, ...seenBy(audience),
            $or: words.flatMap((word) => ['from.name', 'sender.name', 'to.name', 'cc.name'].map((field) => ({ [field]: { $regex: spelling(word), $options: 'i' } }))),
          },
          { projection: { customerId: 1, domains: 1, from: 1, sender: 1, to: 1, cc: 1 } },
        )
        .sort({ receivedAt: -1 })
        .limit(limit)
        .toArray(),
    /** One copy, if the audience may see it. */
    get: (id: string, audience: Audience): Promise<MessageDoc | null> => collection.findOne({ _id: id, ...seenBy(audience) }),
    /** Copies of the same mail in other mailboxes that the audience may see. */
    siblings: (doc: MessageDoc, audience: Audience): Promise<MessageDoc[]> =>
      collection.find({ customerId: doc.customerId, mailKey: doc.mailKey, mailboxId: { $ne: doc.mailboxId }, ...seenBy(audience) }).toArray(),
    async newestAt(shown: Shown, audience: Audience, since: Date): Promise<Date | null> {
      const found = await collection.findOne(
        { ...shownTo(shown, audience), receivedAt: { $gte: since } },
        { sort: { receivedAt: -1, _id: -1 }, projection: { receivedAt: 1 }, hint: orderFor(audience) },
      )
      return found?.receivedAt ?? null
    },
  }

  async function seen(tenantId: string, mailboxId: string, immutableIds: string[], reading: number): Promise<void> {
    if (immutableIds.length > 0) await collection.updateMany({ tenantId, mailboxId, immutableId: { $in: immutableIds }, reading: { $lt: reading } }, { $set: { reading } })
  }
}
export const Messages = describe({
  name: 'messages', indexes, goesWith: ['tenant', 'customer'], migrations: [keepSendersAndBlindCopies, countReadings('messages'), nameImmutableIds], open: messagesIn,
})
export type Messages = RowsOf<typeof Messages>
