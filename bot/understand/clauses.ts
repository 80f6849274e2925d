// The parts of a question, as commas, dashes and ends of sentences make them; what people only say beside it is left out.
import { isQuality } from './leftOver.ts'
import { pronouns } from './lexicon.ts'
import type { Piece } from './sentence.ts'

export function partsOf(pieces: readonly Piece[]): Piece[][] {
  const parts: Piece[][] = []
  for (const piece of pieces) {
    if (piece.border || parts.length === 0) parts.push([piece])
    else parts.at(-1)!.push(piece)
  }
  return parts
}

const isName = ({ customers, people }: Pick<Piece, 'customers' | 'people'>): boolean => customers.length > 0 || people.length > 0

/** More words than these about a time are a sentence of their own: "last one for today I promise". */
const mostBesideTime = 4

/** Who says a sentence of their own with one of these before a question tells of themselves: "I was on leave, …". */
const telling = new Set(['i', 'im', 'ive', 'we', 'weve', 'you', 'my', 'it', 'its', 'is', 'was', 'were', 'am', 'are'])
const isRemark = (part: readonly Piece[]): boolean => part.length > 2 && part.some(({ sign }) => telling.has(sign)) && !part.some(isQuality)

export interface Clauses {
  readonly said: readonly Piece[]
  /** Without a command, a name or a time: said to whoever answers, other than a sentence before the question, or the name of somebody who is not known yet. */
  readonly beside: readonly Piece[]
}

/** @param heads signs that make a question */
export function clausesOf(pieces: readonly Piece[], heads: ReadonlySet<string>): Clauses {
  const parts = partsOf(pieces)
  const asks = parts.map((part) => part.some((piece) => heads.has(piece.sign) || isName(piece)))
  if (!asks.includes(true)) return { said: pieces, beside: [] }
  const goesOn = (at: number) => ['about', 'search'].includes(parts[at]?.[0]?.sign ?? '') || parts[at - 1]?.at(-1)?.sign === 'about'
  // Where a part asks of somebody by name, another command beside it only says what that is for.
  const whole = parts.map((part) => part.some(({ sign }) => heads.has(sign)) && part.some(isName))
  // "…, and when do we meet them?" asks a second thing.
  const asksMore = (part: readonly Piece[]) => part[0]?.sign === 'and' && part.some(({ sign }) => pronouns.has(sign))
  const forWhat = (at: number) => whole.includes(true) && parts[at]!.some(({ sign }) => heads.has(sign)) && !parts[at]!.some(isName) && !asksMore(parts[at]!)
  const kept = parts.map((part, at) => {
    if (forWhat(at)) return false
    if (asks[at] === true || goesOn(at)) return true
    const plain = part.filter(({ range }) => range === null)
    return !plain.some(({ sign }) => sign === 'X') && (plain.length === part.length || plain.length <= mostBesideTime)
  })
  return { said: parts.filter((_, at) => kept[at]).flat(), beside: parts.filter((part, at) => !kept[at] && !(asks.indexOf(true) > at && isRemark(part))).flat() }
}
