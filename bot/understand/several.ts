// Two questions in one: "mfa and licences of Contoso".
import type { Grammar } from './grammar.ts'
import type { Form } from './intent.ts'
import { fillers } from './lexicon.ts'
import type { Piece } from './sentence.ts'

const joins = new Set(['and', 'or', 'plus'])
/** They make a question only where nothing else does. */
export const weak = new Set(['anything', 'customers', 'data'])

/** @param pieces without what is looked for in subjects; @returns what it asks, one kind each; none where it asks for one thing */
export function severalIn(grammar: Grammar, pieces: readonly Piece[]): readonly Form[] {
  const heads = pieces.filter(({ sign, words }) => grammar.heads.has(sign) && !weak.has(sign) && !words.every(({ key }) => fillers.has(key)))
  const [first] = heads
  const other = heads.find((piece) => piece.sign !== first?.sign)
  if (first === undefined || other === undefined) return []
  const between = pieces.slice(pieces.indexOf(first) + 1, pieces.indexOf(other) + 1)
  if (!between.some(({ sign, border }) => joins.has(sign) || border)) return []
  const forms = [...new Set(heads.map(({ sign }) => sign))].flatMap((sign) => grammar.read(pieces.filter((piece) => !heads.includes(piece) || piece.sign === sign))?.form ?? [])
  const kinds = new Map(forms.map((form) => [form.kind, form]))
  return kinds.size > 1 ? [...kinds.values()] : []
}
