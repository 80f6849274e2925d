// Connected tenants. The client secret is stored sealed (api/vault) and leaves this collection only to be opened there.
import type { Collection, IndexDescription } from 'mongodb'
import { describe, type Migration, type RowsOf } from '../database/collection.ts'
import type { SealedSecret } from '../vault/model.ts'

/** A tenant for every use but opening its secret: that is not read where it is not needed. */
export interface TenantDoc {
  /** The tenant's id. */
  _id: string
  name: string
  /** The customer whose tenant it is; null for the MSP's own. A customer's tenant has no mailboxes. */
  customerId: string | null
  clientId: string
  /** UPNs of the listed technicians, lower case. */
  mailboxes: string[]
  verifiedDomains: string[]
  connectedAt: Date
  /** As Entra says, else as entered; null when neither is known. */
  secretExpiresAt: Date | null
  /** Grows with each change that a person makes; begins at the time, so that those of a tenant that is connected again lie above. */
  revision: number
}

/** The whole row, for who signs in to the tenant or changes how. */
export interface SealedTenantDoc extends TenantDoc {
  secret: SealedSecret
}

const withoutSecret = { projection: { secret: 0 } }

const indexes: IndexDescription[] = [{ key: { customerId: 1 } }]

function tenantsIn(collection: Collection<SealedTenantDoc>) {
  return {
    /** @returns false when a tenant of this id is there already */
    async insert(doc: SealedTenantDoc): Promise<boolean> {
      const { upsertedCount } = await collection.updateOne({ _id: doc._id }, { $setOnInsert: doc }, { upsert: true })
      return upsertedCount === 1
    },
    /** What a person changes. @param before as it was read; @returns false when somebody has changed it since */
    async change({ _id, revision }: Pick<TenantDoc, '_id' | 'revision'>, change: Partial<Omit<SealedTenantDoc, '_id' | 'revision'>>): Promise<boolean> {
      const { matchedCount } = await collection.updateOne({ _id, revision }, { $set: change, $inc: { revision: 1 } })
      return matchedCount === 1
    },
    /** What the tenant says of itself. */
    update: async (id: string, change: Partial<Pick<TenantDoc, 'name' | 'verifiedDomains' | 'secretExpiresAt'>>): Promise<void> => {
      await collection.updateOne({ _id: id }, { $set: change })
    },
    remove: async (id: string): Promise<void> => {
      await collection.deleteOne({ _id: id })
    },
    /** What the vault has sealed, of every tenant. */
    sealed: (): Promise<Pick<SealedTenantDoc, '_id' | 'secret'>[]> => collection.find({}, { projection: { secret: 1 } }).toArray(),
    /** @param before as it was read; @returns false when a person has entered another secret since */
    async reseal({ _id, secret: before }: Pick<SealedTenantDoc, '_id' | 'secret'>, secret: SealedSecret): Promise<boolean> {
      const { matchedCount } = await collection.updateOne({ _id, 'secret.nonce': before.nonce }, { $set: { secret } })
      return matchedCount === 1
    },
    get: (id: string): Promise<TenantDoc | null> => collection.findOne<TenantDoc>({ _id: id }, withoutSecret),
    getSealed: (id: string): Promise<SealedTenantDoc | null> => collection.findOne({ _id: id }),
    all: (): Promise<TenantDoc[]> => collection.find<TenantDoc>({}, withoutSecret).sort({ connectedAt: 1 }).toArray(),
    /** Those of some customers, and the MSP's own. */
    around: (customerIds: string[]): Promise<TenantDoc[]> => collection.find<TenantDoc>({ customerId: { $in: [...customerIds, null] } }, withoutSecret).sort({ connectedAt: 1 }).toArray(),
    ofCustomer: (customerId: string): Promise<TenantDoc[]> => collection.find<TenantDoc>({ customerId }, withoutSecret).toArray(),
    /** The MSP's own tenants: those whose mail is read and whose domains count as the MSP's. */
    own: (): Promise<TenantDoc[]> => collection.find<TenantDoc>({ customerId: null }, withoutSecret).toArray(),
    /** Whose they are: those of some customers, and the MSP's own. */
    owned: (customerIds: string[]): Promise<Pick<TenantDoc, '_id' | 'customerId'>[]> =>
      collection.find({ customerId: { $in: [...customerIds, null] } }, { projection: { customerId: 1 } }).sort({ _id: 1 }).toArray(),
  }
}
/** 0.1.0 did not count changes. */
const countChanges: Migration = (db) => db.collection('tenants').updateMany({ revision: { $exists: false } }, { $set: { revision: 0 } })

export const Tenants = describe({ name: 'tenants', indexes, migrations: [countChanges], open: tenantsIn })
export type Tenants = RowsOf<typeof Tenants>
