// Questions about MFA and about protection as a whole.
import type { Form, Reading } from '../understand/intent.ts'
import { meansAll } from '../understand/meant.ts'
import { textOf, type Piece } from '../understand/sentence.ts'
import type { Spellings } from '../understand/vocabulary.ts'

export const postureSpellings: Spellings = {
  mfa: 'mfa 2fa multifactor multi_factor twofactor two_factor 2_factor second_factor two_step 2_step',
  factor: 'auth authentication verification capable capability registered registration readiness enabled activated enforced covered',
  posture: 'posture security finding findings securitywise risk risks',
  unprotected: 'unprotected',
  secure: 'secure secured securely safe protected protection vulnerable',
  lacking: 'no without lack lacks lacking missing not hasnt havent doesnt dont isnt arent never',
  none: 'none',
  accounts: 'account accounts user users member members staff employee employees login logins',
  customers: 'customers clients which_customer which_client',
}
export const postureHeads = ['mfa', 'posture', 'secure', 'unprotected', 'customers']

const between = '(?: (?:have|has|had|got|set|up|for|using|use|used|of|yet|any|an|a|been|their|the|by|with|covered|factor|accounts|secure|properly|working))*'
const without = new RegExp(`\\blacking${between} mfa\\b|\\bmfa(?: factor)?(?: (?:is|are))? lacking\\b|\\bmfa (?:turned )?off\\b|\\bunprotected accounts\\b`)
const protection = /\bposture\b|\b(?:how|is|are)\b.*\bsecure\b(?! score\b)|\bsecure (?:state|status|overview|level|customers?|client)\b|\b(?:state|level) of secure\b/
const waits = /\b(?:at|by|for|from|of|to|with)$/

/** "who has none?" after a question about MFA. */
export const asksWhoLacks = (pieces: readonly Piece[]): boolean => /\b(?:who|accounts)\b.*\b(?:none|lacking(?: (?:have|has|got|set|up|it|that|one))*)$/.test(textOf(pieces))

export function readPosture(pieces: readonly Piece[]): Reading | null {
  const text = textOf(pieces)
  const reading = (form: Form, alone: boolean): Reading => ({ form, rest: pieces, alone })
  if (without.test(text)) return reading({ kind: 'noMfa' }, meansAll(pieces))
  if (/\bmfa\b/.test(text)) return reading({ kind: 'mfa' }, meansAll(pieces))
  if (protection.test(text)) return reading({ kind: 'posture' }, !waits.test(text))
  return /\bcustomers\b/.test(text) && !pieces.some(({ sign }) => sign === 'X') ? { ...reading({ kind: 'posture' }, true), label: true } : null
}
