// "All except Contoso", "not from Kim", "not today": what a question wants left out. No question of the bot can.
import { prepositions } from './lexicon.ts'
import type { Piece } from './sentence.ts'

const firstKey = (piece: Piece | undefined): string => piece?.words[0]?.key ?? ''
/** "That aren't admins": accounts can be told apart so, and are not. */
const holders = new Set(['admins', 'admin', 'privileged'])
const relative = new Set(['that', 'who', 'which'])
const isNamed = (piece: Piece | undefined): boolean => piece !== undefined && (piece.customers.length > 0 || piece.people.length > 0 || piece.range !== null || piece.sign === 'X')

const leaving = new Set(['except', 'excluding', 'excl', 'besides', 'minus', 'excepting'])
/** "All but", and words that leave out only behind such a one. */
const everybody = new Set(['all', 'everyone', 'everybody', 'everything', 'anyone', 'anybody', 'any', 'every', 'customers', 'clients'])
const joined = new Set(['the', 'for', 'also', 'only', 'just', 'those', 'ones', 'one', 'in', 'on', 'about', 'during', 'customer', 'client', ...prepositions])

/** How many pieces say "leave out" from `at` on; 0 for none. */
function negationAt(pieces: readonly Piece[], at: number): number {
  const [one, two] = [firstKey(pieces[at]), firstKey(pieces[at + 1])]
  if (leaving.has(one)) return 1
  if ((one === 'other' && two === 'than') || ((one === 'apart' || one === 'aside') && two === 'from')) return 2
  if (one === 'but' && (two === 'not' || pieces.slice(0, at).some((piece) => everybody.has(firstKey(piece))))) return two === 'not' ? 2 : 1
  if (relative.has(one) && ['arent', 'isnt'].includes(two) && holders.has(pieces.slice(at + 2).find(({ sign }) => !['a', 'an'].includes(sign))?.sign ?? '')) return 2
  return one === 'not' && firstKey(pieces[at - 1]) !== 'or' ? 1 : 0
}

/** @returns the pieces that ask to leave something out, with what is to be left out; null where none do */
export function exclusionIn(pieces: readonly Piece[]): readonly Piece[] | null {
  for (const [at, piece] of pieces.entries()) {
    let length = negationAt(pieces, at)
    if (length === 0 && firstKey(piece) === 'without' && (pieces[at + 1]?.customers.length ?? 0) + (pieces[at + 1]?.people.length ?? 0) > 0) length = 1
    if (length === 0) continue
    let to = at + length
    // "not protected" and "not replied" leave nobody out: what is left out stands behind a preposition, or is a name or a time.
    while (to < pieces.length && joined.has(pieces[to]!.sign)) to += 1
    const bare = to === at + length
    while (relative.has(firstKey(piece)) && ['a', 'an'].includes(pieces[to]?.sign ?? '')) to += 1
    if (!(isNamed(pieces[to]) || holders.has(pieces[to]?.sign ?? '')) || (firstKey(piece) === 'not' && bare && pieces[to]!.sign === 'X')) continue
    to += 1
    while (pieces[to - 1]!.sign === 'X' && pieces[to]?.sign === 'X') to += 1
    return pieces.slice(at, to)
  }
  return null
}
