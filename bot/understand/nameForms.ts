// The ways in which a customer's name can be written, and how far a typed one is from it.
import levenshtein from 'damerau-levenshtein'
import type { CustomerNames } from '../../api/customers/model.ts'
import { toWords, type Word } from './words.ts'

export type Candidate = CustomerNames

const legal = new Set(
  'ab ag as bv co company corp corporation gmbh inc incorporated kg kft limited llc llp ltd nv oy plc pty sa sarl sas spa srl'.split(' '),
)
export const joining = new Set(['and', 'und', 'et', 'y', 'the'])

export interface NameForm {
  readonly words: readonly Word[]
  readonly full: ReadonlySet<string>
  readonly short: ReadonlySet<string>
  readonly initials: string
}

/** Both spellings of the words written together. */
export function together(words: readonly Word[]): Set<string> {
  return new Set([words.map(({ key }) => key).join(''), words.map(({ german }) => german).join('')])
}
/** A name's own apostrophe is often left out: "Margies Travel". */
const withEndings = (words: readonly Word[]): Word[] => words.map((word) => (word.possessive && !word.key.endsWith('s') ? { ...word, key: `${word.key}s`, german: `${word.german}s` } : word))

export const meaningful = (words: readonly Word[]): Word[] => words.filter(({ key }) => !legal.has(key) && !joining.has(key))

export function formOf(name: string): NameForm {
  const words = toWords(name)
  const main = meaningful(words)
  const withoutJoining = words.filter(({ key }) => !joining.has(key))
  return {
    words: main,
    full: new Set([...together(words), ...together(withoutJoining), ...together(withEndings(words))].filter((text) => text !== '')),
    short: new Set([...together(main), ...together(withEndings(main))].filter((text) => text !== '')),
    initials: main.map(({ key }) => [...key][0] ?? '').join(''),
  }
}

export const shares = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean => [...some].some((text) => others.has(text))

/** Does an address, or a domain, belong to one of these domains or lie below it? */
export function isAt(address: string, domains: readonly string[]): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  return host.includes('.') && domains.some((domain) => host === domain.toLowerCase() || host.endsWith(`.${domain.toLowerCase()}`))
}

/** At most 1 error in words of 4 to 6 letters, 2 in longer ones, none in shorter: "bank" must not become "bonk". */
export function errors(typed: string, name: string): number | null {
  if (typed === name) return 0
  const allowed = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2
  if (allowed === 0 || Math.abs(typed.length - name.length) > allowed) return null
  const { steps } = levenshtein(typed, name)
  return steps <= allowed ? steps : null
}
