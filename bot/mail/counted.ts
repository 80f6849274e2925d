// How many emails a question asks for, and whether it wants the oldest: "last 3 emails", "first email".
import { countOf } from '../understand/timeSymbols.ts'
import type { Piece } from '../understand/sentence.ts'

const isNoun = ({ sign }: Piece): boolean => sign === 'mail' || sign === 'mails'
const between = new Set(['recent', 'the', 'oldest', 'incoming', 'outgoing'])

/** @returns pieces: without the number; "first" before the word for mail stands for the oldest */
export function countedIn(pieces: readonly Piece[]): { readonly count: number | null; readonly oldest: boolean; readonly pieces: readonly Piece[] } {
  const noun = pieces.findIndex(isNoun)
  let at = noun - 1
  while (at >= 0 && between.has(pieces[at]!.sign)) at -= 1
  const before = pieces[at]
  const key = before !== undefined && before.range === null && before.people.length === 0 && before.customers.length === 0 ? (before.words[0]?.key ?? '') : ''
  const number = ['a', 'an', 'few', 'one'].includes(key) ? null : countOf(key)
  const count = number === null || number === 0 ? null : number
  const kept = count === null ? pieces : pieces.toSpliced(at, 1)
  const first = kept.findIndex(({ sign }, index) => sign === 'first' && kept[index + 1] !== undefined && isNoun(kept[index + 1]!))
  const named = first === -1 ? kept : kept.with(first, { ...kept[first]!, sign: 'oldest', known: true })
  return { count, oldest: named.some(({ sign }) => sign === 'oldest'), pieces: named }
}
