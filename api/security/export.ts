// Lists as CSV for spreadsheets. A cell that a spreadsheet would take for a formula is made text (OWASP "CSV Injection").
import { stringify } from 'csv-stringify/sync'
import type { Actor } from '../access/model.ts'
import type { AuditAction } from '../access/auditModel.ts'
import type { Coverage } from '../posture/model.ts'
import { requireRole } from '../access/actor.ts'
import { auditPage } from '../audit/query.ts'
import { security } from './query.ts'
import type { ActionOptions } from '../actions.ts'

const auditRows = 10_000
const csv = (header: string[], rows: unknown[][]): string => stringify([header, ...rows], { escape_formulas: true, record_delimiter: 'windows', bom: true })

// As the screen says it: what is unknown is a word, never an empty cell and never 0.
const unknown = 'Unknown'
const cells = (coverage: Coverage | null) => (coverage === null ? [unknown, unknown, unknown, unknown] : [coverage.capable, coverage.notCapable, coverage.unknown, coverage.of])

/** Security across customers, a row a customer, worst first. */
export async function exportSecurity({ store, now }: ActionOptions, actor: Actor): Promise<string> {
  await store.audit.add(actor, now(), { action: 'security.export', target: 'security' })
  const { items } = await security(store)
  const four = (what: string) => [`${what} capable`, `${what} not capable`, `${what} unknown`, `${what} of`]
  return csv(
    ['Customer', ...four('MFA'), ...four('Privileged MFA'), 'Open findings', 'As of', 'Unknown because'],
    items.map((row) => [row.name, ...cells(row.mfa), ...cells(row.privilegedMfa), row.openFindings ?? unknown, row.asOf ?? 'Not read yet', row.unknownReason ?? '']),
  )
}

/** The audit log, newest first. @throws AppError forbidden */
export async function exportAudit({ store, now }: ActionOptions, actor: Actor, filter: { action?: AuditAction; userId?: string }): Promise<string> {
  requireRole(actor, 'admin')
  await store.audit.add(actor, now(), { action: 'audit.export', target: 'audit' })
  const { items } = await auditPage(store, filter, auditRows)
  return csv(
    ['At', 'Person', 'Person id', 'Action', 'Target', 'Customer id', 'Detail'],
    items.map((row) => [row.at, row.userName ?? '', row.userId, row.action, row.target, row.customerId ?? '', row.detail ?? '']),
  )
}
