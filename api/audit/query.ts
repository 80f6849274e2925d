// The audit log, newest first.
import { Temporal } from 'temporal-polyfill'
import type { AuditAction, AuditList } from '../access/auditModel.ts'
import { Audit, type AuditQuestion } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { requireRight } from '../access/rights.ts'
import type { Asking } from '../context.ts'
import type { Database } from '../database/collection.ts'
import { fromText, toText } from '../database/position.ts'
import { named } from './names.ts'

const defaultSize = 50

export interface AuditFilter {
  /** Exactly. */
  readonly action?: AuditAction
  readonly userId?: string
  /** Days, YYYY-MM-DD, the first and the last one that are wanted. */
  readonly from?: string
  readonly to?: string
  /** Where those days begin and end, by its IANA name; UTC without one. */
  readonly zone?: string
}

/** Days are not all of 24 hours, and some do not begin at midnight. */
const startOf = (day: Temporal.PlainDate, zone: string): Date => new Date(day.toZonedDateTime(zone).epochMilliseconds)

function questionOf({ from, to, zone = 'UTC', ...exact }: AuditFilter): AuditQuestion {
  return {
    ...exact,
    ...(from !== undefined && { since: startOf(Temporal.PlainDate.from(from), zone) }),
    ...(to !== undefined && { until: startOf(Temporal.PlainDate.from(to).add({ days: 1 }), zone) }),
  }
}

/** @throws AppError forbidden; `invalidInput` for a position that is not ours */
async function audit({ db }: Asking, actor: Actor, page: AuditFilter & { after?: string }): Promise<AuditList> {
  requireRight(actor, 'readAudit')
  return auditPage(db, page)
}

export async function auditPage(db: Database, { after, ...filter }: AuditFilter & { after?: string }, pageSize = defaultSize): Promise<AuditList> {
  const rows = await db(Audit).page(questionOf(filter), fromText(after), pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return { items: await named(db, page), next: rows.length > pageSize && last !== undefined ? toText({ at: last.at, id: last._id }) : null }
}

export const auditQueries = { audit }
