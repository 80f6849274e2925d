// Security across customers, from the numbers that each assessment leaves behind.
import type { Coverage } from '../model/posture.ts'
import type { Security, SecurityRow, Signal } from '../model/security.ts'
import type { PostureDoc } from '../store/postures.ts'
import type { Store } from '../store/store.ts'

/** Nothing to average over: no account of that kind. */
const share = (coverage: Coverage | null): number | null => (coverage === null || coverage.of === 0 ? null : coverage.capable / coverage.of)
/** Unknown sorts before good: it has to be looked at. That there is no privileged account is not unknown. */
const badness = (row: SecurityRow): number => Math.min(row.privilegedMfa === null ? 0 : (share(row.privilegedMfa) ?? 1), share(row.mfa) ?? 0)

export async function security(store: Store): Promise<Security> {
  const customers = await store.customers.living()
  const ids = customers.map(({ _id }) => _id)
  const [postures, findings] = await Promise.all([store.postures.of(ids), store.findings.openCounts(ids)])
  const rows = customers.map((customer): SecurityRow => {
    const posture = postures.get(customer._id)
    const known = posture !== undefined && posture.accounts > 0
    return {
      customerId: customer._id,
      name: customer.name,
      mfa: known ? posture.mfa : null,
      privilegedMfa: known ? posture.privilegedMfa : null,
      openFindings: findings.get(customer._id) ?? 0,
      asOf: known ? posture.mfa.asOf : null,
      unknownReason: known ? rolesUnread(posture) : (posture?.unknownReason ?? 'Nothing has been read of this customer yet.'),
    }
  })
  return {
    signals: (['mfa', 'privilegedMfa'] as const).map((signal) => averageOf(signal, rows)),
    items: rows.sort((a, b) => badness(a) - badness(b) || b.openFindings - a.openFindings || a.name.localeCompare(b.name)),
  }
}

const rolesUnread = ({ privilegedMfa }: PostureDoc): string | null =>
  privilegedMfa === null ? 'The directory roles of this customer have not been read, so its privileged accounts are unknown.' : null

function averageOf(signal: Signal, rows: readonly SecurityRow[]): Security['signals'][number] {
  const inside = rows.filter((row) => share(row[signal]) !== null)
  const total = (count: (coverage: Coverage) => number) => inside.reduce((sum, row) => sum + count(row[signal]!), 0)
  return {
    signal,
    average: inside.length === 0 ? null : inside.reduce((sum, row) => sum + share(row[signal])!, 0) / inside.length,
    customers: inside.length,
    of: rows.length,
    leftOut: rows
      .filter((row) => share(row[signal]) === null)
      .map((row) => ({ customerId: row.customerId, name: row.name, reason: (row[signal] === null ? row.unknownReason : null) ?? 'It has no account of this kind.' })),
    capable: total((coverage) => coverage.capable),
    accounts: total((coverage) => coverage.of),
    unknown: total((coverage) => coverage.unknown),
  }
}
