// Averages over customers in words: always what they average, and whom they leave out.
import { percent } from '../../api/posture/share.ts'
import type { Security, Signal } from '../../api/security/model.ts'
import { byReason, namesInShort } from '../../api/security/unread.ts'

type Average = Security['signals'][number]

export const signalWords: Record<Signal, string> = {
  mfa: 'MFA coverage',
  privilegedMfa: 'MFA coverage of privileged accounts',
}

/** "78.9 %", and "unknown" without a customer. */
export const shareWords = (share: number | null): string => (share === null ? 'Unknown' : percent(share))

/** A sentence as it stands inside another one. */
const inside = (sentence: string) => sentence.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())

/** "Mean over 3 of 4 customers; left out: Tailspin Toys (no tenant connected)": the same reason once. */
export function averageWords({ customers, of, leftOut }: Pick<Average, 'customers' | 'of' | 'leftOut'>): string {
  const mean = `Mean over ${customers} of ${of} ${of === 1 ? 'customer' : 'customers'}`
  return leftOut.length === 0 ? mean : `${mean}; left out: ${byReason(leftOut).map(({ reason, names }) => `${namesInShort(names)} (${inside(reason)})`).join('; ')}`
}

/** "97 of 120 accounts are MFA capable, 4 unknown (counted as not capable)". */
export function accountsWords({ capable, accounts, unknown }: Pick<Average, 'capable' | 'accounts' | 'unknown'>): string {
  if (accounts === 0) return 'Nothing has been read to count'
  const all = `${capable} of ${accounts} ${accounts === 1 ? 'account is' : 'accounts are'} MFA capable`
  return unknown === 0 ? all : `${all}, ${unknown} unknown (counted as not capable)`
}
