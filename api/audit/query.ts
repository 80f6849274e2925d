// The audit log, newest first. Names of people are looked up at reading; the log itself holds ids.
import type { AuditAction, AuditList } from '../access/auditModel.ts'
import type { Store } from '../database/database.ts'
import { fromText, toText } from '../database/position.ts'

const defaultSize = 50

export async function auditPage(
  store: Store,
  { after, ...filter }: { after?: string; action?: AuditAction; userId?: string },
  pageSize = defaultSize,
): Promise<AuditList> {
  const rows = await store.audit.page(filter, fromText(after), pageSize + 1)
  const page = rows.slice(0, pageSize)
  const people = new Map<string, Set<string>>()
  for (const { tenantId, userId } of page) people.set(tenantId, (people.get(tenantId) ?? new Set()).add(userId))
  const names = new Map<string, string>()
  for (const [tenantId, userIds] of people) for (const [userId, name] of await store.accounts.names(tenantId, [...userIds])) names.set(userId, name)
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
