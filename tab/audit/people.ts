// People of the audit log, to choose one.
import type { AuditRow } from '../../api/access/auditModel.ts'
import { nobodyKnown } from '../../api/audit/actionWords.ts'

export interface Person {
  userId: string
  name: string
}

/** `known` and whoever acted in `rows`, each once, by name. The same array when nobody is new. */
export function peopleIn(known: Person[], rows: readonly AuditRow[]): Person[] {
  const ids = new Set(known.map(({ userId }) => userId))
  const people = new Map(rows.filter(({ userId }) => !ids.has(userId)).map((row) => [row.userId, row.userName ?? `${nobodyKnown} (${row.userId})`]))
  if (people.size === 0) return known
  return [...known, ...[...people].map(([userId, name]) => ({ userId, name }))].sort((a, b) => a.name.localeCompare(b.name))
}
