// A question as a sentence of signs. First comes out what stands for itself: customers' names, people, times. What is left is a word
// of a subject, a word that carries nothing, or strange.
import type { Candidate } from './nameForms.ts'
import { isAddress, peopleIn, type Person } from './people.ts'
import { rangesIn, type Range } from './range.ts'
import { isAt } from './nameForms.ts'
import type { Resolver } from './resolve.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Word } from './words.ts'

/** `C` a customer, `P` a person, `T` a time, `X` a strange word, `#` a number; the sign of a subject; or the word itself. */
export interface Piece {
  readonly sign: string
  readonly words: readonly Word[]
  /** A word of a subject. */
  readonly known: boolean
  readonly customers: readonly Candidate[]
  /** The name was mistyped, or is a part of it. */
  readonly doubtful: boolean
  readonly people: readonly Person[]
  readonly range: Range | null
  /** A time that may as well be a name: "March". */
  readonly loose: boolean
  /** A part of a sentence begins here. */
  readonly border: boolean
  readonly possessive: boolean
}

const bare = { known: false, customers: [], doubtful: false, people: [], range: null, loose: false }
const pieceOf = (sign: string, words: readonly Word[], more: Partial<Piece> = {}): Piece => ({
  ...bare, sign, words, border: words[0]?.border === true, possessive: words.at(-1)?.possessive === true, ...more,
})

/** The signs in a row, for the patterns of the subjects: "last mail from C". */
export const textOf = (pieces: readonly Piece[]): string =>
  pieces.map(({ sign, possessive, customers, people }) => (possessive && (customers.length > 0 || people.length > 0) ? `${sign} 's` : sign)).join(' ')

export interface Reader {
  readonly resolver: Resolver
  readonly vocabulary: Vocabulary
  /** Those that the person may see. */
  readonly customers: readonly Candidate[]
  /** Those that the question may name. */
  readonly people: readonly Person[]
}

const addressed = (word: Word, { customers }: Reader): Piece => {
  const host = customers.filter(({ domains }) => isAt(word.raw, domains))
  return pieceOf('P', [word], { people: [{ name: null, address: word.raw, customerId: host.length === 1 ? host[0]!.id : null }], customers: host })
}

/** Words between names: times, words of subjects, and the rest. */
function wordPieces(words: readonly Word[], { vocabulary }: Reader): Piece[] {
  const pieces: Piece[] = []
  const times = rangesIn(words)
  for (let at = 0; at < words.length;) {
    const time = times.find(({ from }) => from === at)
    if (time !== undefined) {
      pieces.push(pieceOf('T', words.slice(at, time.to), { range: time.range, loose: !time.sure }))
      at = time.to
      continue
    }
    const phrase = vocabulary.signAt(words, at)
    const word = words[at]!
    if (phrase !== null) pieces.push(pieceOf(phrase.sign, words.slice(at, at + phrase.length), { known: true }))
    else if (/^\d+(am|pm)?$/.test(word.key)) pieces.push(pieceOf('#', [word]))
    else pieces.push(pieceOf(vocabulary.knows(word.key) ? word.key : 'X', [word]))
    at += phrase?.length ?? 1
  }
  return pieces
}

/** Strange words that can only be one customer: "Northwind". */
function withShortNames(pieces: readonly Piece[], { resolver }: Reader): Piece[] {
  const known = new Map<string, Candidate | null>()
  const surely = (words: readonly Word[]): Candidate | null => {
    const key = words.map(({ raw }) => raw).join(' ')
    if (!known.has(key)) known.set(key, resolver.surely(words))
    return known.get(key) ?? null
  }
  return pieces.map((piece) => {
    if (piece.sign !== 'X' || (piece.words[0]?.key.length ?? 0) < 4) return piece
    const customer = surely(piece.words)
    return customer === null ? piece : { ...piece, sign: 'C', customers: [customer] }
  })
}

export function readSentence(words: readonly Word[], reader: Reader): Piece[] {
  const { resolver, vocabulary, people } = reader
  const ordinary = ({ key }: Word) => vocabulary.knows(key)
  const names = resolver.namesIn(words, ordinary)
  const atName = (at: number) => names.find(({ from, to }) => at >= from && at < to)
  const persons = peopleIn(words, people, (at) => atName(at) === undefined && !isAddress(words[at]!), ordinary)
  const pieces: Piece[] = []
  let between: Word[] = []
  const flush = () => {
    pieces.push(...wordPieces(between, reader))
    between = []
  }
  for (let at = 0; at < words.length;) {
    const word = words[at]!
    const name = isAddress(word) ? undefined : atName(at)
    const person = persons.find(({ from }) => from === at)
    if (isAddress(word) || name !== undefined || person !== undefined) flush()
    if (isAddress(word)) pieces.push(addressed(word, reader))
    else if (name !== undefined) pieces.push(pieceOf('C', words.slice(name.from, name.to), { customers: name.customers, doubtful: name.typo, ...(name.possessive ? { possessive: true } : {}) }))
    else if (person !== undefined) pieces.push(pieceOf('P', words.slice(person.from, person.to), { people: person.people }))
    else between.push(word.key.length > 2 && resolver.begins(word.key) ? word : vocabulary.corrected(words, at))
    at = name?.to ?? person?.to ?? at + 1
  }
  flush()
  return withShortNames(pieces, reader)
}
