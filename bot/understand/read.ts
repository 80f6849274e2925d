// The closed grammar: finds the command words in a question and leaves the words that may name a customer.
import type { Side } from './intent.ts'
import type { Word } from './words.ts'

/** One way to read a question. `rest`: the words that may name the customer, longest reading first, fillers left out last. */
export interface Reading {
  readonly kind: 'lastEmail' | 'mfa' | 'hint'
  readonly side: Side
  readonly rest: readonly (readonly Word[])[]
}

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const greetings = list('hi hello hey hallo hola bonjour moin servus hiya howdy greetings yo salut ciao')
const daytimes = list('morning afternoon evening day')
const company = list('good there bot outpost all everyone everybody team folks again')
const helpWords = list('help commands command hilfe aide menu usage manual')
const helpPhrases = ['whatcanyoudo', 'whatdoyoudo', 'howdoesthiswork', 'howdoyouwork', 'whatareyou', 'whoareyou', 'getstarted', 'whatcaniask']

const singular = list('email mail message')
const plural = list('emails mails messages')
const recency = list('last latest newest recent lastest')
const beforeMail = list('last latest newest recent most very new received incoming inbound outgoing sent')
const factors = list('mfa 2fa multifactor twofactor')
const aboutMfa = list(
  'auth authentication status posture coverage state report check registration registered capability capable readiness numbers details overview protection',
)
const fillers = list(
  'a all an and any anything are at by can check come came could customer client company contact did display do does email fetch find for from get ' +
    'give got had has have hey hi hello how i in is it its latest let lets look mail me my need now of off ok okay on one our out outpost please pls plz ' +
    'received see sent show status tell thanks thank thx that the their them there this to up us was we were what whats when where which who with would ' +
    'you your hows looking current s',
)

/** Is it small talk? A mention alone, or a waving hand, is a greeting. */
export function readSmallTalk(words: readonly Word[]): 'greeting' | 'help' | null {
  if (words.length === 0) return 'greeting'
  const keys = words.map(({ key }) => key)
  const polite = keys.every((key) => greetings.has(key) || daytimes.has(key) || company.has(key))
  if (polite && keys.some((key) => greetings.has(key) || daytimes.has(key))) return 'greeting'
  return keys.every((key) => helpWords.has(key) || fillers.has(key) || greetings.has(key)) && keys.some((key) => helpWords.has(key)) ? 'help' : null
}

/** Does it ask for help somewhere, when it is no other question? */
export function asksForHelp(words: readonly Word[]): boolean {
  const together = words.map(({ key }) => key).join('')
  return words.some(({ key }) => helpWords.has(key)) || helpPhrases.some((phrase) => together.includes(phrase))
}

/** Every reading that leaves fillers out at either end, the longest first. */
export function withoutFillers(words: readonly Word[]): Word[][] {
  const first = words.findIndex(({ key }) => !fillers.has(key))
  const start = first === -1 ? words.length : first
  let end = words.length
  while (end > start && fillers.has(words[end - 1]?.key ?? '')) end -= 1
  const readings: Word[][] = []
  for (let from = 0; from <= start; from += 1) {
    for (let to = words.length; to >= Math.max(end, from); to -= 1) readings.push(words.slice(from, to))
  }
  return readings.sort((a, b) => b.length - a.length)
}

function sideOf(rest: readonly Word[]): Side {
  const named = rest.findIndex(({ key }) => !fillers.has(key))
  if (rest.some(({ possessive }, index) => possessive && index >= named)) return 'in'
  for (const { key } of rest.slice(0, named === -1 ? rest.length : named).toReversed()) {
    if (key === 'from' || key === 'by') return 'in'
    if (key === 'to') return 'out'
  }
  return 'any'
}

function mailAt(words: readonly Word[], at: number): Reading | null {
  const key = words[at]?.key ?? ''
  const split = words[at - 1]?.key === 'e' && (key === 'mail' || key === 'mails')
  if (!singular.has(key) && !plural.has(key)) return null
  let from = split ? at - 1 : at
  while (from > 0 && beforeMail.has(words[from - 1]?.key ?? '')) from -= 1
  let to = at + 1
  if (!words.slice(from, at).some((word) => recency.has(word.key)) && recency.has(words[to]?.key ?? '')) to += 1
  const rest = words.toSpliced(from, to - from)
  if (words.slice(from, to).some((word) => recency.has(word.key))) return { kind: 'lastEmail', side: sideOf(rest), rest: withoutFillers(rest) }
  const elsewhere = rest.findIndex((word) => recency.has(word.key))
  const shorter = elsewhere === -1 ? rest : rest.toSpliced(elsewhere, 1)
  const kind = elsewhere !== -1 || singular.has(key) ? 'lastEmail' : 'hint'
  return { kind, side: sideOf(shorter), rest: withoutFillers(shorter) }
}

function mfaAt(words: readonly Word[], at: number): Reading | null {
  const [key = '', next = ''] = [words[at]?.key, words[at + 1]?.key]
  const two = ['multi', 'two', '2'].includes(key) && next === 'factor'
  if (!two && !factors.has(key)) return null
  let from = at
  let to = two ? at + 2 : at + 1
  while (aboutMfa.has(words[to]?.key ?? '')) to += 1
  while (from > 0 && aboutMfa.has(words[from - 1]?.key ?? '')) from -= 1
  const rest = words.toSpliced(from, to - from)
  while (aboutMfa.has(rest.at(-1)?.key ?? '')) rest.pop()
  return { kind: 'mfa', side: 'any', rest: withoutFillers(rest) }
}

/** Every way to read a question as a command, in the order of the command words; empty when there is none. */
export function readCommands(words: readonly Word[]): Reading[] {
  return words.flatMap((_, at) => [mailAt(words, at), mfaAt(words, at)].filter((reading) => reading !== null)).slice(0, 6)
}
