// Questions about mail: the last one, a list, who wrote last.
import { countedIn } from '../understand/counted.ts'
import type { Reading } from '../understand/intent.ts'
import { together, type Range } from '../understand/range.ts'
import { textOf, type Piece } from '../understand/sentence.ts'
import type { Spellings } from '../understand/vocabulary.ts'
import type { Correspondent, EmailsForm, LastEmailForm, Side, WhoEmailedForm } from './forms.ts'
import { searchIn } from './search.ts'

export const mailSpellings: Spellings = {
  mail: 'email mail message note e_mail thread conversation',
  mails: 'emails mails messages notes e_mails threads conversations inbox correspondence email_traffic mail_traffic',
  wrote: 'emailed mailed messaged wrote written writes write writing contacted replied responded answered sent send sends sending get_back got_back gets_back getting_back gotten_back come_back came_back come_in came_in coming_in comes_in been_in_touch get_in_touch got_in_touch',
  reply: 'reply replies respond responds response responses answer answers',
  heard: 'heard hear',
  recent: 'last latest newest recent lastest recently lately most_recent most_recently',
  oldest: 'oldest earliest',
  inSubject: 'in_the_subject in_subject in_the_title',
  about: 'about subject regarding re concerning mentioning containing titled with_subject with_the_subject with_the_word with_the_words with_word on_the_topic_of on_the_subject_of on_topic on_the_topic',
  search: 'search lookup look_up find look_for looking_for searching search_for',
  anything: 'anything something everything news',
  incoming: 'incoming received inbound',
  outgoing: 'outgoing outbound',
  who: 'who whos which_person which_one which_of_us which_of_ours which_of_our_people which_of_our_team which_colleague which_technician which_people which_guy',
}
export const mailHeads = ['mail', 'mails', 'wrote', 'reply', 'heard', 'anything']

const aux = '(?:did|didnt|do|does|doesnt|has|have|hasnt|havent|lacking|had|if|when|whether)'
const whoever = '(?:we|i|they|he|she|you|C|P|X|somebody|someone|anybody|anyone)'
const adverbs = '(?: (?:recent|ever|already|just|also|even|actually|yet|lacking|(?:at|from|of) [CX]))*'
/** "did Contoso email us": a verb, although it is spelt like the noun. */
const asVerb = new RegExp(`\\b${aux}\\b.*\\b${whoever}${adverbs} (?:mail|reply)\\b(?! (?:from|by|with))`)
/** It was us who wrote. */
const byUs = new RegExp(`\\b(?:by|from) us\\b|\\b[CPX] (?:get|got|receive|see)\\b|\\bbeen (?:wrote|reply)\\b|\\b(?:is|are|was|were) [CPX] (?:wrote|reply)\\b|\\b(?:someone|somebody|anyone|anybody)(?: (?:of|from) us)? (?:wrote|reply|mail) (?:to )?[CP]\\b|\\b(?:we|i)${adverbs} (?:wrote|mail|reply)\\b|\\b(?:have|did|do) (?:we|i) .*\\b(?:wrote|reply) (?:to )?[CPX]\\b`)
const ofOurs = /\bwho (?:of|from|at|on|in|among) (?:us|ours|our(?: \w+)?)\b|\bwho (?:of us|on our side)\b/

/** Who wrote, by the preposition nearest to the name. @param target the sign of whom the question is about */
function sideByPreposition(text: string, target: RegExp): Side {
  const found = target.exec(text)
  if (found === null) return sideOf([...text.matchAll(/\b(?:from|by|to|with|between)\b(?! T\b)/g)].at(-1)?.[0])
  if (/^[CPX] 's/.test(text.slice(found.index))) return 'in'
  return sideOf([...text.slice(0, found.index).matchAll(/\b(?:from|by|to|with|between|and)\b/g)].filter(([word]) => word !== 'and').at(-1)?.[0])
}
const sideOf = (preposition: string | undefined): Side => (preposition === 'from' || preposition === 'by' ? 'in' : preposition === 'to' ? 'out' : 'any')

function sideIn(text: string, target: RegExp, ours: boolean): Side {
  if (byUs.test(text)) return 'out'
  if (/\bheard\b/.test(text)) return 'in'
  const verb = new RegExp(`\\b(?:wrote|reply)\\b`).test(text) || asVerb.test(text)
  // "did Tom write to Contoso", where Tom is none of theirs.
  if (verb && ours && /\b[PX]\b.*\b(?:wrote|reply|mail)\b.*\bC\b/.test(text)) return 'out'
  const side = sideByPreposition(text, target)
  if (side !== 'any' && !(verb && side === 'out' && /\bto us\b/.test(text))) return side
  if (/\b(?:their|his|her)\b.*\b(?:mail|mails)\b|\b(?:from|by) (?:him|her|them)\b/.test(text) || verb) return 'in'
  return /\bincoming\b/.test(text) ? 'in' : /\boutgoing\b/.test(text) ? 'out' : side
}

const rangeIn = (pieces: readonly Piece[]): Range | null => together(pieces.flatMap((piece) => piece.range ?? []))
const impossibleIn = (range: Range | null): string | null => (range?.kind === 'nothing' ? range.text : null)
const known = (range: Range | null): Range | null => (range?.kind === 'nothing' ? null : range)

/** "who emailed Contoso last", "who at Contoso wrote last"; in a time it is a list, which says who wrote each. */
function whoEmailed(pieces: readonly Piece[], text: string): Reading<WhoEmailedForm | EmailsForm> | null {
  if (!/\bwho\b.*\b(?:wrote|reply|to mail)\b/.test(text)) return null
  const theirs = /\b(?:wrote|reply|mail)(?: back)? (?:recent )?(?:to )?us\b|\b(?:at|from|of|in|by)(?: the| customer)* [CX]\b|\b(?:at|from|of|by)$/.test(text)
  const range = rangeIn(pieces)
  // "who emailed today" asks who wrote to us.
  const side = !ofOurs.test(text) && (theirs || (range !== null && !/\b[CPX]\b/.test(text))) ? 'in' : 'out'
  if (range === null) return { form: { kind: 'whoEmailed', side }, rest: pieces, alone: false }
  return { form: { kind: 'emails', side, words: [], range: known(range), person: null }, rest: pieces, alone: false, ofPerson: true, impossible: impossibleIn(range) }
}

/** People whose customer is another one than the question's are ours, or wrote to it. */
function isOurs(pieces: readonly Piece[]): boolean {
  const customers = new Set(pieces.filter(({ sign }) => sign === 'C').flatMap((piece) => piece.customers.map(({ id }) => id)))
  const people = pieces.flatMap((piece) => piece.people)
  const strange = pieces.some(({ sign }) => sign === 'X')
  return customers.size > 0 && (people.length > 0 ? people.every(({ customerId }) => customerId === null || !customers.has(customerId)) : strange)
}

/** The one that the question means; null for nobody, and where several are called so. */
function personIn(pieces: readonly Piece[]): Correspondent | null {
  const addresses = new Set(pieces.flatMap(({ people }) => (people.length === 1 ? people.map(({ address }) => address.toLowerCase()) : [])))
  const [address] = addresses
  return address === undefined ? null : { address, ours: isOurs(pieces) }
}

const targetOf = (pieces: readonly Piece[]): RegExp =>
  isOurs(pieces) ? /\bC\b/ : pieces.some(({ people }) => people.length > 0) ? /\bP\b/ : pieces.some(({ customers }) => customers.length > 0) ? /\bC\b/ : /\bX\b/

/** What a follow-up says of mail: from whom, to whom, about what. */
export function narrowedBy(pieces: readonly Piece[]): { words: readonly string[]; side: Side; person: Correspondent | null; rest: readonly Piece[] } {
  const { words, rest } = searchIn(withoutOurs(pieces))
  const text = textOf(rest)
  const side = /\b(?:from|by) (?:us|me)\b/.test(text) ? 'out' : /\bto (?:us|me)\b/.test(text) ? 'in' : sideByPreposition(text, targetOf(rest))
  return { words, side, person: personIn(rest), rest }
}

/** Of the people of one name those who are at the customer that is named; where there is none, all of them. */
function atCustomer(pieces: readonly Piece[]): readonly Piece[] {
  const named = new Set(pieces.flatMap(({ sign, customers }) => (sign === 'C' ? customers.map(({ id }) => id) : [])))
  // Who writes to a customer is one of ours, if somebody of ours is called so.
  const byOurs = /\bP\b.*\b(?:wrote|reply|mail)\b.* to (?:the )?C\b/.test(textOf(pieces))
  return pieces.map((piece) => {
    const ours = byOurs ? piece.people.filter(({ customerId }) => customerId === null) : []
    const there = ours.length > 0 ? ours : piece.people.filter(({ customerId }) => customerId !== null && named.has(customerId))
    return there.length === 0 ? piece : { ...piece, people: there }
  })
}

/** Where one of theirs is named, one of ours beside it says no more: the mail of "from Tom to Kim" is Kim's. */
function withoutOurs(all: readonly Piece[]): readonly Piece[] {
  const pieces = atCustomer(all)
  const theirs = pieces.some(({ people }) => people.some(({ customerId }) => customerId !== null))
  return theirs ? pieces.map((piece) => (piece.people.length > 0 && piece.people.every(({ customerId }) => customerId === null) ? { ...piece, sign: 'colleague', people: [] } : piece)) : pieces
}

/** "emails that we have not answered": which of them are is not kept. */
const isAnswered = (piece: Piece, pieces: readonly Piece[]): boolean =>
  /^(?:answer|repl|respon)/.test(piece.words[0]?.key ?? '') && pieces.slice(0, pieces.indexOf(piece)).some(({ sign }) => sign === 'mail' || sign === 'mails')

/** "Teams messages" and "text messages" are no mail. */
const isElsewhere = (piece: Piece, pieces: readonly Piece[]): boolean =>
  ['teams', 'chat', 'text', 'sms', 'slack', 'whatsapp'].includes(piece.words[0]?.key ?? '') && nouns.has(pieces[pieces.indexOf(piece) + 1]?.sign ?? '')

const nouns = new Set(['mail', 'mails'])

/** "first" before the word for mail stands for the oldest. */
function withFirst(pieces: readonly Piece[]): readonly Piece[] {
  const first = pieces.findIndex(({ sign }, at) => sign === 'first' && nouns.has(pieces[at + 1]?.sign ?? ''))
  return first === -1 ? pieces : pieces.with(first, { ...pieces[first]!, sign: 'oldest', known: true })
}

export function readMail(pieces: readonly Piece[]): Reading<LastEmailForm | EmailsForm | WhoEmailedForm> | null {
  const { count, pieces: counted } = countedIn(withoutOurs(pieces), nouns)
  const { words, subject, rest } = searchIn(withFirst(counted))
  const oldest = rest.some(({ sign }) => sign === 'oldest')
  const text = textOf(rest)
  const who = whoEmailed(rest, text)
  if (who !== null) return who
  const verb = asVerb.test(text) || (/\b(?:wrote|heard)\b/.test(text) && !/\b(?:mail|mails)\b/.test(text))
  const many = /\bmails\b/.test(text) || count !== null
  const anything = /\banything\b/.test(text) && !/\bahead\b/.test(text) && (words.length > 0 || /\b(?:from|to|with)\b/.test(text))
  const latest = /\brecent (?:one )?(?:from|to|by) (?:the )?[CP]\b/.test(text)
  const searching = words.length > 0 && /\bsearch\b/.test(text)
  if (!verb && !many && !searching && !/\b(?:mail|reply)\b/.test(text) && !anything && !latest) return null
  const range = rangeIn(rest)
  const side = sideIn(text, targetOf(rest), isOurs(rest))
  const person = personIn(rest)
  const one = verb ? /\bwhen\b|\bwhat did\b.*\brecent\b/.test(text) : !many && !anything && !/\breply\b/.test(text)
  const about = { rest, subject, alone: false, ofPerson: true as const, impossible: impossibleIn(range) }
  const isLast = one && range === null && words.length === 0
  const unregarded = rest.filter((piece) => (piece.sign === 'behind' && count === null) || (piece.sign === 'oldest' && !isLast) || isAnswered(piece, rest) || isElsewhere(piece, rest))
  if (isLast) return { form: { kind: 'lastEmail', side, person, ...(oldest ? { oldest } : {}) }, ...about, unregarded }
  return { form: { kind: 'emails', side, words, range: known(range), person, ...(count === null ? {} : { count }) }, ...about, unregarded }
}
