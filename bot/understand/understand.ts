// From words to intent. Pure: the same words, customers, people and last question always give the same intent.
import { again } from './again.ts'
import { clausesOf, partsOf } from './clauses.ts'
import type { Grammar } from './grammar.ts'
import type { Ask, Intent, Meant, Reading } from './intent.ts'
import { everybody, fillers, prepositions, pronouns, withoutFillers } from './lexicon.ts'
import { exclusionIn } from './exclusion.ts'
import { leftOver } from './leftOver.ts'
import { customerIn, customerOfPeople, meansAll, meantBy, typedIn } from './meant.ts'
import type { Candidate } from './nameForms.ts'
import { withDatesSpelt } from './numericDates.ts'
import type { Person } from './people.ts'
import { withQuotesSpelt } from './quoted.ts'
import { asksForHelp, readFollowUp, readSmallTalk } from './read.ts'
import { requestIn } from './requests.ts'
import { openResolver, type Resolver } from './resolve.ts'
import { readSentence, type Piece, type Reader } from './sentence.ts'
import { severalIn } from './several.ts'
import type { Talk } from './talk.ts'
import { withoutGreeting } from './surroundings.ts'
import { toWords, type Word } from './words.ts'

/** What is known of the asking person. */
export interface Asker {
  /** Those that the person may see. No other can be resolved, offered or told apart from one that does not exist. */
  readonly customers: readonly Candidate[]
  /** What the person asked before, for questions that leave something out; null when that is not known. */
  readonly last: Talk | null
  /** Who the question may name, as far as the person may know them; nobody until they are asked for. */
  readonly people?: readonly Person[]
  /** Whether 11/10 is a day in November; in October where it is not said. */
  readonly monthFirst?: boolean
}

export interface Understood {
  readonly intent: Intent
  /** Words that may be people's names, in a question about mail. None where it is clear without. */
  readonly names: readonly string[]
}

/**
 * Intents for which nobody needs a role: help and greetings. Null for everything else.
 * @param plain a question as `toPlain` gives it
 */
export function understandSmallTalk(grammar: Grammar, plain: string): Intent | null {
  const words = toWords(plain)
  const kind = readSmallTalk(words) ?? readSmallTalk(words.map((_, at) => grammar.vocabulary.corrected(words, at)))
  if (kind !== null) return { kind }
  if (!asksForHelp(words)) return null
  const pieces = readSentence(words, { resolver: openResolver([]), vocabulary: grammar.vocabulary, customers: [], people: [] })
  return grammar.read(pieces) === null && requestIn(partsOf(pieces)) === null ? { kind: 'help' } : null
}

/** A customer may be called like a command or a month ("March"), where nothing else names one. */
function withNameInside(pieces: readonly Piece[], { resolver }: Reader, grammar: Grammar): Reading | null {
  for (const [at, piece] of pieces.entries()) {
    const before = pieces[at - 1]
    const month = piece.range?.kind === 'in' && piece.range.span.of === 'monthNamed'
    const command = grammar.heads.has(piece.sign) && piece.sign !== 'posture'
    if (before === undefined || !(month || command)) continue
    const name = piece.words.filter(({ key }) => !prepositions.has(key))
    const joined = piece.words.filter(({ key }) => prepositions.has(key))
    if (name.length !== 1 || !(joined.length > 0 || prepositions.has(before.sign) || (at === pieces.length - 1 && before.known))) continue
    const customer = resolver.surely(name)
    if (customer === null) continue
    const plain = { ...piece, range: null, known: false }
    const named: Piece = { ...plain, sign: 'C', words: name, customers: [customer] }
    const reading = grammar.read(pieces.toSpliced(at, 1, ...joined.map((word): Piece => ({ ...plain, sign: word.key, words: [word] })), named))
    if (reading?.rest.includes(named) === true) return reading
  }
  return null
}

/** @param open what an unnamed customer means */
function askOf(reading: Reading, meant: Meant | null, open: Meant): Ask {
  const { form, impossible } = reading
  const people = reading.rest.find((piece) => piece.people.length > 1)?.people ?? []
  const customer = meant ?? open
  const there = customer.kind === 'found' ? people.filter(({ customerId }) => customerId === null || customerId === customer.customer.id) : people
  return {
    kind: 'ask', form, customer, assumed: null,
    ...(reading.ofPerson === true && there.length > 1 ? { whom: there } : {}),
    ...(impossible === undefined || impossible === null ? {} : { impossible }),
  }
}

const strangeIn = (pieces: readonly Piece[]): string[] => pieces.flatMap(({ sign, words }) => (sign === 'X' ? words.map(({ key }) => key) : []))

/** @param typed a question as `toPlain` gives it */
export function understandFully(grammar: Grammar, typed: string, { customers, last, people = [], monthFirst = false }: Asker): Understood {
  const plain = withDatesSpelt(withQuotesSpelt(typed), monthFirst)
  const smallTalk = understandSmallTalk(grammar, plain)
  if (smallTalk !== null) return { intent: smallTalk, names: [] }
  const words = toWords(withoutGreeting(plain))
  const followUp = readFollowUp(words)
  const resolver = openResolver(customers)
  const reader: Reader = { resolver, vocabulary: grammar.vocabulary, customers, people }
  const pieces = readSentence(followUp ?? words, reader)
  const place = requestIn(partsOf(pieces))
  if (place !== null) return { intent: { kind: 'request', place }, names: [] }
  const { said, beside } = clausesOf(pieces, grammar.heads)
  const question: Question = { grammar, reader, said, beside, last, marked: followUp !== null }
  const excluded = exclusionIn(said)
  if (excluded !== null) return { intent: withoutExcluded(question, excluded), names: [] }
  const read = grammar.read(said)
  if (read === null || (read.label === true && last !== null && (followUp !== null || prepositions.has(words[0]?.key ?? '')))) {
    const repeated = last === null ? null : again({ grammar, reader, pieces: said, last, marked: followUp !== null })
    const ofMail = last !== null && people.length === 0 && grammar.takesPeople(last.topic)
    const names = ofMail && pieces.every(({ sign, range }) => sign === 'X' || range !== null || fillers.has(sign)) ? strangeIn(pieces) : []
    if (repeated !== null) {
      const { ask, rest } = repeated
      const intent = withLeftOver(question, { form: ask.form, rest, alone: false, ...(grammar.takesPeople(last!.topic) ? { ofPerson: true } : {}) }, ask)
      return { intent: followUp === null ? withoutStrange(intent, rest) : intent, names }
    }
    if (read === null) return { intent: { kind: 'unknown', customer: namedIn(words, pieces, resolver) }, names }
  }
  return questionOf(question, read)
}

interface Question {
  readonly grammar: Grammar
  readonly reader: Reader
  readonly said: readonly Piece[]
  readonly beside: readonly Piece[]
  readonly last: Talk | null
  readonly marked: boolean
}

const typedOf = (pieces: readonly Piece[]): string => typedIn(pieces.flatMap(({ words }) => words))

/** The same question without some of its pieces; null where it is none without them. */
function without(question: Question, pieces: readonly Piece[]): Ask | null {
  const said = question.said.filter((piece) => !pieces.includes(piece))
  const read = question.grammar.read(said)
  const intent = read === null ? null : questionOf({ ...question, said }, read).intent
  return intent?.kind === 'ask' ? intent : null
}

function withoutExcluded(question: Question, excluded: readonly Piece[]): Intent {
  const ask = without(question, excluded)
  if (ask === null) return { kind: 'unknown', customer: null }
  // "Everyone but Contoso" means everyone without it.
  const customer: Meant = ask.customer.kind === 'missing' && question.grammar.questionOf(ask.form).ofAll !== undefined ? { kind: 'all' } : ask.customer
  return { ...ask, customer, doubt: { kind: 'exclusion', typed: typedOf(excluded) } }
}

/** What the reading did not use is asked back about or told. */
function withLeftOver(question: Question, reading: Reading, ask: Ask): Ask {
  const { grammar, reader: { resolver } } = question
  const ofPerson = reading.ofPerson === true
  const { doubt, stranger, unused } = leftOver({ grammar, form: ask.form, rest: reading.rest, beside: question.beside, meant: ask.customer, ofPerson, unregarded: reading.unregarded ?? [], resolver })
  if (doubt !== null) return { ...(reading.form === ask.form && ask.assumed === 'question' ? ask : (without(question, doubt.pieces) ?? ask)), doubt: { kind: doubt.kind, typed: typedOf(doubt.pieces.filter(({ sign }) => !prepositions.has(sign) && sign !== 'in')) } }
  const forms = severalIn(grammar, reading.rest)
  if (forms.length > 1) return { ...ask, doubt: { kind: 'several', forms } }
  if (stranger !== null) return { ...ask, customer: besideNamed(stranger, ask.customer, resolver) }
  return unused.length === 0 ? ask : { ...ask, unused }
}

/** "Tickets for Contoso" asks for something of its own; it is not the last question again. */
function withoutStrange(ask: Ask, pieces: readonly Piece[]): Ask {
  const strange = pieces.filter(({ sign, words }) => sign === 'X' && ask.unused?.includes(words.map(({ raw }) => raw).join(' ')) === true)
  if (strange.length === 0 || ask.doubt !== undefined) return ask
  const { kind, form, customer, assumed } = ask
  return { kind, form, customer, assumed, doubt: { kind: 'words', typed: typedOf(strange) } }
}

/** Two are named, and one of them is not known by this name. */
function besideNamed(words: readonly Word[], found: Meant, resolver: Resolver): Meant {
  const other = meantBy(resolver.resolve([words]), words)
  const known = [found, other].flatMap((one) => (one.kind === 'found' ? [one.customer] : one.kind === 'choose' ? one.choices : []))
  return other.kind === 'none' ? other : { kind: 'choose', choices: [...new Set(known)] }
}

function questionOf(question: Question, read: Reading): Understood {
  const { grammar, reader, said, beside, last, marked } = question
  const { customers, resolver, people } = reader
  const strangers = read.ofPerson === true
  let reading = read
  const byName = read.rest.some(({ sign }) => sign === 'C')
  let meant = (strangers && !byName ? customerOfPeople(read.rest, customers) : null) ?? customerIn(read.rest, resolver, strangers)
  // A name may stand in a part of its own: "Litware: mfa?"
  const besideIsName = meant === null && beside.length > 0 && beside.length <= 3 && beside.every(({ sign }) => sign === 'X')
  if (besideIsName) meant = customerIn(beside, resolver, strangers)
  const inside = meant === null ? withNameInside(said, reader, grammar) : null
  if (inside !== null) {
    reading = inside
    meant = customerIn(inside.rest, resolver, strangers)
  }
  const them = said.some(({ sign }) => pronouns.has(sign))
  const kind = grammar.questionOf(reading.form)
  const every = meansAll(said) && kind.ofAll !== undefined
  // "Rank customers by MFA": a strange word that stands where no name does, and looks like one.
  const strange = said.some(({ sign }, at) => sign === 'X' && !prepositions.has(said[at - 1]?.sign ?? ''))
  if (every && strange && meant?.kind === 'choose' && !byName) meant = null
  const open: Meant = every || (reading.alone && !them) ? { kind: 'all' } : { kind: 'missing' }
  const ask = askOf(reading, meant, open)
  const known = (marked || them) && meant === null && !every ? customers.find(({ id }) => id === last?.customerId) : undefined
  const whole: Ask = known === undefined ? ask : { ...ask, customer: { kind: 'found', customer: known }, assumed: 'customer' }
  const intent = withLeftOver(besideIsName ? { ...question, beside: [] } : question, reading, whole)
  const clear = !strangers || people.length > 0 || whole.customer.kind === 'choose'
  return { intent, names: clear ? [] : [...new Set([...strangeIn(said.filter((piece) => !isSubject(reading, piece))), ...(whole.customer.kind === 'found' ? [] : strangeIn(beside))])] }
}

/** What is looked for in subjects after "about" is nobody's name. */
const isSubject = ({ subject = [] }: Reading, piece: Piece): boolean => subject.includes(piece)

export const understand = (grammar: Grammar, plain: string, asker: Asker): Intent => understandFully(grammar, plain, asker).intent

/** The customer that can be spoken of although the question was not understood: nothing is told yet, so its whole name is enough. */
function namedIn(words: readonly Word[], pieces: readonly Piece[], resolver: Resolver): Candidate | null {
  if (pieces.some(({ range }) => range !== null)) return null
  const named = pieces.filter(({ customers }) => customers.length > 0)
  if (named.length > 0) {
    const rest = pieces.filter((piece) => !named.includes(piece))
    const [only] = named[0]!.customers
    return named.length === 1 && named[0]!.customers.length === 1 && !named[0]!.doubtful && rest.every(({ sign }) => fillers.has(sign) || everybody.has(sign)) ? only! : null
  }
  const whole = words.length > 4 ? ({ kind: 'none' } as const) : resolver.resolve(withoutFillers(words))
  if (whole.kind === 'found') return whole.customer
  return whole.kind === 'choose' && whole.likeness === 'inside' && whole.choices.length === 1 ? (whole.choices[0] ?? null) : null
}
