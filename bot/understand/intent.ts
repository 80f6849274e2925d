// What a person wants: a question of one of the subjects, about a customer, or nothing of the kind.
import type { Candidate } from './nameForms.ts'
import type { Person } from './people.ts'
import type { Piece } from './sentence.ts'

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

/** How a subject reads a sentence. */
export interface Reading<F extends Form = Form> {
  readonly form: F
  /** What is left of the sentence to name the customer. */
  readonly rest: readonly Piece[]
  /** Needs no customer where none is named. */
  readonly alone: boolean
  /** It can be about a person, too. */
  readonly ofPerson?: true
  /** What is looked for in the subject of mail: nobody's name. */
  readonly subject?: readonly Piece[]
  /** What the subject has words for and cannot regard. */
  readonly unregarded?: readonly Piece[]
  /** Nothing but a label of the app, which may as well belong to a follow-up. */
  readonly label?: true
  /** A date that no calendar has. */
  readonly impossible?: string | null
}

/** What was taken from the person's last question, because this one left it out. */
export type Assumed = 'customer' | 'question' | null

/** Why a question is asked back although it was read. */
export type Doubt =
  /** exclusion: it wants something left out. person: nobody is known who is called so there. words: they may change what is asked. */
  | { readonly kind: 'exclusion' | 'person' | 'words'; readonly typed: string }
  /** It asks for several things at once. */
  | { readonly kind: 'several'; readonly forms: readonly Form[] }

export interface Ask {
  readonly kind: 'ask'
  readonly form: Form
  readonly customer: Meant
  readonly assumed: Assumed
  /** The people who are called as somebody in the question is, when they are several. */
  readonly whom?: readonly Person[]
  /** A date that no calendar has, as it was typed. */
  readonly impossible?: string
  /** Then form and customer are what could be asked instead. */
  readonly doubt?: Doubt
  /** What the person wrote and the answer does not regard, as it was typed. */
  readonly unused?: readonly string[]
}

/** Where that can be done which Outpost cannot do. */
export type Place = 'mail' | 'calendar' | 'tenant' | 'sync' | 'export' | 'elsewhere'

export type Intent =
  | { readonly kind: 'help' }
  | { readonly kind: 'greeting' }
  /** Something is to be done, and not to be answered. */
  | { readonly kind: 'request'; readonly place: Place }
  | Ask
  /** Not understood; `customer` when at least that was. */
  | { readonly kind: 'unknown'; readonly customer: Candidate | null }
