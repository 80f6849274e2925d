// What is asked about mail.
import type { Form } from '../understand/intent.ts'
import type { Range } from '../understand/range.ts'

/** in: sent by the customer. out: sent to the customer. any: either. */
export type Side = 'in' | 'out' | 'any'

/** Somebody who wrote it or got it. */
export interface Correspondent {
  readonly address: string
  /** Not one of the customer's people. */
  readonly ours: boolean
}

interface OfPerson extends Form {
  readonly side: Side
  /** Null for everybody. */
  readonly person: Correspondent | null
}

export interface LastEmailForm extends OfPerson {
  readonly kind: 'lastEmail'
  /** The oldest of what is kept, and not the newest. */
  readonly oldest?: true
}

export interface EmailsForm extends OfPerson {
  readonly kind: 'emails'
  /** Of the subject; none for every mail. */
  readonly words: readonly string[]
  readonly range: Range | null
  /** How many are asked for; missing where it is not said. */
  readonly count?: number
}

export interface WhoEmailedForm extends Form {
  readonly kind: 'whoEmailed'
  readonly side: 'in' | 'out'
}

/** @param detail what was kept of a question, or anything else */
export const sideFrom = (detail: string): Side => (detail === 'in' || detail === 'out' ? detail : 'any')

/** The preposition before the customer's name. */
export const wayOf = { in: 'from', out: 'to', any: 'with' } as const
