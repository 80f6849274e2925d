// What is asked about mail.
import type { Form } from '../understand/intent.ts'
import type { Range } from '../understand/range.ts'

/** in: sent by the customer. out: sent to the customer. any: either. */
export type Side = 'in' | 'out' | 'any'

export interface LastEmailForm extends Form {
  readonly kind: 'lastEmail'
  readonly side: Side
}

export interface EmailsForm extends Form {
  readonly kind: 'emails'
  readonly side: Side
  /** Of the subject; none for every mail. */
  readonly words: readonly string[]
  readonly range: Range | null
}

export interface WhoEmailedForm extends Form {
  readonly kind: 'whoEmailed'
  readonly side: 'in' | 'out'
}

/** @param detail what was kept of a question, or anything else */
export const sideFrom = (detail: string): Side => (detail === 'in' || detail === 'out' ? detail : 'any')

/** The preposition before the customer's name. */
export const wayOf = { in: 'from', out: 'to', any: 'with' } as const
