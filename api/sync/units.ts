// Sync units: one row a stream and its container, with its lease, its schedule and its status. Leases follow the database's
// clock ($$NOW) and carry an epoch that grows with each owner, so that a worker which slept too long cannot write on.
import type { Db, Filter, IndexDescription } from 'mongodb'
import type { ErrorCode } from '../errors.ts'
import type { StreamName } from './model.ts'

/** The standard folders of a mailbox. */
export interface MailboxFolders {
  excludedFolderIds: string[]
  sentFolderId: string | null
  /** Names of those that the mailbox did not have when it was last asked; absent where 0.1.0 asked, which needed them all. */
  missing?: string[]
}

export interface UnitDoc {
  /** `${tenantId}|${stream}` or `${tenantId}|mail|${upn}` */
  _id: string
  tenantId: string
  stream: StreamName
  /** UPN, for mail. */
  mailbox: string | null
  /** Object id of the mailbox's user and, for mail, its excluded and its sent folder: known after the first look at the mailbox. */
  facts: { userId: string; folders?: MailboxFolders } | null
  dueAt: Date
  leaseOwner: string | null
  leaseUntil: Date
  epoch: number
  /** The epoch that the unit was made with. A bookmark with a lower one belongs to a unit of the same name that was removed. */
  bornEpoch: number
  /** Counts the wishes for a round; a wish that comes while a round runs asks for another one after it. */
  wishes: number
  attempts: number
  lastSuccessAt: Date | null
  lastError: { code: string; message: string; at: Date } | null
  /** What the last round could not read although it read the rest; the first of very many. */
  unread: { what: string; id: string; code: string; message: string }[]
  items: number | null
  progress: { done: number; of: number } | null
}

export const unitIndexes: IndexDescription[] = [{ key: { dueAt: 1 } }, { key: { tenantId: 1, stream: 1 } }, { key: { stream: 1 } }]

// Epochs begin at the time, so that those of a unit that is made again lie above those of its predecessor.
const fresh = (unit: Pick<UnitDoc, '_id' | 'tenantId' | 'stream' | 'mailbox'>, epoch: number): Omit<UnitDoc, '_id'> => ({
  tenantId: unit.tenantId, stream: unit.stream, mailbox: unit.mailbox, facts: null, dueAt: new Date(0), leaseOwner: null,
  leaseUntil: new Date(0), epoch, bornEpoch: epoch, wishes: 0, attempts: 0, lastSuccessAt: null, lastError: null, unread: [], items: null, progress: null,
})

const throttled: ErrorCode = 'throttled'

export function unitsIn(db: Db) {
  const collection = db.collection<UnitDoc>('units')
  const after = (seconds: number) => ({ $add: ['$$NOW', Math.round(seconds * 1000)] })
  const free = { $expr: { $and: [{ $lte: ['$dueAt', '$$NOW'] }, { $lte: ['$leaseUntil', '$$NOW'] }] } }
  return {
    /** Makes the units that a tenant should have, and leaves those that are there alone. */
    async ensure(units: Pick<UnitDoc, '_id' | 'tenantId' | 'stream' | 'mailbox'>[], now: Date): Promise<void> {
      if (units.length === 0) return
      await collection.bulkWrite(
        units.map((unit) => ({ updateOne: { filter: { _id: unit._id }, update: { $setOnInsert: fresh(unit, now.getTime()) }, upsert: true } })),
      )
    },
    get: (id: string): Promise<UnitDoc | null> => collection.findOne({ _id: id }),
    all: (): Promise<UnitDoc[]> => collection.find().toArray(),
    ofTenant: (tenantId: string): Promise<UnitDoc[]> => collection.find({ tenantId }).sort({ stream: 1, _id: 1 }).toArray(),
    ofStream: (tenantIds: string[], stream: StreamName): Promise<UnitDoc[]> =>
      collection.find({ tenantId: { $in: tenantIds }, stream }).toArray(),
    /** Mail and calendar of a listed mailbox. */
    ofMailbox: (tenantId: string, mailbox: string): Promise<UnitDoc[]> =>
      collection.find({ tenantId, stream: { $in: ['mail', 'calendar'] }, mailbox }).toArray(),
    /** Whether another unit of the same stream reads this user's mailbox: a mailbox can be listed by two of its addresses. */
    async isReadByOthers({ _id, tenantId, stream }: Pick<UnitDoc, '_id' | 'tenantId' | 'stream'>, userId: string): Promise<boolean> {
      return (await collection.findOne({ tenantId, stream, _id: { $ne: _id }, 'facts.userId': userId })) !== null
    },
    /** Asks for a round of all of a tenant's units, now or as soon as Microsoft allows. */
    wish: (tenantId: string): Promise<void> => wish({ tenantId }),
    /** The same of everything that goes through the customer filter. */
    wishFiltered: (): Promise<void> => wish({ stream: { $in: ['mail', 'calendar'] } }),
    /** Ids of units that can be had, longest waiting first. Those that somebody is at are left out, or they would hide what waits. */
    async due(limit: number): Promise<string[]> {
      const found = await collection.find(free, { projection: { _id: 1 } }).sort({ dueAt: 1 }).limit(limit).toArray()
      return found.map(({ _id }) => _id)
    },
    /** Takes the lease of a due unit; null when somebody else has it or it is no longer due. */
    claim: (id: string, owner: string, seconds: number): Promise<UnitDoc | null> =>
      collection.findOneAndUpdate(
        { _id: id, ...free },
        [{ $set: { leaseOwner: owner, leaseUntil: after(seconds), epoch: { $add: ['$epoch', 1] } } }],
        { returnDocument: 'after' },
      ),
    /** @returns false when the lease is lost: stop at once */
    async renew(id: string, epoch: number, seconds: number, change: Partial<Pick<UnitDoc, 'facts' | 'progress'>> = {}): Promise<boolean> {
      const literal = Object.fromEntries(Object.entries(change).map(([field, value]) => [field, { $literal: value }]))
      const result = await collection.updateOne({ _id: id, epoch }, [{ $set: { leaseUntil: after(seconds), ...literal } }])
      return result.matchedCount === 1
    },
    /**
     * Gives the lease back after a round. A wish that came meanwhile keeps the unit due, unless Microsoft asks to wait.
     * @param unit as claimed; @param inSeconds until the next round
     */
    async finish(unit: UnitDoc, inSeconds: number, change: Partial<Pick<UnitDoc, 'lastSuccessAt' | 'lastError' | 'unread' | 'items' | 'attempts'>>): Promise<void> {
      const literal = Object.fromEntries(Object.entries(change).map(([field, value]) => [field, { $literal: value }]))
      const waits = change.lastError?.code === throttled
      const dueAt = waits ? after(inSeconds) : { $cond: [{ $eq: ['$wishes', unit.wishes] }, after(inSeconds), '$$NOW'] }
      await collection.updateOne({ _id: unit._id, epoch: unit.epoch }, [
        { $set: { ...literal, progress: { $literal: null }, leaseOwner: { $literal: null }, leaseUntil: '$$NOW', dueAt } },
      ])
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
export type Units = ReturnType<typeof unitsIn>
