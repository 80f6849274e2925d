// What is kept of a person's last question: which customer, what kind of question, which time. Never its words, and nobody's name.
import type { Ask } from './intent.ts'
import type { Grammar } from './grammar.ts'
import type { Range } from './range.ts'

export interface Talk {
  /** Null when no question named one. */
  readonly customerId: string | null
  /** As the grammar names it: `emails.in`, `mfa`. */
  readonly topic: string
  /** Null for all times. */
  readonly range: Range | null
}

/** Null for a question that no other can lean on. */
export function talkOf(grammar: Grammar, { form, customer }: Ask): Talk | null {
  const topic = grammar.topicOf(form)
  if (grammar.formOf(topic) === null || customer.kind === 'none') return null
  return { customerId: customer.kind === 'found' ? customer.customer.id : null, topic, range: grammar.rangeOf(form) }
}
