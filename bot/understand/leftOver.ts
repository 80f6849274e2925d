// What a question says that its reading did not use. Every word that carries something is answered, told back or asked about: an answer
// to less than what was asked would be an answer to something else.
import levenshtein from 'damerau-levenshtein'
import type { Grammar } from './grammar.ts'
import type { Form, Meant } from './intent.ts'
import { acts, fillers, prepositions } from './lexicon.ts'
import { usedOf } from './range.ts'
import type { Resolver } from './resolve.ts'
import type { Piece } from './sentence.ts'
import { weak } from './several.ts'
import { weekdays } from './timeSymbols.ts'
import type { Word } from './words.ts'

export interface LeftOver {
  /** Named like a customer beside the one that was found. */
  readonly stranger: readonly Word[] | null
  /** Pieces without which the question could be answered, and why not with them. */
  readonly doubt: { readonly kind: 'person' | 'words'; readonly pieces: readonly Piece[] } | null
  /** As they were typed. */
  readonly unused: readonly string[]
}

/** Nothing of this is kept, so it narrows nothing; it is no name either. */
const qualities = new Set(
  'unread unopened unanswered unreplied starred flagged important attachment attachments attached spam junk encrypted draft drafts archived deleted forwarded summarise summarize summarised summary translate translated explain analyse analyze compare count second third penultimate longest shortest biggest largest'.split(' '),
)
export const isQuality = (piece: Piece | undefined): boolean => piece !== undefined && !piece.known && qualities.has(piece.words[0]?.key ?? '')

/** Nearly a word that carries nothing: "covrage". */
const isMistyped = ({ words }: Piece): boolean => words.every(({ key }) => key.length >= 5 && [...fillers].some((filler) => filler.length >= 5 && levenshtein(key, filler).steps <= (key.length < 7 ? 1 : 2)))
/** Its letters in another order: "teh". */
const isTurned = ({ words }: Piece): boolean => words.every(({ key }) => key.length > 2 && [...fillers].some((filler) => filler.length === key.length && levenshtein(key, filler).steps === 1 && [...filler].sort().join('') === [...key].sort().join('')))

const besideNames = new Set(['and', 'or', 'vs', 'versus', 'than', 'as', 'like', 'plus'])
const towards = new Set(['at', 'of', 'from', 'in'])
const units = new Set(['week', 'weeks', 'month', 'months', 'day', 'days', 'hour', 'hours', 'year'])
const asking = new Set(['did', 'didnt', 'does', 'doesnt', 'do', 'has', 'hasnt', 'have', 'havent', 'had'])
const articles = new Set(['the', 'a', 'an', 'our', 'their'])
const verbs = new Set(['wrote', 'reply', 'mail'])

const isCustomer = (piece: Piece | undefined): boolean => piece !== undefined && piece.customers.length > 0 && piece.people.length === 0

/** The customer named behind "at" or "of" at this place. */
function customerBehind(pieces: readonly Piece[], at: number): Piece | null {
  if (!towards.has(pieces[at]?.sign ?? '')) return null
  const next = articles.has(pieces[at + 1]?.sign ?? '') ? pieces[at + 2] : pieces[at + 1]
  return isCustomer(next) ? next! : null
}

interface Used {
  readonly grammar: Grammar
  readonly form: Form
  /** Without what is looked for in subjects. */
  readonly rest: readonly Piece[]
  readonly beside: readonly Piece[]
  readonly meant: Meant
  readonly ofPerson: boolean
  readonly unregarded: readonly Piece[]
  readonly resolver: Resolver
}

interface Run {
  readonly from: number
  readonly to: number
}
/** Strange words that name nobody. */
function strangeIn({ rest, meant, resolver }: Used): Run[] {
  const runs = runsOf(rest)
  // Each costs a search among the customers; more of them are nonsense.
  if (meant.kind !== 'found' || runs.length > 4) return runs
  return runs.filter(({ from, to }) => {
    const begin = isCustomer(rest[from - 1]) && !rest[from]!.border ? from - 1 : from
    const named = resolver.resolve([rest.slice(begin, to).flatMap(({ words }) => words)])
    return !(named.kind === 'found' && named.customer.id === meant.customer.id)
  })
}
function runsOf(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < pieces.length; at += 1) {
    if (pieces[at]!.sign !== 'X' || isQuality(pieces[at])) continue
    let to = at + 1
    while (to < pieces.length && pieces[to]!.sign === 'X' && !pieces[to]!.border && !isQuality(pieces[to])) to += 1
    runs.push({ from: at, to })
    at = to - 1
  }
  return runs
}

/** Stands where a customer's name does: joined to another one, compared with it, or behind a preposition. */
function isStranger(pieces: readonly Piece[], { from, to }: Run, ofPeople: boolean): boolean {
  const [before, after] = [pieces[from - 1]?.sign ?? '', pieces[to]?.sign ?? '']
  if (besideNames.has(before) && pieces.slice(0, from).some(isCustomer)) return true
  const later = pieces.findIndex((piece, at) => at >= to && isCustomer(piece))
  if (later !== -1 && (besideNames.has(after) || pieces.slice(to, later).some(({ sign }) => sign === 'than'))) return true
  // "sorry to bother you"
  if (before === 'to' && ['you', 'me', 'us', 'u'].includes(after)) return false
  return prepositions.has(before) && (ofPeople || !['with', 'by'].includes(before))
}

function doubtOf({ rest, ofPerson }: Used, strange: readonly Run[]): LeftOver['doubt'] {
  for (const [at, { people }] of rest.entries()) {
    // Whose address is written is meant, wherever it belongs.
    const customer = people.every(({ name }) => name === null) ? null : customerBehind(rest, at + 1)
    if (customer === null || (rest[at + 1]!.sign === 'from' && rest[at - 1]?.sign === 'to')) continue
    if (!people.some(({ customerId }) => customer.customers.some(({ id }) => id === customerId))) return { kind: 'person', pieces: rest.slice(at, at + 2) }
  }
  for (const { from, to } of strange) {
    const before = rest[from - 1]
    if (customerBehind(rest, to) !== null) return { kind: ofPerson ? 'person' : 'words', pieces: rest.slice(from, to + 1) }
    if (ofPerson && asking.has(before?.sign ?? '') && rest.slice(to).some(({ sign }) => verbs.has(sign))) return { kind: 'person', pieces: rest.slice(from, to) }
    if (isCustomer(rest[to]) && !rest[to]!.border && before?.known === true && !ofPerson && !rest.slice(from, to).every(isMistyped)) return { kind: 'words', pieces: rest.slice(from, to) }
  }
  return null
}

function isUnused(piece: Piece, { grammar, form, rest, ofPerson, unregarded }: Used): boolean {
  const { sign, words, known, people, customers, range, loose } = piece
  const kind = grammar.questionOf(form)
  if (customers.length > 0 && people.length === 0) return false
  if (people.length > 0) return !ofPerson
  if (range !== null) {
    const isNow = range.kind === 'in' && range.span.of === 'day' && range.span.offset === 0
    // "May I ask …"
    if (loose) return false
    // What no calendar has is all that is answered.
    if (rest.some((one) => one.range?.kind === 'nothing')) return false
    // "On Fridays" is answered for the nearest one, as "every Friday" is.
    if (words.some(({ raw }) => /^\w+days$/i.test(raw) && weekdays.includes(raw.toLowerCase().slice(0, -1)))) return true
    return kind.range === undefined ? !isNow : !usedOf(rest.flatMap((one) => one.range ?? [])).includes(range)
  }
  if (sign === 'X' || isQuality(piece)) return true
  // "every Friday" is answered for the nearest one.
  if (['every', 'each'].includes(sign) && rest[rest.indexOf(piece) + 1]?.range?.kind === 'in') return true
  if (unregarded.includes(piece)) return true
  // "The first week of December": a time that was not read as one.
  if (kind.range !== undefined && units.has(sign)) return true
  if (words.every(({ key }) => fillers.has(key))) return false
  if (known) return grammar.heads.has(sign) && !weak.has(sign) && !grammar.headsOf(form).has(sign)
  return sign === '#' || acts.has(sign)
}

export function leftOver(used: Used): LeftOver {
  const { rest, beside, meant, ofPerson } = used
  if (meant.kind !== 'found' && meant.kind !== 'all') return { stranger: null, doubt: null, unused: [] }
  const strange = strangeIn(used)
  const doubt = meant.kind === 'found' ? doubtOf(used, strange) : null
  const stranger = doubt === null && meant.kind === 'found' ? strange.find((run) => isStranger(rest, run, ofPerson)) : undefined
  const nameless = new Set(strange.flatMap(({ from, to }) => rest.slice(from, to)))
  const unused = [...rest, ...beside].filter((piece) => (piece.sign === 'X' && !isQuality(piece) && rest.includes(piece) ? nameless.has(piece) && !isTurned(piece) : isUnused(piece, used)))
  return {
    doubt,
    stranger: stranger === undefined ? null : rest.slice(stranger.from, stranger.to).flatMap(({ words }) => words),
    unused: unused.map(({ words }) => words.map(({ raw }) => raw).join(' ')),
  }
}
