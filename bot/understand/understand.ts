// From words to intent. Pure: the same words, customers and last question always give the same intent.
import type { Ask, Assumed, Intent, Meant } from './intent.ts'
import { everybody, namesAll, namesNobody, withoutFillers } from './lexicon.ts'
import { asksForHelp, readCommands, readFollowUp, readRangeAlone, readSmallTalk, type Reading } from './read.ts'
import { openResolver, type Candidate, type Likeness, type Resolution } from './resolve.ts'
import { formOf, type Talk } from './talk.ts'
import { toWords, type Word } from './words.ts'

const ranks: readonly Likeness[] = ['exact', 'short', 'beginning', 'word', 'typo', 'inside']
const rankOf = (resolution: Resolution): number => (resolution.kind === 'none' ? ranks.length : ranks.indexOf(resolution.likeness))
const pronouns = new Set(['them', 'their', 'they', 'theirs'])

/** What was typed as the customer's name, for repeating it to the person who typed it. */
function typedIn(readings: readonly (readonly Word[])[]): string {
  const text = (readings.at(-1) ?? []).map(({ raw }) => raw).join(' ')
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function meantBy(rest: Reading['rest'], resolution: Resolution): Meant {
  if (resolution.kind === 'found') return { kind: 'found', customer: resolution.customer }
  if (resolution.kind === 'choose') return { kind: 'choose', choices: resolution.choices }
  const typed = typedIn(rest)
  return typed === '' ? { kind: 'missing' } : { kind: 'none', typed }
}

interface Read {
  readonly reading: Reading
  readonly resolution: Resolution
  readonly rank: number
}

/** The better one first: what needs no customer or names one exactly; then the one that makes more words the name. */
function compare(a: Read, b: Read): number {
  if (a.rank !== b.rank || a.rank > 0) return a.rank - b.rank
  const alone = Number(b.reading.alone === true) - Number(a.reading.alone === true)
  return alone !== 0 ? alone : (b.reading.rest.at(-1)?.length ?? 0) - (a.reading.rest.at(-1)?.length ?? 0)
}

/**
 * Intents for which nobody needs a role: help and greetings. Null for everything else.
 * @param plain a question as `toPlain` gives it
 */
export function understandSmallTalk(plain: string): Intent | null {
  const words = toWords(plain)
  const kind = readSmallTalk(words)
  if (kind !== null) return { kind }
  return readCommands(words).length === 0 && asksForHelp(words) ? { kind: 'help' } : null
}

/** "What about Fabrikam?", "and last week?": the last question again, with one thing changed. */
function again(words: readonly Word[], whole: Resolution, known: Candidate | null, last: Talk): Ask | null {
  const form = formOf(last.topic)
  if (form === null) return null
  if (namesAll(words) && namesNobody(words, everybody)) return { ...form, customer: { kind: 'all' }, assumed: 'question' }
  const range = readRangeAlone(words)
  if (range === null) return { ...form, customer: meantBy(withoutFillers(words), whole), assumed: 'question' }
  const customer: Meant = known === null ? { kind: 'missing' } : { kind: 'found', customer: known }
  if (form.kind === 'emails' || form.kind === 'lastEmail') return { kind: 'emails', side: form.side, words: [], range, customer, assumed: 'question' }
  if (form.kind !== 'meetings' && form.kind !== 'nextMeeting') return null
  return { kind: 'meetings', range, customer: known === null ? { kind: 'all' } : customer, assumed: 'question' }
}

/**
 * @param plain a question as `toPlain` gives it
 * @param customers those that the asking person may see. No other can be resolved, offered or told apart from one that does
 *   not exist
 * @param last what the person asked before, for questions that leave something out; null when that is not known
 */
export function understand(plain: string, customers: readonly Candidate[], last: Talk | null = null): Intent {
  const smallTalk = understandSmallTalk(plain)
  if (smallTalk !== null) return smallTalk
  const words = toWords(plain)
  const followUp = readFollowUp(words)
  const resolver = openResolver(customers)
  const known = customers.find(({ id }) => id === last?.customerId) ?? null
  const whole = resolver.resolve(withoutFillers(followUp ?? words))
  // A customer may be called like a command ("MFA Ltd"), so every reading is tried and the one whose customer is recognised
  // best is taken; the first command word decides between equals.
  const readings = readCommands(words)
  const [best] = (followUp === null ? readings : [...readCommands(followUp), ...readings.map((reading) => ({ ...reading, surely: true as const }))])
    .map((reading): Read => {
      const resolution = resolver.resolve(reading.rest)
      return { reading, resolution, rank: reading.alone === true ? 0 : rankOf(resolution) }
    })
    .filter(({ reading, rank }) => reading.surely !== true || rank <= 1)
    .toSorted(compare)
  const nameAlone = best !== undefined && whole.kind === 'found' && whole.likeness === 'exact' && best.rank > 0
  if (best === undefined || nameAlone) {
    const repeated = followUp === null || last === null ? null : again(followUp, whole, known, last)
    return repeated ?? { kind: 'unknown', customer: namedIn(whole) }
  }
  const them = words.some(({ key }) => pronouns.has(key))
  return asked(best, them, (followUp !== null || them) && !namesAll(words) ? known : null)
}

/** The customer that can be spoken of although the question was not understood: nothing is told yet, so its whole name is enough. */
function namedIn(whole: Resolution): Candidate | null {
  if (whole.kind === 'found') return whole.customer
  return whole.kind === 'choose' && whole.likeness === 'inside' && whole.choices.length === 1 ? (whole.choices[0] ?? null) : null
}

/** @param them the question says "them" or "their"; @param known the customer of the last question, when this one leans on it */
function asked({ reading: { form, rest, alone }, resolution }: Read, them: boolean, known: Candidate | null): Ask {
  const ask = (customer: Meant, assumed: Assumed = null): Ask => ({ ...form, customer, assumed })
  if (form.kind === 'syncStatus') return ask({ kind: 'all' })
  const meant: Meant = alone === true ? { kind: them ? 'missing' : 'all' } : meantBy(rest, resolution)
  const open = meant.kind === 'missing' || meant.kind === 'all'
  return open && known !== null ? ask({ kind: 'found', customer: known }, 'customer') : ask(meant)
}
