// The audit log, to take along.
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import type { Acting } from '../context.ts'
import { toCsv } from '../csv.ts'
import { auditPage, type AuditFilter } from './query.ts'

const auditRows = 10_000

/** CSV, the newest 10,000 rows. @throws AppError forbidden */
async function exportAudit({ db, now }: Acting, actor: Actor, filter: AuditFilter): Promise<string> {
  requireRight(actor, 'readAudit')
  await db(Audit).add(actor, now(), { action: 'audit.export', target: 'audit' })
  const { items } = await auditPage(db, filter, auditRows)
  return toCsv(
    ['At', 'Person', 'Person id', 'Action', 'Target', 'Customer id', 'Detail'],
    items.map((row) => [row.at, row.userName ?? '', row.userId, row.action, row.target, row.customerId ?? '', row.detail ?? '']),
  )
}

export const auditActions = { exportAudit }
