// Security across customers, from the numbers that each judging leaves behind.
import type { Actor } from '../access/model.ts'
import type { Asking } from '../context.ts'
import { Customers } from '../customers/rows.ts'
import type { Coverage } from '../posture/model.ts'
import { numbersOf } from '../posture/numbers.ts'
import type { Security, SecurityRow, Signal } from './model.ts'
import { isUnread } from './unread.ts'

/** Nothing to average over: no account of that kind, or none of which anything is known. */
const share = (coverage: Coverage | null): number | null => (coverage === null || coverage.unknown === coverage.of ? null : coverage.capable / coverage.of)
/** Unknown sorts before good: it has to be looked at. That there is no privileged account is not unknown. */
const lowerShare = (row: SecurityRow): number => Math.min(row.privilegedMfa?.of === 0 ? 1 : (share(row.privilegedMfa) ?? 0), share(row.mfa) ?? 0)

/** Every customer that is not archived, worst first. */
export async function security({ db }: Asking, _actor: Actor): Promise<Security> {
  const customers = await db(Customers).living()
  const numbers = await numbersOf(db, customers.map(({ _id }) => _id))
  const rows = customers.map(({ _id, name }): SecurityRow => {
    const { mfa, privilegedMfa, openFindings, unknown } = numbers(_id)
    return { customerId: _id, name, mfa, privilegedMfa, openFindings, asOf: mfa?.asOf ?? null, unknownReason: unknown.mfa ?? unknown.privilegedMfa }
  })
  return {
    signals: (['mfa', 'privilegedMfa'] as const).map((signal) => averageOf(signal, rows)),
    items: rows.sort(
      (a, b) =>
        Number(isUnread(a)) - Number(isUnread(b)) || (b.openFindings ?? 0) - (a.openFindings ?? 0) || lowerShare(a) - lowerShare(b) || a.name.localeCompare(b.name),
    ),
  }
}

function averageOf(signal: Signal, rows: readonly SecurityRow[]): Security['signals'][number] {
  const inside = rows.filter((row) => share(row[signal]) !== null)
  const total = (count: (coverage: Coverage) => number) => inside.reduce((sum, row) => sum + count(row[signal]!), 0)
  return {
    signal,
    average: inside.length === 0 ? null : inside.reduce((sum, row) => sum + share(row[signal])!, 0) / inside.length,
    customers: inside.length,
    of: rows.length,
    leftOut: rows.filter((row) => share(row[signal]) === null).map((row) => ({ customerId: row.customerId, name: row.name, reason: whyLeftOut(row, signal) })),
    capable: total((coverage) => coverage.capable),
    accounts: total((coverage) => coverage.of),
    unknown: total((coverage) => coverage.unknown),
  }
}

function whyLeftOut(row: SecurityRow, signal: Signal): string {
  const { [signal]: coverage, unknownReason } = row
  if (coverage === null) return unknownReason ?? 'It has not been read yet.'
  return coverage.of === 0 ? 'It has no account of this kind.' : 'It is known of none of its accounts.'
}

export const securityQueries = { security }
