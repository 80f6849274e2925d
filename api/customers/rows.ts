// Customers, as administrators enter them. Domains are stored in ASCII form, lower case, without a trailing dot.
import { ObjectId, type Collection, type IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'

export interface CustomerDoc {
  _id: string
  name: string
  /** For sorting and searching without regard to case. */
  sortName: string
  aliases: string[]
  domains: string[]
  archivedAt: Date | null
  /** Whether it claims its domains: not archived, and there are some. */
  holdsDomains: boolean
  createdAt: Date
  /** Grows with each change of what the customer matches, so that what was purged is read again even if the change is taken back. */
  filterRevision: number
}

const indexes: IndexDescription[] = [
  { key: { archivedAt: 1, sortName: 1, _id: 1 } },
  // No two living customers share a domain: mail of one must not show at the other.
  { key: { domains: 1 }, unique: true, partialFilterExpression: { holdsDomains: true } },
]

export const newCustomerId = (): string => new ObjectId().toHexString()

function customersIn(collection: Collection<CustomerDoc>) {
  return {
    async insert(doc: CustomerDoc): Promise<void> {
      await collection.insertOne(doc)
    },
    /** What a person changes. @param before as it was read; @returns false when somebody has changed it since */
    async change({ _id, name, aliases, domains, archivedAt }: CustomerDoc, change: Partial<Omit<CustomerDoc, '_id'>>): Promise<boolean> {
      const { matchedCount } = await collection.updateOne({ _id, name, aliases, domains, archivedAt }, { $set: change })
      return matchedCount === 1
    },
    get: (id: string): Promise<CustomerDoc | null> => collection.findOne({ _id: id }),
    /** Every customer that is looked after, by name. */
    living: (): Promise<CustomerDoc[]> => collection.find({ archivedAt: null }).sort({ sortName: 1, _id: 1 }).toArray(),
    archived: (): Promise<CustomerDoc[]> => collection.find({ archivedAt: { $gt: new Date(0) } }).sort({ sortName: 1, _id: 1 }).toArray(),
  }
}
export const Customers = describe({ name: 'customers', indexes, open: customersIn })
export type Customers = RowsOf<typeof Customers>
