// Two questions in one: "mfa and licences of Contoso".
import type { Grammar } from './grammar.ts'
import type { Form } from './intent.ts'
import { fillers } from './lexicon.ts'
import type { Piece } from './sentence.ts'

const joins = new Set(['and', 'or', 'plus'])
/** They make a question only where nothing else does. */
export const weak = new Set(['anything', 'customers', 'data'])

/** "Email" is said of the asking, too: "email me the licences". */
const isAside = (piece: Piece, pieces: readonly Piece[]): boolean =>
  piece.words.every(({ key }) => fillers.has(key)) && (piece.sign !== 'mail' || ['me', 'us', 'it', 'them'].includes(pieces[pieces.indexOf(piece) + 1]?.sign ?? ''))

/** @param pieces without what is looked for in subjects; @returns what it asks, one kind each; none where it asks for one thing */
export function severalIn(grammar: Grammar, pieces: readonly Piece[]): readonly Form[] {
  const heads = pieces.filter((piece) => grammar.heads.has(piece.sign) && !weak.has(piece.sign) && !isAside(piece, pieces))
  const [first] = heads
  const other = heads.find((piece) => piece.sign !== first?.sign)
  if (first === undefined || other === undefined) return []
  const between = pieces.slice(pieces.indexOf(first) + 1, pieces.indexOf(other) + 1)
  if (!between.some(({ sign, border }) => joins.has(sign) || border)) return []
  const forms = [...new Set(heads.map(({ sign }) => sign))].flatMap((sign) => {
    const read = grammar.read(pieces.filter((piece) => !heads.includes(piece) || piece.sign === sign))
    // What surrounds the other head may make a question of its kind without it: "the last … from Contoso".
    if (read === null || grammar.headsOf(read.form).has(sign)) return read?.form ?? []
    const head = pieces.findIndex((piece) => piece.sign === sign)
    const begin = pieces.findLastIndex((piece, at) => at < head && (joins.has(piece.sign) || piece.border))
    return grammar.read(pieces.slice(Math.max(0, begin)))?.form ?? []
  })
  const kinds = new Map(forms.map((form) => [form.kind, form]))
  return kinds.size > 1 ? [...kinds.values()] : []
}
