// The audit log, newest first. Names of people are looked up at reading; the log itself holds ids.
import type { AuditAction, AuditList } from '../access/auditModel.ts'
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import { Accounts } from '../accounts/rows.ts'
import type { Asking } from '../context.ts'
import type { Database } from '../database/collection.ts'
import { fromText, toText } from '../database/position.ts'

const defaultSize = 50

export interface AuditFilter {
  /** Exactly. */
  readonly action?: AuditAction
  readonly userId?: string
}

/** @throws AppError forbidden; `invalidInput` for a position that is not ours */
async function audit({ db }: Asking, actor: Actor, page: AuditFilter & { after?: string }): Promise<AuditList> {
  requireRight(actor, 'readAudit')
  return auditPage(db, page)
}

export async function auditPage(db: Database, { after, ...filter }: AuditFilter & { after?: string }, pageSize = defaultSize): Promise<AuditList> {
  const rows = await db(Audit).page(filter, fromText(after), pageSize + 1)
  const page = rows.slice(0, pageSize)
  const people = new Map<string, Set<string>>()
  for (const { tenantId, userId } of page) people.set(tenantId, (people.get(tenantId) ?? new Set()).add(userId))
  const names = new Map<string, string>()
  for (const [tenantId, userIds] of people) for (const [userId, name] of await db(Accounts).names(tenantId, [...userIds])) names.set(userId, name)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      id: row._id,
      at: row.at.toISOString(),
      userId: row.userId,
      userName: names.get(row.userId) ?? null,
      action: row.action,
      target: row.target,
      customerId: row.customerId,
      detail: row.detail,
    })),
    next: rows.length > pageSize && last !== undefined ? toText({ at: last.at, id: last._id }) : null,
  }
}

export const auditQueries = { audit }
