// Rows of a list that is read round by round: each carries the number of the full reading that saw it last, and what a finished one
// has not seen is swept.
import { isDeepStrictEqual } from 'node:util'
import type { AnyBulkWriteOperation, Collection, Db, Document, Filter } from 'mongodb'
import type { Migration } from './collection.ts'
import { marking } from './marks.ts'
import { deleteAll, deletePortion, valuesOf } from './portions.ts'

/** Rows of a list after a complete reading: those that it has seen, and those that it would remove. */
export interface Tally {
  readonly seen: number
  readonly unseen: number
}

/** @param of the rows of the list; @param reading the number of the reading */
export async function tallyOf<T extends Document>(collection: Collection<T>, of: Document, reading: number): Promise<Tally> {
  const count = (readings: Document) => collection.countDocuments({ ...of, reading: readings })
  const [seen, unseen] = await Promise.all([count({ $gte: reading }), count({ $lt: reading })])
  return { seen, unseen }
}

export interface ReadRow {
  _id: string
  tenantId: string
  reading: number
}

/** Index of every such list. */
export const readIndex = { key: { tenantId: 1, reading: 1 } } as const

/** 0.1.0 called the number of a reading `round`, which is a worker's go at a unit. */
export const countReadings = (name: string): Migration => async (db) => {
  const collection = db.collection(name)
  await collection.updateMany({ reading: { $exists: false } }, [{ $set: { reading: '$round' } }])
  await collection.updateMany({ round: { $exists: true } }, { $unset: { round: '' } })
}

/**
 * Writing and sweeping of a list of a tenant.
 * @param volatile fields that say when or by which reading a row was seen, beside `reading`: others in them do not make another row
 */
export function readingsIn<T extends ReadRow>(collection: Collection<T>, db: Db, volatile: readonly string[] = []) {
  const cast = <F>(filter: F) => filter as never
  const seenFields = new Set(['reading', ...volatile])
  const whenSeen = (doc: T) => Object.fromEntries([...seenFields].map((field) => [field, (doc as Document)[field] as unknown]))
  const list = (tenantId: string) => ({ list: collection.collectionName, tenantId })

  async function replace(docs: readonly T[]): Promise<void> {
    const operations = docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } }))
    await collection.bulkWrite(operations as unknown as AnyBulkWriteOperation<T>[], { ordered: false, writeConcern: { w: 'majority' } })
  }

  /** Most rows of most rounds are as they were: of those no more is written than that they were seen. */
  async function seen(docs: readonly T[]): Promise<void> {
    const together = new Map<string, T[]>()
    for (const doc of docs) {
      const key = JSON.stringify(whenSeen(doc))
      const same = together.get(key)
      if (same === undefined) together.set(key, [doc])
      else same.push(doc)
    }
    for (const same of together.values()) {
      await collection.updateMany(cast({ _id: { $in: same.map(({ _id }) => _id) } }), { $set: cast(whenSeen(same[0]!)) }, { writeConcern: { w: 'majority' } })
    }
  }

  return {
    /** @param docs of one tenant */
    async write(docs: readonly T[]): Promise<void> {
      const [first] = docs
      if (first === undefined) return
      const stored = (await collection.find(cast({ _id: { $in: docs.map(({ _id }) => _id) } })).toArray()) as T[]
      const known = new Map(stored.map((doc) => [doc._id, doc]))
      const changed = docs.filter((doc) => !isSame(known.get(doc._id), doc, seenFields))
      const others = new Set(changed)
      await seen(docs.filter((doc) => !others.has(doc)))
      if (changed.length > 0) await marking(db, list(first.tenantId), () => replace(changed))
    },
    countOf: (tenantId: string): Promise<number> => collection.countDocuments(cast({ tenantId })),
    tally: (tenantId: string, reading: number) => tallyOf(collection, { tenantId }, reading),
    async sweep(tenantId: string, reading: number): Promise<void> {
      const unseen = cast<Filter<T>>({ tenantId, reading: { $lt: reading } } as Filter<T>)
      if ((await collection.findOne(unseen, { projection: { _id: 1 } })) !== null) await marking(db, list(tenantId), () => deleteAll(() => deletePortion(collection, unseen)))
    },
    async remove(tenantId: string, ids: string[]): Promise<void> {
      const these = cast<Filter<T>>({ _id: { $in: ids } } as Filter<T>)
      if (ids.length > 0 && (await collection.findOne(these, { projection: { _id: 1 } })) !== null) await marking(db, list(tenantId), () => collection.deleteMany(these))
    },
    ofTenant: (tenantId: string): Promise<T[]> => collection.find(cast({ tenantId })).toArray() as Promise<T[]>,
    ...belongingsIn(collection),
  }
}

/** Without copies of either: most rows of most rounds come by here. */
function isSame(stored: Document | undefined, doc: Document, but: ReadonlySet<string>): boolean {
  if (stored === undefined) return false
  const fields = Object.keys(doc)
  return fields.length === Object.keys(stored).length && fields.every((field) => but.has(field) || doc[field] === stored[field] || isDeepStrictEqual(doc[field], stored[field]))
}

/** What every collection can say and do whose rows go with a tenant. */
export function belongingsIn<T extends Document>(collection: Collection<T>): Belongings {
  return {
    tenantIds: () => valuesOf(collection, 'tenantId'),
    countOfTenant: (tenantId) => collection.countDocuments({ tenantId } as never),
    removeOfTenant: (tenantId) => deletePortion(collection, { tenantId } as never),
  }
}

export interface Belongings {
  /** Tenants of which there are rows. What belongs to none is left alone. */
  tenantIds(): Promise<string[]>
  countOfTenant(tenantId: string): Promise<number>
  /** Removes a portion of a tenant's rows. @returns how many it found; none: nothing is left */
  removeOfTenant(tenantId: string): Promise<number>
}

/** What every collection answers whose rows go with a customer. */
export interface CustomerBelongings {
  /** Removes a portion of a customer's rows. @param those null: all of them. @returns how many it found; none: nothing is left */
  removeOfCustomer(customerId: string, those: GoneDomains | null): Promise<number>
}

/** Rows that touch a domain that is gone, and none that is kept. */
export interface GoneDomains {
  readonly gone: readonly string[]
  readonly kept: readonly string[]
}

export function customerBelongingsIn<T extends Document>(collection: Collection<T>): CustomerBelongings {
  return {
    removeOfCustomer: (customerId, those) =>
      deletePortion(collection, { customerId, ...(those === null ? {} : { domains: { $in: [...those.gone], $nin: [...those.kept] } }) } as never),
  }
}
