// What is looked for in the subjects of mail, and what is left of the sentence without it.
import { acts, prepositions } from '../understand/lexicon.ts'
import { isQuality } from '../understand/leftOver.ts'
import type { Piece } from '../understand/sentence.ts'

export interface Search {
  readonly words: readonly string[]
  /** The pieces after "about": what stands beside the word for mail may as well be somebody's name. */
  readonly subject: readonly Piece[]
  readonly rest: readonly Piece[]
}

const articles = new Set(['the', 'a', 'an', 'our', 'my', 'any', 'some'])
const owners = new Set(['their', 'his', 'her', 'your', 'this', 'that', 'those'])
const polite = new Set(['please', 'pls', 'plz', 'thanks', 'thx', 'thank', 'you', 'again', 'asap', 'in', 'the', 'subject', 'topic', 'about', 'inSubject'])
const beforeName = new Set([...prepositions, 'between'])
/** More words than these are no subject that anybody remembers. */
const mostWords = 8

const isNoun = (piece: Piece | undefined) => piece?.sign === 'mail' || piece?.sign === 'mails'
const isName = (piece: Piece | undefined) => piece !== undefined && (piece.customers.length > 0 || piece.people.length > 0)
const rawOf = (pieces: readonly Piece[]) => pieces.flatMap(({ words }) => words.map(({ raw }) => raw)).slice(0, mostWords)

function cut(pieces: readonly Piece[], from: number, to: number, without: readonly Piece[] = []): Search {
  const sought = pieces.slice(from, to)
  return { words: rawOf(sought), subject: [], rest: pieces.filter((piece) => !sought.includes(piece) && !without.includes(piece)) }
}

/** Where the subject ends that begins at `start`: before the name, the time or the next part of the sentence. */
function endOf(pieces: readonly Piece[], start: number): number {
  const before = pieces.slice(0, start)
  const stop = pieces.findIndex((piece, at) => at > start && (piece.border || (isNoun(piece) && !before.some(isNoun))))
  let end = stop === -1 ? pieces.length : stop
  const opens = (at: number) => {
    const next = ['the', 'customer', 'client'].includes(pieces[at + 1]?.sign ?? '') ? at + 2 : at + 1
    return at > start && beforeName.has(pieces[at]!.sign) ? pieces[next] : undefined
  }
  const named = [...pieces.keys()].find((at) => at < end && isName(opens(at)))
  const strange = [...pieces.keys()].filter((at) => at < end && opens(at)?.sign === 'X').at(-1)
  if (named !== undefined) end = named
  else if (!before.some(isName) && strange !== undefined && !pieces.slice(end).some(isName)) end = strange
  while (end > start + 1 && (pieces[end - 1]!.range !== null || polite.has(pieces[end - 1]!.sign))) end -= 1
  return end
}

/** "about the printer with Contoso", "from Contoso about the printer", "with the subject invoice". */
function afterAbout(pieces: readonly Piece[]): Search | null {
  const at = pieces.findIndex(({ sign }) => sign === 'about')
  if (at === -1) return null
  let start = at + 1
  while (articles.has(pieces[start]?.sign ?? '')) start += 1
  if (start >= pieces.length) return null
  const end = endOf(pieces, start)
  const subject = pieces.slice(start, end)
  const others = pieces.some((piece) => isName(piece) && !subject.includes(piece))
  // "emails about Contoso": the subject can only be the customer when no other is named.
  if (!others && subject.length > 0 && subject.every(isName)) return null
  return subject.length === 0 || beforeName.has(subject[0]!.sign) ? null : { ...cut(pieces, start, end, pieces.slice(at, start)), subject }
}

/** Words of other subjects are a mail's subject where they stand right before the word for mail: "mfa emails". */
const vague = new Set('# report reports status state order number update updates question questions project problem'.split(' '))
const subjectSigns = new Set(['X', 'mfa', 'licence', 'posture', 'meeting', 'admins', 'sync', 'data', 'privileged', 'rights', 'free', ...acts, ...vague])

const isSubject = (piece: Piece | undefined): boolean => subjectSigns.has(piece?.sign ?? '') && !isQuality(piece)

/** "with invoice in the subject". */
function beforeInSubject(pieces: readonly Piece[]): Search | null {
  const to = pieces.findIndex(({ sign }) => sign === 'inSubject')
  let from = to
  while (from > 0 && isSubject(pieces[from - 1])) from -= 1
  return from === to || to === -1 ? null : cut(pieces, from, to, pieces.slice(0, from).slice(-1).filter(({ sign }) => sign === 'with'))
}

/** "did they send us the invoice", "have we sent Contoso the offer". */
function sent(pieces: readonly Piece[]): Search | null {
  const verb = pieces.findIndex(({ sign, words }) => sign === 'wrote' && /^sen[dt]/.test(words[0]?.key ?? ''))
  if (verb === -1) return null
  let from = verb + 1
  while (from < pieces.length && (isName(pieces[from]) || ['us', 'me', 'to', 'over', 'back', 'them'].includes(pieces[from]!.sign))) from += 1
  if (!articles.has(pieces[from]?.sign ?? '') && !owners.has(pieces[from]?.sign ?? '')) return null
  from += 1
  let to = from
  while (isSubject(pieces[to]) && !pieces[to]!.border) to += 1
  return to === from ? null : cut(pieces, from, to)
}

/** "an email on the change of the firewall from Contoso". */
function afterOn(pieces: readonly Piece[], noun: number): Search | null {
  if (pieces[noun + 1]?.sign !== 'on') return null
  let start = noun + 2
  while (articles.has(pieces[start]?.sign ?? '')) start += 1
  if (pieces[start]?.sign !== 'X' || !isSubject(pieces[start])) return null
  const end = endOf(pieces, start)
  return { ...cut(pieces, start, end, pieces.slice(noun + 1, start)), subject: pieces.slice(start, end) }
}

/** "printer emails Contoso", "search Contoso emails for printer", "look for printer in emails". */
function besideNoun(pieces: readonly Piece[]): Search | null {
  const strange = (at: number) => isSubject(pieces[at])
  const run = (at: number): number => {
    let to = at
    while (to < pieces.length && strange(to) && (to === at || !pieces[to]!.border)) to += 1
    return to
  }
  const search = pieces.findIndex(({ sign }) => sign === 'search')
  if (search !== -1 && pieces[search + 1]?.sign === 'X' && !isNoun(pieces[search + 1])) {
    const to = run(search + 1)
    return cut(pieces, search + 1, to, [pieces[search]!])
  }
  if (!pieces.some(isName)) return null
  const sought = search === -1 ? -1 : pieces.findIndex(({ sign }, at) => at > search && sign === 'for' && isSubject(pieces[at + 1]))
  if (sought !== -1 && pieces.slice(search, sought).some((piece) => isName(piece) || isNoun(piece))) return cut(pieces, sought + 1, run(sought + 1), [pieces[sought]!])
  const noun = pieces.findIndex((piece) => isNoun(piece) || piece.sign === 'anything')
  if (noun === -1) return null
  let from = noun
  while (from > 0 && strange(from - 1) && !pieces[from]!.border) from -= 1
  // "last 5 emails" counts them, and "status emails" says too little.
  while (from < noun && vague.has(pieces[from]!.sign) && pieces.slice(from, noun).every(({ sign }) => vague.has(sign))) from += 1
  if (from < noun) return cut(pieces, from, noun)
  const onWhat = afterOn(pieces, noun)
  if (onWhat !== null) return onWhat
  const about = pieces.findIndex(({ sign }, at) => sign === 'with' && at > 0 && (isNoun(pieces[at - 1]) || pieces[at - 1]!.sign === 'anything') && isSubject(pieces[at + 1]) && pieces[at + 1]?.sign === 'X')
  if (about !== -1) return cut(pieces, about + 1, run(about + 1), [pieces[about]!])
  const to = run(noun + 1)
  return to > noun + 1 && pieces[noun + 1]?.border === false ? cut(pieces, noun + 1, to) : null
}

/** @param pieces a sentence about mail */
export function searchIn(pieces: readonly Piece[]): Search {
  return afterAbout(pieces) ?? beforeInSubject(pieces) ?? sent(pieces) ?? besideNoun(pieces) ?? { words: [], subject: [], rest: pieces }
}
