// People of whom a question speaks: by address, or by a name that the asking person may know.
import type { PersonNamed } from '../../api/mail/model.ts'
import { toWords, type Word } from './words.ts'

/** Somebody, as a question means them; without a customer they are ours, or nothing is known of them but the address. */
export type Person = PersonNamed

/** A local part and a host with a dot. */
const address = /^[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u
export const isAddress = ({ raw }: Word): boolean => address.test(raw)

export interface PeopleSpan {
  readonly from: number
  readonly to: number
  /** All that the words name. */
  readonly people: readonly Person[]
}

const namesOf = ({ name }: Person): ReadonlySet<string> => new Set(name === null ? [] : toWords(name).map(({ key }) => key))

/**
 * @param free not taken for something else already; @param ordinary is no name by itself
 */
export function peopleIn(words: readonly Word[], people: readonly Person[], free: (at: number) => boolean, ordinary: (word: Word) => boolean): PeopleSpan[] {
  const named = people.map((person) => ({ person, names: namesOf(person) }))
  const spans: PeopleSpan[] = []
  for (let at = 0; at < words.length; at += 1) {
    if (!free(at)) continue
    let to = at
    let found = named
    for (; to < words.length && to - at < 4 && free(to); to += 1) {
      const { key } = words[to]!
      const both = found.filter(({ names }) => names.has(key))
      if (both.length === 0) break
      found = both
    }
    const run = words.slice(at, to)
    if (run.length === 0 || run.every(ordinary)) continue
    // "Zed Kettle" is not Kim Kettle.
    const other = words[at - 1]
    if (other !== undefined && free(at - 1) && !ordinary(other) && !words[at]!.border && spans.at(-1)?.to !== at) continue
    spans.push({ from: at, to, people: found.map(({ person }) => person) })
    at = to - 1
  }
  return spans
}
