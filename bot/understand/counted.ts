// How many of something a question asks for: "last 3 emails", "three latest Contoso messages", "next two meetings".
import type { Piece } from './sentence.ts'
import { countOf } from './timeSymbols.ts'

/** May stand between a number and what is counted. */
const between = new Set(['recent', 'ahead', 'the', 'oldest', 'incoming', 'outgoing', 'C', 'P'])

/** @param nouns signs of what is counted; @returns pieces: without the number */
export function countedIn(pieces: readonly Piece[], nouns: ReadonlySet<string>): { readonly count: number | null; readonly pieces: readonly Piece[] } {
  const noun = pieces.findIndex(({ sign }) => nouns.has(sign))
  let at = noun - 1
  while (at >= 0 && between.has(pieces[at]!.sign)) at -= 1
  const before = pieces[at]
  const key = before !== undefined && before.range === null && before.people.length === 0 && before.customers.length === 0 ? (before.words[0]?.key ?? '') : ''
  const number = ['a', 'an', 'few', 'one'].includes(key) ? null : countOf(key)
  const count = number === null || number === 0 ? null : number
  return { count, pieces: count === null ? pieces : pieces.toSpliced(at, 1) }
}
