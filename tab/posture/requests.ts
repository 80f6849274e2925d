import type { AccountList, MfaAnswer, Posture } from '../../api/posture/model.ts'
import type { PagedQuestion, Question } from '../client/loading.ts'
import { json, query, segment } from '../client/request.ts'

export const postureOf = (customerId: string): Question<Posture> => ({
  key: ['posture', customerId],
  ask: (signal) => json<Posture>(`/customers/${segment(customerId)}/posture`, { signal }),
  watch: { kinds: ['posture', 'tenants'], customerId },
})

/** The enabled members of one customer by what is known of their MFA. */
export const accountsBy = (customerId: string, mfa: MfaAnswer['capable']): PagedQuestion<AccountList> => ({
  key: ['accounts', customerId, mfa],
  ask: (after, signal) => json<AccountList>(`/customers/${segment(customerId)}/accounts${query({ mfa, after })}`, { signal }),
  watch: { kinds: ['posture', 'tenants'], customerId },
})
