import type { AuditAction, AuditList } from '../../api/access/auditModel.ts'
import type { PagedQuestion } from '../client/loading.ts'
import { csv, json, query } from '../client/request.ts'

/** Rows of the audit log to look for; null asks for all. */
export interface AuditFilter {
  action: AuditAction | null
  userId: string | null
}

/** The audit log, newest first. No change tells of it: it stays as it was when it was opened. */
export const auditLog = (filter: AuditFilter): PagedQuestion<AuditList> => ({
  key: ['audit', filter.action, filter.userId],
  ask: (after, signal) => json<AuditList>(`/audit${query({ ...filter, after })}`, { signal }),
})

export const auditCsv = (filter: AuditFilter): Promise<Blob> => csv(`/audit.csv${query({ ...filter })}`)
