// Sync units: one row a stream and its container, with its lease, its schedule and its status. Leases follow the database's
// clock ($$NOW) and carry an epoch that grows with each owner, so that a worker which slept too long cannot write on.
import type { Collection, Filter, IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import { belongingsIn } from '../database/readings.ts'
import type { ErrorCode } from '../errors.ts'

export interface UnitDoc {
  /** `${tenantId}|${stream}`, and what tells it from others of its stream; of a job `${job}|${of}` */
  _id: string
  /** Null of a job. */
  tenantId: string | null
  /** Name of the stream, or of the job. */
  stream: string
  /** Of a job: the id of what it is about. */
  of?: string
  dueAt: Date
  leaseOwner: string | null
  leaseUntil: Date
  epoch: number
  /** The epoch that the unit was made with. A bookmark with a lower one belongs to a unit of the same name that was removed. */
  bornEpoch: number
  /** Counts the wishes for a round; a wish that comes while a round runs asks for another one after it. */
  wishes: number
  /** Failures in a row that may pass by themselves. */
  attempts: number
  lastSuccessAt: Date | null
  lastError: { code: string; message: string; at: Date } | null
  /** What the last round could not read although it read the rest; the first of very many. */
  unread: { what: string; id: string; code: string; message: string }[]
  items: number | null
  progress: { done: number; of: number } | null
}

/** A unit of a stream, and of no job. */
export type UnitOfTenant = UnitDoc & { tenantId: string }
export const isOfTenant = (unit: UnitDoc): unit is UnitOfTenant => unit.tenantId !== null

/** A unit that should be there. */
export interface NewUnit extends Pick<UnitDoc, '_id' | 'tenantId' | 'stream'> {
  /** Of units that are made together those with a lower number go first. */
  readonly order?: number
  /** Fields of its stream or job alone. */
  readonly own?: object
}

/** What came of a round. */
export type Outcome = Partial<Pick<UnitDoc, 'lastSuccessAt' | 'lastError' | 'unread' | 'items' | 'attempts'>>

const indexes: IndexDescription[] = [{ key: { dueAt: 1 } }, { key: { tenantId: 1, stream: 1 } }, { key: { stream: 1 } }]

// Epochs begin at the time, so that those of a unit that is made again lie above those of its predecessor.
const fresh = ({ tenantId, stream, order = 0, own }: NewUnit, epoch: number): Omit<UnitDoc, '_id'> => ({
  tenantId, stream, ...own, dueAt: new Date(order), leaseOwner: null, leaseUntil: new Date(0), epoch, bornEpoch: epoch, wishes: 0, attempts: 0, lastSuccessAt: null,
  lastError: null, unread: [], items: null, progress: null,
})

const throttled: ErrorCode = 'throttled'

/** 0.1.0 did not name what it could not read. */
const nameUnread: Migration = (db) => db.collection('units').updateMany({ unread: { $exists: false } }, { $set: { unread: [] } })

/** Every unit of 0.1.0 had the fields of a mailbox. */
const mailboxFieldsOfMailboxesAlone: Migration = (db) => db.collection('units').updateMany({ mailbox: null }, { $unset: { mailbox: '', facts: '' } })

function unitsIn(collection: Collection<UnitDoc>) {
  const after = (seconds: number) => ({ $add: ['$$NOW', Math.round(seconds * 1000)] })
  const free = { $expr: { $and: [{ $lte: ['$dueAt', '$$NOW'] }, { $lte: ['$leaseUntil', '$$NOW'] }] } }
  return {
    ...belongingsIn(collection),
    /** Makes the units that should be there, and leaves those that are alone. @returns ids of those that it has made */
    async ensure(units: readonly NewUnit[], now: Date): Promise<string[]> {
      if (units.length === 0) return []
      const { upsertedIds } = await collection.bulkWrite(
        units.map((unit) => ({ updateOne: { filter: { _id: unit._id }, update: { $setOnInsert: fresh(unit, now.getTime()) }, upsert: true } })),
      )
      return Object.values<string>(upsertedIds)
    },
    get: (id: string): Promise<UnitDoc | null> => collection.findOne({ _id: id }),
    all: (): Promise<UnitDoc[]> => collection.find().toArray(),
    ofTenant: (tenantId: string): Promise<UnitDoc[]> => collection.find({ tenantId }).sort({ stream: 1, _id: 1 }).toArray(),
    /** @param streams names of streams */
    ofStreams: (tenantIds: readonly string[], streams: readonly string[]): Promise<UnitOfTenant[]> =>
      collection.find({ tenantId: { $in: [...tenantIds] }, stream: { $in: [...streams] } }).toArray() as Promise<UnitOfTenant[]>,
    /** Asks for a round of all of a tenant's units, now or as soon as Microsoft allows. */
    wish: (tenantId: string): Promise<void> => wish({ tenantId }),
    /** The same of every unit of these streams. */
    wishStreams: (names: readonly string[]): Promise<void> => wish({ stream: { $in: [...names] } }),
    /** The same of these units. */
    wishUnits: (ids: readonly string[]): Promise<void> => wish({ _id: { $in: [...ids] } }),
    /** Tenants of which units can be had; null among them where jobs can. */
    async dueTakers(): Promise<(string | null)[]> {
      // In the order of its index: the one that is due longest goes first.
      const due = await collection.find<Pick<UnitDoc, 'tenantId'>>(free, { projection: { _id: 0, tenantId: 1 } }).sort({ dueAt: 1 }).toArray()
      return [...new Set(due.map(({ tenantId }) => tenantId))]
    },
    /** Those units, longest waiting first. Those that somebody is at are left out, or they would hide what waits. */
    dueOf: (tenantId: string | null, limit: number): Promise<UnitDoc[]> => collection.find({ tenantId, ...free }).sort({ dueAt: 1 }).limit(limit).toArray(),
    /** Takes the lease of a due unit; null when somebody else has it or it is no longer due. */
    claim: (id: string, owner: string, seconds: number): Promise<UnitDoc | null> =>
      collection.findOneAndUpdate(
        { _id: id, ...free },
        [{ $set: { leaseOwner: owner, leaseUntil: after(seconds), epoch: { $add: ['$epoch', 1] } } }],
        { returnDocument: 'after' },
      ),
    /** Whether somebody is at it. */
    isHeld: async (id: string): Promise<boolean> => (await collection.findOne({ _id: id, $expr: { $gt: ['$leaseUntil', '$$NOW'] } }, { projection: { _id: 1 } })) !== null,
    /** @param change of the unit's own fields, or of `progress`; @returns false when the lease is lost: stop at once */
    async renew(id: string, epoch: number, seconds: number, change: object = {}): Promise<boolean> {
      const literal = Object.fromEntries(Object.entries(change).map(([field, value]: [string, unknown]) => [field, { $literal: value }]))
      const result = await collection.updateOne({ _id: id, epoch, leaseOwner: { $ne: null } }, [{ $set: { leaseUntil: after(seconds), ...literal } }])
      return result.matchedCount === 1
    },
    /**
     * Gives the lease back after a round. A wish that came meanwhile keeps the unit due, unless Microsoft asks to wait.
     * @param unit as claimed; @param inSeconds until the next round
     */
    async finish(unit: UnitDoc, inSeconds: number, change: Outcome): Promise<void> {
      const literal = Object.fromEntries(Object.entries(change).map(([field, value]) => [field, { $literal: value }]))
      const waits = change.lastError?.code === throttled
      const dueAt = waits ? after(inSeconds) : { $cond: [{ $eq: ['$wishes', unit.wishes] }, after(inSeconds), '$$NOW'] }
      await collection.updateOne({ _id: unit._id, epoch: unit.epoch }, [
        { $set: { ...literal, progress: { $literal: null }, leaseOwner: { $literal: null }, leaseUntil: '$$NOW', dueAt } },
      ])
    },
    /** Of work that is done for good. @returns false when it was wished for again meanwhile, or taken over */
    async end({ _id, epoch, wishes }: UnitDoc): Promise<boolean> {
      return (await collection.deleteOne({ _id, epoch, wishes })).deletedCount === 1
    },
    async remove(ids: string[]): Promise<void> {
      await collection.deleteMany({ _id: { $in: ids } })
    },
  }

  async function wish(filter: Filter<UnitDoc>): Promise<void> {
    const dueAt = { $cond: [{ $eq: ['$lastError.code', throttled] }, '$dueAt', '$$NOW'] }
    await collection.updateMany(filter, [{ $set: { dueAt, wishes: { $add: ['$wishes', 1] } } }])
  }
}
export const Units = describe({ name: 'units', indexes, goesWith: ['tenant'], migrations: [nameUnread, mailboxFieldsOfMailboxesAlone], open: unitsIn })
export type Units = RowsOf<typeof Units>
