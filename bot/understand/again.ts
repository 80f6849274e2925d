// "What about Fabrikam?", "and last week?", or a name alone: the last question again, with something changed.
import type { Grammar } from './grammar.ts'
import type { Ask, Form, Meant } from './intent.ts'
import { customerIn, customerOfPeople, meansAll } from './meant.ts'
import { hoursOf, together, type Range } from './range.ts'
import type { Piece, Reader } from './sentence.ts'
import type { Talk } from './talk.ts'

export interface Again {
  readonly grammar: Grammar
  readonly reader: Reader
  readonly pieces: readonly Piece[]
  readonly last: Talk
  /** It began with "and" or "what about". */
  readonly marked: boolean
}

/** The form of the last question, asked of its own time or of another; null when it is not asked of times. */
function inTime(grammar: Grammar, last: Talk, said: Range | null): Form | null {
  const form = grammar.formOf(last.topic)
  const range = said === null ? (last.range) : (hoursOf(last.range, said) ?? said)
  if (form === null || range === null) return form
  return grammar.questionOf(form).inDays?.(form, range) ?? (said === null ? form : null)
}

export interface Repeated {
  readonly ask: Ask
  /** Without what is looked for in subjects. */
  readonly rest: readonly Piece[]
}

/** Of several people of one name those at the customer that was asked about, if some are there. */
function atCustomer(piece: Piece, customerId: string | null): Piece {
  const there = customerId === null ? [] : piece.people.filter((person) => person.customerId === customerId)
  return there.length === 0 || there.length === piece.people.length ? piece : { ...piece, people: there }
}

/** Null when nothing is said that would change the question, or what is strange about it may be no name. */
export function again({ grammar, reader, pieces: typed, last, marked }: Again): Repeated | null {
  const pieces = typed.map((piece) => atCustomer(piece, last.customerId))
  const time = together(pieces.flatMap((piece) => piece.range ?? []))
  const impossible = time?.kind === 'nothing' ? time.text : null
  const form = inTime(grammar, last, impossible === null ? time : null)
  if (form === null) return null
  const narrowed = grammar.questionOf(form).narrowed?.(form, pieces) ?? { form, rest: pieces }
  const known = reader.customers.find(({ id }) => id === last.customerId)
  const people = narrowed.rest.flatMap((piece) => piece.people)
  const said: Meant | null = meansAll(pieces) ? { kind: 'all' } : (customerOfPeople(narrowed.rest, reader.customers) ?? customerIn(narrowed.rest, reader.resolver, false))
  // Strange words alone may be anything; beside a time they name somebody.
  const named = said?.kind === 'none' && !marked && time === null && narrowed.form === form ? null : said
  if (time === null && named === null && narrowed.form === form) return null
  const nobody: Meant = grammar.questionOf(form).ofAll === undefined ? { kind: 'missing' } : { kind: 'all' }
  const customer = named ?? (known === undefined ? nobody : { kind: 'found', customer: known })
  const ask: Ask = {
    kind: 'ask', form: narrowed.form, customer, assumed: 'question',
    ...(people.length > 1 ? { whom: people } : {}), ...(impossible === null ? {} : { impossible }),
  }
  return { ask, rest: narrowed.rest }
}
