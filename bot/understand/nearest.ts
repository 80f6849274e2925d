// Which commands are likest to what was typed and not understood. Pure.
import levenshtein from 'damerau-levenshtein'
import { fillers } from './lexicon.ts'
import { toWords } from './words.ts'

interface Described {
  readonly title: string
  readonly label: string
  readonly group: string | null
  readonly description: string
}

/** 2 for the same word, 1 for one that begins or is spelt nearly like it. */
function likeness(typed: string, known: string): number {
  if (typed === known) return 2
  const begins = typed.length >= 4 && known.length >= 4 && (known.startsWith(typed.slice(0, 4)) || typed.startsWith(known.slice(0, 4)))
  return begins || (typed.length >= 4 && levenshtein(typed, known).steps <= 1) ? 1 : 0
}

/** @returns so many of `commands`, the likest first; of equals the one that stands first */
export function nearest<T extends Described>(commands: readonly T[], plain: string, most: number): T[] {
  const typed = toWords(plain).map(({ key }) => key).filter((key) => !fillers.has(key))
  const points = ({ title, label, group, description }: T): number => {
    const known = toWords(`${title} ${label} ${group ?? ''} ${description}`).map(({ key }) => key)
    return typed.reduce((sum, key) => sum + Math.max(0, ...known.map((one) => likeness(key, one))), 0)
  }
  return commands.toSorted((one, other) => points(other) - points(one)).slice(0, most)
}
