// Which customer the rest of a sentence names.
import type { Meant } from './intent.ts'
import { namesAll, prepositions } from './lexicon.ts'
import type { Candidate } from './nameForms.ts'
import type { Resolution, Resolver } from './resolve.ts'
import type { Piece } from './sentence.ts'
import type { Word } from './words.ts'

const wordsOf = (pieces: readonly Piece[]): Word[] => pieces.flatMap(({ words }) => words)

/** What was typed as the customer's name, for repeating it to the person who typed it. */
export function typedIn(words: readonly Word[]): string {
  const text = words.map(({ raw }) => raw).join(' ')
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

export function meantBy(resolution: Resolution, words: readonly Word[]): Meant {
  if (resolution.kind === 'found') return { kind: 'found', customer: resolution.customer }
  if (resolution.kind === 'choose') return { kind: 'choose', choices: resolution.choices }
  return { kind: 'none', typed: typedIn(words) }
}

/** More of them are nonsense; each costs a search among the customers. */
const mostRuns = 2

/** Runs of strange words, with what stands before and after. */
function strangeRuns(pieces: readonly Piece[]): { run: Piece[]; before: Piece | undefined; after: Piece | undefined }[] {
  const runs: { run: Piece[]; before: Piece | undefined; after: Piece | undefined }[] = []
  for (let at = 0; at < pieces.length; at += 1) {
    if (pieces[at]!.sign !== 'X') continue
    let to = at + 1
    while (to < pieces.length && (pieces[to]!.sign === 'X' || (pieces[to]!.sign === '#' && !pieces[to]!.border)) && !(pieces[to]!.border && pieces[to - 1]!.sign === '#')) to += 1
    runs.push({ run: pieces.slice(at, to), before: pieces[at - 1], after: pieces[to] })
    at = to - 1
  }
  return runs
}

const asks = new Set(['did', 'didnt', 'does', 'doesnt', 'do', 'is', 'are', 'was', 'has', 'have', 'hasnt', 'havent', 'lacking', 'the', 'customer', 'client', 'company', 'about'])
/** A name stands after a preposition, beside the command, or at an end; what fillers surround says something about the asking. */
const placed = ({ before, after, run }: ReturnType<typeof strangeRuns>[number]): boolean =>
  before === undefined || before.known || before.range !== null || run[0]!.border || asks.has(before.sign) || prepositions.has(before.sign) || after === undefined || after.known || after.range !== null || after.border

/** Customers, once each, without those that a clearer name makes clear. */
function distinct(pieces: readonly Piece[]): { customers: Candidate[]; doubtful: boolean } {
  const sure = pieces.filter(({ customers, doubtful }) => customers.length === 1 && !doubtful)
  const used = sure.length > 0 ? sure : pieces
  return { customers: [...new Set(used.flatMap(({ customers }) => customers))], doubtful: sure.length === 0 }
}

/**
 * @param strangers whether strange words beside a name are something else than a part of it
 * @returns null when nothing names one
 */
export function customerIn(pieces: readonly Piece[], resolver: Resolver, strangers: boolean): Meant | null {
  const named = pieces.filter(({ customers }) => customers.length > 0)
  if (named.length > 0) {
    const { customers, doubtful } = distinct(named)
    const [only] = customers
    const at = pieces.indexOf(named.at(-1)!)
    const next = pieces[at + 1]
    // "Contoso Electronics" need not be Contoso.
    const longer = next?.sign === 'X' && !next.border && (!strangers || prepositions.has(pieces[at - 1]?.sign ?? ''))
    if (longer && named.at(-1)!.words.length > 0) {
      const end = pieces.findIndex(({ sign }, index) => index > at && sign !== 'X')
      const run = wordsOf(pieces.slice(at, end === -1 ? pieces.length : end))
      return meantBy(resolver.resolve([run]), run)
    }
    return only !== undefined && customers.length === 1 && !doubtful ? { kind: 'found', customer: only } : { kind: 'choose', choices: customers.slice(0, 5) }
  }
  const unknown = pieces.find(({ people }) => people.length === 1 && people[0]!.name === null)
  const read = strangeRuns(pieces).filter(placed).slice(-mostRuns).map(({ run, before }) => {
    const words = wordsOf(run)
    return { words, resolution: resolver.resolve([words]), named: before !== undefined && prepositions.has(before.sign) }
  })
  const best = read.find(({ resolution }) => resolution.kind === 'found') ?? read.find(({ resolution }) => resolution.kind === 'choose') ?? read.findLast(({ named: after }) => after) ?? read.at(-1)
  if (best !== undefined) return meantBy(best.resolution, best.words)
  return unknown === undefined ? null : { kind: 'none', typed: typedIn(unknown.words) }
}

/** All customers, in so many words. */
export const meansAll = (pieces: readonly Piece[]): boolean => namesAll(wordsOf(pieces)) || pieces.some(({ sign }) => sign === 'customers')

/** The customer at which the people in a sentence are; null where there is none, `missing` where they are at several. */
export function customerOfPeople(pieces: readonly Piece[], customers: readonly Candidate[]): Meant | null {
  const ids = new Set(pieces.flatMap(({ people }) => people.flatMap(({ customerId }) => customerId ?? [])))
  const [only, ...others] = customers.filter(({ id }) => ids.has(id))
  return only === undefined ? null : others.length === 0 ? { kind: 'found', customer: only } : { kind: 'missing' }
}
