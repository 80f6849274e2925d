// Units that read a listed mailbox: their own fields, and what is asked of them alone.
import type { Collection } from 'mongodb'
import { describe, type Database } from '../database/collection.ts'
import type { UnitDoc } from '../sync/units.ts'

/** The standard folders of a mailbox. */
export interface MailboxFolders {
  excludedFolderIds: string[]
  sentFolderId: string | null
  /** Names of those that the mailbox did not have when it was last asked; absent where 0.1.0 asked, which needed them all. */
  missing?: string[]
}

export interface MailboxUnit extends UnitDoc {
  /** UPN, as listed. */
  mailbox: string
  /** Object id of the mailbox's user and, for mail, its standard folders: known after the first look at the mailbox. */
  facts: { userId: string; folders?: MailboxFolders } | null
}

function mailboxUnitsIn(collection: Collection<MailboxUnit>) {
  return {
    /** All of a stream: those of the MSP's own tenants, for no others have listed mailboxes. */
    ofStream: (stream: string): Promise<MailboxUnit[]> => collection.find({ stream }).toArray(),
    /** Whether a unit of a stream reads this user's mailbox. */
    isRead: async (tenantId: string, stream: string, userId: string): Promise<boolean> =>
      (await collection.findOne({ tenantId, stream, 'facts.userId': userId }, { projection: { _id: 1 } })) !== null,
    /** Those that read a listed mailbox: mail and calendar. */
    ofMailbox: (tenantId: string, mailbox: string): Promise<MailboxUnit[]> => collection.find({ tenantId, mailbox }).toArray(),
    /** Those that read any. */
    ofTenant: (tenantId: string): Promise<MailboxUnit[]> => collection.find({ tenantId, mailbox: { $gt: '' } }).toArray(),
    /** Whether another unit of the same stream reads this user's mailbox: a mailbox can be listed by two of its addresses. */
    async isReadByOthers({ _id, tenantId, stream }: Pick<UnitDoc, '_id' | 'tenantId' | 'stream'>, userId: string): Promise<boolean> {
      return (await collection.findOne({ tenantId, stream, _id: { $ne: _id }, 'facts.userId': userId })) !== null
    },
  }
}
/** A view of the units. */
export const MailboxUnits = describe({ name: 'units', open: mailboxUnitsIn })

/** Whether a stream reads this mailbox now: the list decides at this moment, whatever rows are still there. */
export const isListed = (db: Database, stream: string, { tenantId, mailboxId }: { tenantId: string; mailboxId: string }): Promise<boolean> =>
  db(MailboxUnits).isRead(tenantId, stream, mailboxId)

/** The mailbox that a unit reads; null for one that reads none. */
export const mailboxOf = (unit: UnitDoc): string | null => (unit as Partial<MailboxUnit>).mailbox ?? null
