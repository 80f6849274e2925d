// Meetings: metadata of calendar events that touch a customer. One row a copy (tenant, mailbox, event) and customer; shown once.
import { isDeepStrictEqual } from 'node:util'
import type { AnyBulkWriteOperation, Collection, IndexDescription } from 'mongodb'
import { seenBy, type Audience } from '../access/rights.ts'
import { describe, type RowsOf } from '../database/collection.ts'
import { valuesOf } from '../database/portions.ts'
import { belongingsIn, countReadings, customerBelongingsIn, tallyOf } from '../database/readings.ts'
import type { Party, Sender } from '../people/model.ts'
import { removeTouched, removeTouchedPortion, touchedBy, type Touched } from '../people/touched.ts'

export const pastDays = 7
export const nextDays = 14

export interface MeetingDoc {
  /** Hash of tenant, mailbox, event and customer: what the tab gets as id. */
  _id: string
  tenantId: string
  mailboxId: string
  eventId: string
  customerId: string
  domains: string[]
  /** As in MessageDoc. */
  audience: string[]
  /** iCalUId and start: the same for all attendees. */
  meetingKey: string
  start: Date
  end: Date
  allDay: boolean
  cancelled: boolean
  private: boolean
  subject: string | null
  organizer: Sender
  attendees: Party[]
  others: number
  series: boolean
  online: boolean
  reading: number
}

const indexes: IndexDescription[] = [
  { key: { end: 1 }, expireAfterSeconds: pastDays * 86_400 },
  { key: { customerId: 1, start: 1, _id: 1 } },
  { key: { customerId: 1, audience: 1 } },
  { key: { customerId: 1, domains: 1 } },
  { key: { tenantId: 1, mailboxId: 1, reading: 1 } },
]

function meetingsIn(collection: Collection<MeetingDoc>) {
  return {
    /**
     * Writes a page: rows to keep of these events of a mailbox; rows of them that are not kept (any more) are removed.
     */
    async writePage(tenantId: string, mailboxId: string, eventIds: string[], keep: MeetingDoc[]): Promise<Touched> {
      const before = eventIds.length === 0 ? [] : await collection.find({ tenantId, mailboxId, eventId: { $in: eventIds } }).toArray()
      const known = new Map(before.map((doc) => [doc._id, doc]))
      const kept = new Set(keep.map(({ _id }) => _id))
      const dropped = before.filter(({ _id }) => !kept.has(_id))
      const operations: AnyBulkWriteOperation<MeetingDoc>[] = [
        ...dropped.map(({ _id }) => ({ deleteOne: { filter: { _id } } })),
        ...keep.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } })),
      ]
      if (operations.length > 0) await collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority' } })
      const changed = keep.filter((doc) => !isDeepStrictEqual({ ...known.get(doc._id), reading: 0 }, { ...doc, reading: 0 }))
      return touchedBy([...dropped, ...changed, ...changed.flatMap(({ _id }) => known.get(_id) ?? [])])
    },
    /** The rows of some events. */
    ofEvents: (tenantId: string, mailboxId: string, eventIds: string[]): Promise<MeetingDoc[]> =>
      eventIds.length === 0 ? Promise.resolve([]) : collection.find({ tenantId, mailboxId, eventId: { $in: eventIds } }).toArray(),
    /** Those of some events of which there is a row. */
    keptOf: (tenantId: string, mailboxId: string, eventIds: string[]): Promise<string[]> =>
      eventIds.length === 0 ? Promise.resolve([]) : collection.distinct('eventId', { tenantId, mailboxId, eventId: { $in: eventIds } }),
    tally: (tenantId: string, mailboxId: string, reading: number) => tallyOf(collection, { tenantId, mailboxId }, reading),
    /** Removes what a complete reading of the window did not see. */
    async sweep(tenantId: string, mailboxId: string, reading: number): Promise<Touched> {
      return removeTouched(collection, { tenantId, mailboxId, reading: { $lt: reading } })
    },
    removeOfMailbox: (tenantId: string, mailboxId: string): Promise<Touched> => removeTouched(collection, { tenantId, mailboxId }),
    ...belongingsIn(collection),
    ...customerBelongingsIn(collection),
    mailboxIds: (tenantId: string): Promise<string[]> => valuesOf(collection, 'mailboxId', { tenantId }),
    removePortionOfMailbox: (tenantId: string, mailboxId: string) => removeTouchedPortion(collection, { tenantId, mailboxId }),
    /** Copies of these customers' meetings that begin before `to` and end at `from` or later. */
    between: (customerIds: string[], audience: Audience, from: Date, to: Date): Promise<MeetingDoc[]> =>
      collection.find({ customerId: { $in: customerIds }, start: { $lt: to }, end: { $gte: from }, ...seenBy(audience) }).toArray(),
    get: (id: string, audience: Audience): Promise<MeetingDoc | null> => collection.findOne({ _id: id, ...seenBy(audience) }),
  }
}
export const Meetings = describe({ name: 'meetings', indexes, goesWith: ['tenant', 'customer'], migrations: [countReadings('meetings')], open: meetingsIn })
export type Meetings = RowsOf<typeof Meetings>
