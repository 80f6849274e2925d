// Customers, as administrators enter them. Domains are stored in ASCII form, lower case, without a trailing dot.
import { ObjectId, type Collection, type IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import { visible } from '../visible.ts'

export interface CustomerDoc {
  _id: string
  name: string
  /** For sorting and searching without regard to case. */
  sortName: string
  aliases: string[]
  /** By which names and aliases it is known, as `nameKeys` gives them, and no other living customer is; none of an archived one. */
  heldNames: string[]
  domains: string[]
  archivedAt: Date | null
  /** Whether it claims its domains: not archived, and there are some. */
  holdsDomains: boolean
  createdAt: Date
  /** Grows with each change of what the customer matches, so that what was purged is read again even if the change is taken back. */
  filterRevision: number
  /** Grows with each change that a person makes. */
  revision: number
  /** Domains that it no longer has, and whose mail and meetings are not all removed yet. */
  purging: string[]
}

const indexes: IndexDescription[] = [
  { key: { archivedAt: 1, sortName: 1, _id: 1 } },
  // No two living customers share a domain: mail of one must not show at the other.
  { key: { domains: 1 }, unique: true, partialFilterExpression: { holdsDomains: true } },
  // Nor a name or an alias: people and the bot tell customers apart by them.
  { key: { heldNames: 1 }, unique: true, partialFilterExpression: { heldNames: { $gt: '' } } },
]

/** A name as it is compared: whatever its case, and however an accent is written. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()
export const nameKeys = ({ name, aliases }: Pick<CustomerDoc, 'name' | 'aliases'>): string[] => [...new Set([name, ...aliases].map(nameKey))]

/** Names that were entered before those with characters that nobody sees were refused. May be repeated. */
const showNames: Migration = async (db) => {
  const customers = db.collection<CustomerDoc>('customers')
  for await (const { _id, name, aliases } of customers.find()) {
    const shown = { name: visible(name).trim() || 'Customer without a name', aliases: aliases.map((alias) => visible(alias).trim()).filter((alias) => alias !== '') }
    if (shown.name === name && shown.aliases.join('\n') === aliases.join('\n')) continue
    await customers.updateOne({ _id, name, aliases }, { $set: { ...shown, sortName: shown.name.toLowerCase() } })
  }
}

/** Two customers could have one name: the older one holds it, and the other one goes on without. */
const holdNames: Migration = async (db) => {
  const customers = db.collection<Omit<CustomerDoc, 'heldNames'> & { heldNames?: string[] }>('customers')
  const all = await customers.find().sort({ createdAt: 1, _id: 1 }).toArray()
  const taken = new Set(all.flatMap(({ heldNames = [] }) => heldNames))
  for (const doc of all.filter(({ heldNames }) => heldNames === undefined)) {
    const heldNames = doc.archivedAt === null ? nameKeys(doc).filter((name) => !taken.has(name)) : []
    for (const name of heldNames) taken.add(name)
    await customers.updateOne({ _id: doc._id }, { $set: { heldNames } })
  }
}

/** 0.1.0 did not count changes. */
const countChanges: Migration = (db) => db.collection('customers').updateMany({ revision: { $exists: false } }, { $set: { revision: 0 } })

/** Before that, what was no longer matched was removed before anybody was answered. */
const rememberPurges: Migration = (db) => db.collection('customers').updateMany({ purging: { $exists: false } }, { $set: { purging: [] } })

/** What a person changes of a customer: the fields that become others, and no more. */
export type CustomerChange = Partial<Omit<CustomerDoc, '_id' | 'createdAt' | 'revision' | 'filterRevision'>>

export const newCustomerId = (): string => new ObjectId().toHexString()

function customersIn(collection: Collection<CustomerDoc>) {
  return {
    async insert(doc: CustomerDoc): Promise<void> {
      await collection.insertOne(doc)
    },
    /** @param before as it was read; @param matches whether it matches other mail from now on; @returns false when somebody has changed it since */
    async change({ _id, revision }: Pick<CustomerDoc, '_id' | 'revision'>, change: CustomerChange, matches: boolean): Promise<boolean> {
      const { matchedCount } = await collection.updateOne({ _id, revision }, { $set: change, $inc: { revision: 1, ...(matches ? { filterRevision: 1 } : {}) } })
      return matchedCount === 1
    },
    /** All that it no longer matches is removed. @param customer as it was when the last row was looked for */
    async purged({ _id, filterRevision }: CustomerDoc): Promise<void> {
      await collection.updateOne({ _id, filterRevision }, { $set: { purging: [] } })
    },
    /** Has its mail and meetings read anew where what it matches has changed since. @returns whether it has */
    async readAnewUnless({ _id, filterRevision }: CustomerDoc): Promise<boolean> {
      const { matchedCount } = await collection.updateOne({ _id, filterRevision: { $gt: filterRevision } }, { $inc: { filterRevision: 1 } })
      return matchedCount === 1
    },
    get: (id: string): Promise<CustomerDoc | null> => collection.findOne({ _id: id }),
    of: (ids: string[]): Promise<CustomerDoc[]> => collection.find({ _id: { $in: ids } }).toArray(),
    /** Every customer that is looked after, by name. */
    living: (): Promise<CustomerDoc[]> => collection.find({ archivedAt: null }).sort({ sortName: 1, _id: 1 }).toArray(),
    /** What each of these matches. */
    matches: (): Promise<Pick<CustomerDoc, '_id' | 'domains' | 'filterRevision'>[]> => collection.find({ archivedAt: null }, { projection: { domains: 1, filterRevision: 1 } }).toArray(),
    /** Living ones that have one of these domains. */
    holdersOfDomains: (domains: readonly string[]): Promise<CustomerDoc[]> => collection.find({ archivedAt: null, domains: { $in: [...domains] } }).toArray(),
    /** Living ones that are known by one of these names, as `nameKeys` gives them. */
    holdersOfNames: (keys: readonly string[]): Promise<CustomerDoc[]> => collection.find({ archivedAt: null, heldNames: { $in: [...keys] } }).toArray(),
    /** Some of the list by name, behind a customer of it, wherever that one stands by now. */
    page: (archived: boolean, behind: Pick<CustomerDoc, '_id' | 'sortName'> | null, limit: number): Promise<CustomerDoc[]> =>
      collection
        .find({
          archivedAt: archived ? { $gt: new Date(0) } : null,
          ...(behind === null ? {} : { sortName: { $gte: behind.sortName }, $or: [{ sortName: { $gt: behind.sortName } }, { _id: { $gt: behind._id } }] }),
        })
        .sort({ sortName: 1, _id: 1 })
        .limit(limit)
        .toArray(),
    archived: (): Promise<CustomerDoc[]> => collection.find({ archivedAt: { $gt: new Date(0) } }).sort({ sortName: 1, _id: 1 }).toArray(),
  }
}
export const Customers = describe({ name: 'customers', indexes, migrations: [showNames, holdNames, countChanges, rememberPurges], open: customersIn })
export type Customers = RowsOf<typeof Customers>
