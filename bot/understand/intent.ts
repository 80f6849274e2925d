// What a person wants. Closed: an answer exists for each kind, and the compiler holds it so.
import type { Range } from './range.ts'
import type { Candidate } from './resolve.ts'

/**
 * The customer that a question is about. `none` says the same of one that does not exist and of one that may not be seen;
 * `all`: every customer that the person may see.
 */
export type Meant =
  | { readonly kind: 'found'; readonly customer: Candidate }
  | { readonly kind: 'choose'; readonly choices: readonly Candidate[] }
  | { readonly kind: 'none'; readonly typed: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'all' }

/** in: sent by the customer. out: sent to the customer. any: either. */
export type Side = 'in' | 'out' | 'any'

/** A question without its customer. */
export type Form =
  | { readonly kind: 'lastEmail'; readonly side: Side }
  /** @param words of the subject; none for every mail */
  | { readonly kind: 'emails'; readonly side: Side; readonly words: readonly string[]; readonly range: Range | null }
  | { readonly kind: 'whoEmailed'; readonly side: 'in' | 'out' }
  | { readonly kind: 'nextMeeting' }
  | { readonly kind: 'meetings'; readonly range: Range | null }
  | { readonly kind: 'mfa' }
  | { readonly kind: 'noMfa' }
  | { readonly kind: 'admins' }
  | { readonly kind: 'licences' }
  | { readonly kind: 'posture' }
  | { readonly kind: 'syncStatus' }

/** What was taken from the person's last question, because this one left it out. */
export type Assumed = 'customer' | 'question' | null

export type Ask = Form & { readonly customer: Meant; readonly assumed: Assumed }

export type Intent =
  | { readonly kind: 'help' }
  | { readonly kind: 'greeting' }
  | Ask
  /** Not understood; `customer` when at least that was. */
  | { readonly kind: 'unknown'; readonly customer: Candidate | null }
