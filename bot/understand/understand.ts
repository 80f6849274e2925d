// From words to intent. Pure: the same words, customers and last question always give the same intent.
import type { Grammar } from './grammar.ts'
import type { Ask, Assumed, Intent, Meant, Reading } from './intent.ts'
import { everybody, namesAll, namesNobody, withoutFillers } from './lexicon.ts'
import { asksForHelp, readFollowUp, readRangeAlone, readSmallTalk } from './read.ts'
import { openResolver, type Candidate, type Likeness, type Resolution } from './resolve.ts'
import type { Talk } from './talk.ts'
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
export function understandSmallTalk(grammar: Grammar, plain: string): Intent | null {
  const words = toWords(plain)
  const kind = readSmallTalk(words)
  if (kind !== null) return { kind }
  return grammar.readCommands(words).length === 0 && asksForHelp(words) ? { kind: 'help' } : null
}

const ask = (form: Ask['form'], customer: Meant, assumed: Assumed = null): Ask => ({ kind: 'ask', form, customer, assumed })

interface Again {
  readonly words: readonly Word[]
  /** Whom the words name, taken together. */
  readonly whole: Resolution
  /** The customer of the last question, while the person may see it. */
  readonly known: Candidate | null
  readonly topic: string
}

/** "What about Fabrikam?", "and last week?": the last question again, with one thing changed. */
function again(grammar: Grammar, { words, whole, known, topic }: Again): Ask | null {
  const form = grammar.formOf(topic)
  if (form === null) return null
  if (namesAll(words) && namesNobody(words, everybody)) return ask(form, { kind: 'all' }, 'question')
  const range = readRangeAlone(words)
  if (range === null) return ask(form, meantBy(withoutFillers(words), whole), 'question')
  const inDays = grammar.questionOf(form).inDays?.(form, range)
  if (inDays === undefined) return null
  const nobody: Meant = { kind: grammar.questionOf(inDays).ofAll === undefined ? 'missing' : 'all' }
  return ask(inDays, known === null ? nobody : { kind: 'found', customer: known }, 'question')
}

/** What is known of the asking person. */
export interface Asker {
  /** Those that the person may see. No other can be resolved, offered or told apart from one that does not exist. */
  readonly customers: readonly Candidate[]
  /** What the person asked before, for questions that leave something out; null when that is not known. */
  readonly last: Talk | null
}

/** @param plain a question as `toPlain` gives it */
export function understand(grammar: Grammar, plain: string, { customers, last }: Asker): Intent {
  const smallTalk = understandSmallTalk(grammar, plain)
  if (smallTalk !== null) return smallTalk
  const words = toWords(plain)
  const followUp = readFollowUp(words)
  const resolver = openResolver(customers)
  const known = customers.find(({ id }) => id === last?.customerId) ?? null
  const whole = resolver.resolve(withoutFillers(followUp ?? words))
  // A customer may be called like a command ("MFA Ltd"), so every reading is tried and the one whose customer is recognised
  // best is taken; the first command word decides between equals.
  const readings = grammar.readCommands(words)
  const [best] = (followUp === null ? readings : [...grammar.readCommands(followUp), ...readings.map((reading) => ({ ...reading, surely: true as const }))])
    .map((reading): Read => {
      const resolution = resolver.resolve(reading.rest)
      return { reading, resolution, rank: reading.alone === true ? 0 : rankOf(resolution) }
    })
    .filter(({ reading, rank }) => reading.surely !== true || rank <= 1)
    .toSorted(compare)
  const nameAlone = best !== undefined && whole.kind === 'found' && whole.likeness === 'exact' && best.rank > 0
  if (best === undefined || nameAlone) {
    const repeated = followUp === null || last === null ? null : again(grammar, { words: followUp, whole, known, topic: last.topic })
    return repeated ?? { kind: 'unknown', customer: namedIn(whole) }
  }
  const them = words.some(({ key }) => pronouns.has(key))
  const { form, rest, alone } = best.reading
  if (grammar.questionOf(form).ofCustomer === undefined) return ask(form, { kind: 'all' })
  const meant: Meant = alone === true ? { kind: them ? 'missing' : 'all' } : meantBy(rest, best.resolution)
  const leansOn = (followUp !== null || them) && !namesAll(words) ? known : null
  const open = meant.kind === 'missing' || meant.kind === 'all'
  return open && leansOn !== null ? ask(form, { kind: 'found', customer: leansOn }, 'customer') : ask(form, meant)
}

/** The customer that can be spoken of although the question was not understood: nothing is told yet, so its whole name is enough. */
function namedIn(whole: Resolution): Candidate | null {
  if (whole.kind === 'found') return whole.customer
  return whole.kind === 'choose' && whole.likeness === 'inside' && whole.choices.length === 1 ? (whole.choices[0] ?? null) : null
}
