// Whose mail a question asks for: what a follow-up says of it, in words, and as a test.
import type { Query } from '../../api/subjects.ts'
import type { Piece } from '../understand/sentence.ts'
import { wayOf, type Correspondent, type EmailsForm, type LastEmailForm, type Side } from './forms.ts'
import { narrowedBy } from './words.ts'

type MessageFilter = Parameters<Query['messages']>[2]

export function narrowed<F extends LastEmailForm | EmailsForm>(form: F, pieces: readonly Piece[]): { form: EmailsForm | F; rest: readonly Piece[] } {
  const { words, side, person, rest } = narrowedBy(pieces)
  if (words.length === 0 && person === null && side === 'any') return { form, rest }
  const asked = { ...form, person: person ?? form.person, side: side === 'any' ? form.side : side }
  if (words.length === 0) return { form: asked, rest }
  return { form: { kind: 'emails', side: asked.side, person: asked.person, range: form.kind === 'emails' ? form.range : null, words }, rest }
}

/** The same for the database, so that nothing is looked through page by page. A customer's people write what is received, ours what is sent. */
export function ofPerson(side: Side, person: Correspondent | null): Pick<MessageFilter, 'writer' | 'recipient' | 'party'> {
  if (person === null) return {}
  const { address, ours } = person
  return side === 'any' ? { party: address } : (side === 'in') === ours ? { recipient: address } : { writer: address }
}

/** "from Contoso", "from kim@contoso.com of Contoso"; of our own people the customer is the other side. */
export function toWhom(side: Side, person: Correspondent | null, name: string): string[] {
  if (person === null) return [wayOf[side], name]
  const { address, ours } = person
  if (name === '' || !ours) return [wayOf[side], address, ...(name === '' ? [] : ['of', name])]
  return side === 'out' ? ['from', address, 'to', name] : side === 'in' ? ['to', address, 'from', name] : ['with', address, 'with', name]
}
