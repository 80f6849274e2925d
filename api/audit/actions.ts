// The audit log, to take along.
import { Temporal } from 'temporal-polyfill'
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import type { Acting } from '../context.ts'
import { toCsv } from '../csv.ts'
import { actionWords, nobodyKnown } from './actionWords.ts'
import { auditPage, type AuditFilter } from './query.ts'

const most = 10_000

/** "2026-05-31 14:03:22": a time that spreadsheets know as one. */
const wallClock = (at: string, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')

/**
 * CSV, the newest 10,000 rows. Where there are more, its last row says so.
 * @returns cutAt: how many rows it holds where older ones are left out; else null
 * @throws AppError forbidden
 */
async function exportAudit({ db, now }: Acting, actor: Actor, filter: AuditFilter): Promise<{ text: string; cutAt: number | null }> {
  requireRight(actor, 'readAudit')
  await db(Audit).add(actor, now(), { action: 'audit.export', target: 'audit' })
  const { items, next } = await auditPage(db, filter, most)
  const { zone = 'UTC' } = filter
  const header = [`Time (${zone})`, 'Time (UTC)', 'Person', 'Person id', 'Action', 'Target', 'Target id', 'Customer', 'Customer id', 'Detail']
  const rows = items.map((row) => [
    wallClock(row.at, zone), row.at, row.userName ?? nobodyKnown, row.userId, actionWords[row.action], row.targetName, row.target,
    row.customerName ?? '', row.customerId ?? '', row.detail ?? '',
  ])
  const end = [`Only the newest ${most.toLocaleString('en')} rows: older ones are left out. Choose days to export them.`, ...header.slice(1).map(() => '')]
  return { text: toCsv(header, next === null ? rows : [...rows, end]), cutAt: next === null ? null : most }
}

export const auditActions = { exportAudit }
