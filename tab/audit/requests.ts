import type { AuditAction, AuditList } from '../../api/access/auditModel.ts'
import type { PagedQuestion } from '../client/loading.ts'
import { csv, json, query, type CsvFile } from '../client/request.ts'
import { zoneName } from '../parts/time.ts'

/** Rows of the audit log to look for; null asks for all. */
export interface AuditFilter {
  action: AuditAction | null
  userId: string | null
  /** YYYY-MM-DD, days of the person's own zone: the first and the last one. */
  from: string | null
  to: string | null
}

/** The zone matters to an export without dates, too: its times are written in it. */
const asked = (filter: AuditFilter) => ({ ...filter, zone: zoneName() })

/** The audit log, newest first. No change tells of it: it stays as it was when it was opened. */
export const auditLog = (filter: AuditFilter): PagedQuestion<AuditList> => ({
  key: ['audit', filter.action, filter.userId, filter.from, filter.to],
  ask: (after, signal) => json<AuditList>(`/audit${query({ ...asked(filter), after })}`, { signal }),
})

export const auditCsv = (filter: AuditFilter): Promise<CsvFile> => csv(`/audit.csv${query(asked(filter))}`)
