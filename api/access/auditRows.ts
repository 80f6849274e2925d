// The audit log. Rows are only ever added. Written with majority before the action that they record.
import { ObjectId, type Collection, type IndexDescription } from 'mongodb'
import { describe, type RowsOf } from '../database/collection.ts'
import type { AuditAction } from './auditModel.ts'
import type { Actor } from './model.ts'

export interface AuditDoc {
  _id: string
  at: Date
  tenantId: string
  userId: string
  action: AuditAction
  target: string
  customerId: string | null
  detail: string | null
}

const indexes: IndexDescription[] = [
  { key: { at: -1, _id: -1 } },
  { key: { action: 1, at: -1, _id: -1 } },
  { key: { userId: 1, at: -1, _id: -1 } },
]

export interface AuditQuestion {
  /** Exactly. */
  readonly action?: AuditAction
  readonly userId?: string
  /** From this moment on. */
  readonly since?: Date
  /** Before this moment. */
  readonly until?: Date
}

/** One field, one range: with a second one for where the page begins, an index would serve only one of them. */
function whenOf({ since, until }: AuditQuestion, before: { at: Date; id: string } | null): object {
  const at = { ...(since && { $gte: since }), ...(until && { $lt: until }), ...(before && { $lte: before.at }) }
  const when = Object.keys(at).length === 0 ? {} : { at }
  return before === null ? when : { ...when, $or: [{ at: { $lt: before.at } }, { _id: { $lt: before.id } }] }
}

function auditIn(collection: Collection<AuditDoc>) {
  return {
    /** Adds a row. If this throws, the action must not happen. */
    async add(actor: Actor, at: Date, row: { action: AuditAction; target: string; customerId?: string | null; detail?: string }): Promise<void> {
      const doc: AuditDoc = {
        _id: new ObjectId().toHexString(), at, tenantId: actor.tenantId, userId: actor.userId, action: row.action, target: row.target,
        customerId: row.customerId ?? null, detail: row.detail ?? null,
      }
      await collection.insertOne(doc, { writeConcern: { w: 'majority' } })
    },
    page: (question: AuditQuestion, before: { at: Date; id: string } | null, limit: number): Promise<AuditDoc[]> => {
      const { action, userId } = question
      return collection.find({ ...(action && { action }), ...(userId && { userId }), ...whenOf(question, before) }).sort({ at: -1, _id: -1 }).limit(limit).toArray()
    },
  }
}
export const Audit = describe({ name: 'audit', indexes, open: auditIn })
export type Audit = RowsOf<typeof Audit>
