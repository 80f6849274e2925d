// The accounts behind the MFA coverage of a customer, page by page.
import type { Actor } from '../access/model.ts'
import { accountKey } from '../accounts/rows.ts'
import type { Asking } from '../context.ts'
import { customerFor } from '../customers/query.ts'
import { pageOf } from '../database/position.ts'
import { evidenceOf } from './evidence.ts'
import { judgeAccounts, memberList, type Evidence } from './judged.ts'
import type { AccountList, AccountRow, MfaAnswer } from './model.ts'

const defaultLimit = 50

export interface AccountFilter {
  /** Only accounts with this answer. */
  readonly mfa?: MfaAnswer['capable']
  /** Position of the last row of the page before. */
  readonly after?: string
  readonly limit?: number
}

/** The accounts that the MFA coverage of `posture` counts, 50 a page unless told, not capable ones first; all of them, or those with one answer. @throws AppError notFound, as accountList */
export async function accounts({ db }: Asking, actor: Actor, customerId: string, filter: AccountFilter): Promise<AccountList> {
  return accountList(await evidenceOf(db, await customerFor(db, actor, customerId)), filter)
}

/** @throws AppError `invalidInput` for a position that is not in the list, or no longer */
export function accountList(evidence: Evidence, { mfa, after, limit = defaultLimit }: AccountFilter): AccountList {
  const rows = memberList(judgeAccounts(evidence), evidence.roles).filter((row) => mfa === undefined || row.mfa.capable === mfa)
  return { ...pageOf(rows, positionOf, { after, limit }), of: rows.length }
}

// An id and not a name: addresses of requests end up in the logs of whatever stands before Outpost.
const positionOf = ({ tenantId, id }: AccountRow): string => accountKey(tenantId, id)
