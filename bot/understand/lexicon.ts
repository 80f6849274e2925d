// Words that belong to the grammar, and the leaving out of those that carry nothing.
import type { Word } from './words.ts'

export const list = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const fillers = list(
  'a all an and any anything are at by can check come came could customer client company contact did display do does email fetch find for from get ' +
    'give got had has have hey hi hello how i in is it its latest let lets look mail me my need now of off ok okay on one our out outpost please pls plz ' +
    'received see sent show status tell thanks thank thx that the their them there this to up us was we were what whats when where which who with would ' +
    'you your hows looking current s many much',
)
/** Carry nothing where all customers can be meant. */
export const everybody = list('all customers every each everyone everybody everywhere anywhere overall across over worst first best our of the')
const allCustomers = list('customers everywhere anywhere overall')
const prepositions = list('at by for from of to with')
const none: ReadonlySet<string> = new Set()

/** Words written together, for idioms. */
export const keysOf = (words: readonly Word[]): string[] => words.map(({ key }) => key)

/**
 * Every reading that leaves fillers out at either end, the longest first.
 * @param more words that carry nothing in this command either
 */
export function withoutFillers(words: readonly Word[], more: ReadonlySet<string> = none): Word[][] {
  const empty = (word: Word | undefined) => word !== undefined && (fillers.has(word.key) || more.has(word.key))
  const first = words.findIndex((word) => !empty(word))
  const start = first === -1 ? words.length : first
  let end = words.length
  while (end > start && empty(words[end - 1])) end -= 1
  const readings: Word[][] = []
  for (let from = 0; from <= start; from += 1) {
    for (let to = words.length; to >= Math.max(end, from); to -= 1) readings.push(words.slice(from, to))
  }
  return readings.sort((a, b) => b.length - a.length)
}

/** Nothing is left that could name a customer, and nothing waits for a name either, as in "meetings with". */
export function namesNobody(words: readonly Word[], more: ReadonlySet<string> = none): boolean {
  return words.every(({ key }) => fillers.has(key) || more.has(key)) && !prepositions.has(words.at(-1)?.key ?? '')
}

/** Says in so many words that all customers are meant. */
export const namesAll = (words: readonly Word[]): boolean => words.some(({ key }) => allCustomers.has(key))
