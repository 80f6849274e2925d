// The accounts behind the MFA coverage of a customer, page by page.
import { AppError } from '../errors.ts'
import type { AccountList, AccountRow, MfaAnswer } from './model.ts'
import { judgeAccounts, memberList } from './judged.ts'
import { evidenceOf } from './job.ts'
import type { CustomerDoc } from '../customers/rows.ts'
import type { Store } from '../database/database.ts'

const defaultLimit = 50

export interface AccountFilter {
  /** Only accounts with this answer. */
  readonly mfa?: MfaAnswer['capable']
  /** Position of the last row of the page before. */
  readonly after?: string
  readonly limit?: number
}

/**
 * @param reading of the evidence, when it is under way already
 * @throws AppError `invalidInput` for a position that is not in the list, or no longer
 */
export async function accounts(store: Store, customer: CustomerDoc, filter: AccountFilter, reading = evidenceOf(store, customer)): Promise<AccountList> {
  const { mfa, after, limit = defaultLimit } = filter
  const evidence = await reading
  const rows = memberList(judgeAccounts(evidence), evidence.roles).filter((row) => mfa === undefined || row.mfa.capable === mfa)
  const start = after === undefined || after === '' ? 0 : behind(rows, after)
  const items = rows.slice(start, start + limit)
  const last = items.at(-1)
  return { items, of: rows.length, next: last === undefined || start + limit >= rows.length ? null : positionOf(last) }
}

// An id and not a name: addresses of requests end up in the logs of whatever stands before Outpost.
const positionOf = ({ tenantId, id }: AccountRow): string => `${tenantId}|${id}`

function behind(rows: readonly AccountRow[], position: string): number {
  const at = rows.findIndex((row) => positionOf(row) === position)
  // Guessing where it stood could leave somebody out.
  if (at === -1) throw new AppError('invalidInput', { sentence: 'The list has changed since the page before. Load it again from the start.' })
  return at + 1
}
