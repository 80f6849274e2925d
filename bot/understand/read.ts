// The closed grammar: finds the command words in a question and leaves the words that may name a customer.
import type { Form } from './intent.ts'
import { fillers, keysOf, list } from './lexicon.ts'
import { rangesIn, type Range } from './range.ts'
import { mailAt, whoEmailedAt } from './readMail.ts'
import { meetingsAt } from './readMeetings.ts'
import { adminsAt, licencesAt, mfaAt, postureAt, syncAt } from './readPosture.ts'
import type { Word } from './words.ts'

/** One way to read a question. */
export interface Reading {
  readonly form: Form
  /** The words that may name the customer, longest reading first, fillers left out last. */
  readonly rest: readonly (readonly Word[])[]
  /** Names no customer and needs none. */
  readonly alone?: boolean
  /** Holds only when the rest surely names a customer. */
  readonly surely?: true
}

const greetings = list('hi hello hey hallo hola bonjour moin servus hiya howdy greetings yo salut ciao')
const daytimes = list('morning afternoon evening day')
const company = list('good there bot outpost all everyone everybody team folks again')
const helpWords = list('help commands command hilfe aide menu usage manual')
const helpPhrases = ['whatcanyoudo', 'whatdoyoudo', 'howdoesthiswork', 'howdoyouwork', 'whatareyou', 'whoareyou', 'getstarted', 'whatcaniask']
/** More readings than these are nonsense; each costs a search among the customers. */
const mostReadings = 10

/** Is it small talk? A mention alone, or a waving hand, is a greeting. */
export function readSmallTalk(words: readonly Word[]): 'greeting' | 'help' | null {
  if (words.length === 0) return 'greeting'
  const keys = keysOf(words)
  const polite = keys.every((key) => greetings.has(key) || daytimes.has(key) || company.has(key))
  if (polite && keys.some((key) => greetings.has(key) || daytimes.has(key))) return 'greeting'
  return keys.every((key) => helpWords.has(key) || fillers.has(key) || greetings.has(key)) && keys.some((key) => helpWords.has(key)) ? 'help' : null
}

/** Does it ask for help somewhere, when it is no other question? */
export function asksForHelp(words: readonly Word[]): boolean {
  const together = keysOf(words).join('')
  return words.some(({ key }) => helpWords.has(key)) || helpPhrases.some((phrase) => together.includes(phrase))
}

const and = list('and also plus then so ok okay')

/**
 * What comes after "and", "what about" and the like; null when it does not begin so.
 */
export function readFollowUp(words: readonly Word[]): readonly Word[] | null {
  let start = 0
  while (and.has(words[start]?.key ?? '')) start += 1
  const whatAbout = ['what', 'how'].includes(words[start]?.key ?? '') && words[start + 1]?.key === 'about'
  if (whatAbout) start += 2
  const marked = whatAbout || words.slice(0, start).some(({ key }) => !['so', 'ok', 'okay', 'then'].includes(key))
  return marked && start < words.length ? words.slice(start) : null
}

/** A time and nothing else, as in "and last week?". */
export function readRangeAlone(words: readonly Word[]): Range | null {
  const [span, ...more] = rangesIn(words)
  if (span === undefined || more.length > 0) return null
  return words.toSpliced(span.from, span.to - span.from).every(({ key }) => fillers.has(key)) ? span.range : null
}

const at = (words: readonly Word[], index: number, range: Range | null): Reading[] => [
  ...mailAt(words, index, range),
  ...meetingsAt(words, index, range),
]
const timeless = (words: readonly Word[], index: number): Reading[] => [
  ...whoEmailedAt(words, index),
  ...mfaAt(words, index),
  ...adminsAt(words, index),
  ...licencesAt(words, index),
  ...postureAt(words, index),
  ...syncAt(words, index),
]

/**
 * Every way to read a question as a command, in the order of the command words; empty when there is none. A time may as well
 * be a part of a name, so each is read both ways, first as a time.
 */
export function readCommands(words: readonly Word[]): Reading[] {
  const timed = rangesIn(words)
    .toReversed()
    .slice(0, 2)
    .flatMap(({ range, from, to }) => {
      const others = words.toSpliced(from, to - from)
      return others.flatMap((_, index) => at(others, index, range))
    })
  const plain = words.flatMap((_, index) => [...at(words, index, null), ...timeless(words, index)])
  return [...timed, ...plain].slice(0, mostReadings)
}
