// Names of customers that stand somewhere in a question. What stands there exactly is a name before it is a time or a command.
import { errors, isAt, joining, meaningful, together, type Candidate, type NameForm } from './nameForms.ts'
import type { Word } from './words.ts'

export interface NameSpan {
  readonly from: number
  readonly to: number
  readonly customers: readonly Candidate[]
  /** Written with a typing error, so that it is asked back. */
  readonly typo: boolean
  /** It has an "s" behind it that is none of its own: "contosos last email". */
  readonly possessive: boolean
}

export interface Names {
  /** From left to right, the longest first; none lies in another. @param ordinary is no name by itself */
  readonly spansIn: (words: readonly Word[], ordinary: (word: Word) => boolean) => NameSpan[]
}

const mostWords = 8
/** A question with more strange words than these is not looked through for typing errors. */
const mostStrange = 8

type Index = ReadonlyMap<string, readonly Candidate[]>

function indexOf(customers: readonly Candidate[], keysOf: (customer: Candidate) => Iterable<string>): Index {
  const index = new Map<string, Candidate[]>()
  for (const customer of customers) {
    for (const key of new Set(keysOf(customer))) if (key !== '') index.set(key, [...(index.get(key) ?? []), customer])
  }
  return index
}
const lookedUp = (index: Index, keys: Iterable<string>): readonly Candidate[] => [...new Set([...keys].flatMap((key) => index.get(key) ?? []))]

/** @param forms the name and the aliases of each; @param labels the first part of each domain */
export function openNames(customers: readonly Candidate[], forms: ReadonlyMap<string, readonly NameForm[]>, labels: ReadonlyMap<string, ReadonlySet<string>>): Names {
  const formsOf = ({ id }: Candidate) => forms.get(id) ?? []
  const full = indexOf(customers, (customer) => formsOf(customer).flatMap((form) => [...form.full]))
  const short = indexOf(customers, (customer) => formsOf(customer).flatMap((form) => [...form.short]))
  const alone = indexOf(customers, (customer) => [...formsOf(customer).flatMap(({ initials }) => (initials.length >= 2 ? [initials] : [])), ...(labels.get(customer.id) ?? [])])
  const beginnings = indexOf(customers, (customer) => formsOf(customer).flatMap(({ words }) => words.slice(2).flatMap((_, index) => [...together(words.slice(0, index + 2))])))
  const shortNames = customers.flatMap((customer) => formsOf(customer).flatMap((form) => [...form.short].map((name) => ({ customer, name, keys: new Set(form.words.map(({ key }) => key)) }))))

  function exactly(run: readonly Word[], ordinary: (word: Word) => boolean): readonly Candidate[] {
    const [first] = run
    if (first === undefined) return []
    const only = run.length === 1 ? first : undefined
    if (only?.raw.includes('.') === true) {
      const hosts = customers.filter(({ domains }) => isAt(only.raw, domains))
      if (hosts.length > 0) return hosts
    }
    if (only !== undefined && ordinary(only)) return []
    const whole = lookedUp(full, together(run))
    if (whole.length > 0) return whole
    const main = meaningful(run)
    if (main.length === 0 || main[0] !== first || joining.has(run.at(-1)!.key)) return []
    const brief = lookedUp(short, together(main))
    return brief.length > 0 || only === undefined ? brief : lookedUp(alone, [only.key, only.raw])
  }

  /** "contosos", for people who leave the apostrophe out. */
  function owning(run: readonly Word[], ordinary: (word: Word) => boolean): readonly Candidate[] {
    const last = run.at(-1)
    if (last === undefined || last.key.length < 4 || !last.key.endsWith('s') || ordinary(last)) return []
    const plain = { ...last, raw: last.raw.slice(0, -1), key: last.key.slice(0, -1), german: last.german.slice(0, -1) }
    return exactly([...run.slice(0, -1), plain], ordinary)
  }

  /** How only one name begins, with a word that means nothing by itself: "Friday Harbor" of Friday Harbor Consulting. */
  function beginning(run: readonly Word[], ordinary: (word: Word) => boolean): readonly Candidate[] {
    const found = run.length < 2 || run.every(ordinary) ? [] : lookedUp(beginnings, together(run))
    return found.length === 1 ? found : []
  }

  /** A whole name with a typing error, some of whose words may be times or commands: "Monday Cofee". */
  function nearly(run: readonly Word[], ordinary: (word: Word) => boolean): readonly Candidate[] {
    // Only a word of the name belongs to it that means something by itself.
    const edges = [run[0], run.at(-1)].filter((word) => word !== undefined && ordinary(word))
    const close = shortNames.flatMap(({ customer, name, keys }) => {
      if (edges.some((word) => !keys.has(word!.key))) return []
      const counts = [...together(run)].map((typed) => errors(typed, name)).filter((count) => count !== null)
      return counts.length === 0 ? [] : [{ customer, count: Math.min(...counts) }]
    })
    return [...new Set(close.toSorted((a, b) => a.count - b.count || a.customer.name.localeCompare(b.customer.name)).map(({ customer }) => customer))]
  }

  return {
    spansIn(words, ordinary) {
      const taken: (NameSpan | null)[] = words.map(() => null)
      const free = (from: number, to: number) => taken.slice(from, to).every((span) => span === null)
      const take = (span: NameSpan) => {
        for (let at = span.from; at < span.to; at += 1) taken[at] = span
      }
      // A long question has too many strange words for more than what stands there exactly.
      const few = words.filter((word) => !ordinary(word)).length <= mostStrange
      for (const [read, possessive] of [[exactly, false], [owning, true], [beginning, false]] as const) {
        for (let length = few || read === exactly ? Math.min(mostWords, words.length) : 0; length > 0; length -= 1) {
          for (let from = 0; from + length <= words.length; from += 1) {
            if (!free(from, from + length)) continue
            const found = read(words.slice(from, from + length), ordinary)
            if (found.length > 0) take({ from, to: from + length, customers: found, typo: false, possessive })
          }
        }
      }
      const strange = words.flatMap((word, at) => (taken[at] === null && !ordinary(word) ? [at] : []))
      for (let length = 4; length > 1 && strange.length <= mostStrange; length -= 1) {
        for (let from = 0; from + length <= words.length; from += 1) {
          const run = words.slice(from, from + length)
          if (!free(from, from + length) || !strange.some((at) => at >= from && at < from + length)) continue
          const found = nearly(run, ordinary)
          if (found.length > 0) take({ from, to: from + length, customers: found, typo: true, possessive: false })
        }
      }
      return [...new Set(taken.filter((span) => span !== null))]
    },
  }
}
