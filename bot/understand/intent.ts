// What a person wants: a question of one of the subjects, about a customer, or nothing of the kind.
import type { Candidate } from './resolve.ts'
import type { Word } from './words.ts'

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

/** A question without its customer. Each subject knows what else stands in its own. */
export interface Form {
  readonly kind: string
}

/** One way to read a question. */
export interface Reading<F extends Form = Form> {
  readonly form: F
  /** The words that may name the customer, longest reading first, fillers left out last. */
  readonly rest: readonly (readonly Word[])[]
  /** Names no customer and needs none. */
  readonly alone?: boolean
  /** Holds only when the rest surely names a customer. */
  readonly surely?: true
}

/** What was taken from the person's last question, because this one left it out. */
export type Assumed = 'customer' | 'question' | null

export interface Ask {
  readonly kind: 'ask'
  readonly form: Form
  readonly customer: Meant
  readonly assumed: Assumed
}

export type Intent =
  | { readonly kind: 'help' }
  | { readonly kind: 'greeting' }
  | Ask
  /** Not understood; `customer` when at least that was. */
  | { readonly kind: 'unknown'; readonly customer: Candidate | null }
