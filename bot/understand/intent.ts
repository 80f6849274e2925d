// What a person wants. Closed: an answer exists for each kind, and the compiler holds it so.
import type { Candidate } from './resolve.ts'

/** The customer that a question is about. `none` says the same of one that does not exist and of one that may not be seen. */
export type Meant =
  | { readonly kind: 'found'; readonly customer: Candidate }
  | { readonly kind: 'choose'; readonly choices: readonly Candidate[] }
  | { readonly kind: 'none'; readonly typed: string }
  | { readonly kind: 'missing' }

/** in: sent by the customer. out: sent to the customer. any: whichever is newer. */
export type Side = 'in' | 'out' | 'any'

export type Ask =
  | { readonly kind: 'lastEmail'; readonly side: Side; readonly customer: Meant }
  | { readonly kind: 'mfa'; readonly customer: Meant }

export type Intent =
  | { readonly kind: 'help' }
  | { readonly kind: 'greeting' }
  | Ask
  /** Not understood; `customer` when at least that was. */
  | { readonly kind: 'unknown'; readonly customer: Candidate | null }
