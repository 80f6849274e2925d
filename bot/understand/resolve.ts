// Which customer a person means, among those that the person may see and no others.
import { errors, formOf, isAt, meaningful, shares, together, type Candidate, type NameForm } from './nameForms.ts'
import { openNames, type NameSpan } from './names.ts'
import type { Word } from './words.ts'

/**
 * How a name was recognised, best first: its full name, an alias or a domain; without Inc. and the like, by initials or by the
 * first part of a domain; by how it begins; by one of its words; despite a typing error; as a part of what was typed.
 */
export type Likeness = 'exact' | 'short' | 'beginning' | 'word' | 'typo' | 'inside'

export type Resolution =
  | { readonly kind: 'found'; readonly customer: Candidate; readonly likeness: Likeness }
  | { readonly kind: 'choose'; readonly choices: readonly Candidate[]; readonly likeness: Likeness }
  | { readonly kind: 'none' }

/** A list to choose from is no longer than this. */
const mostChoices = 5
/** More words than this are no customer's name with a typing error in it. */
const mostWords = 8

/** @param counted what two words were found to differ in, for names that share their words */
function typos(typed: readonly Word[], form: NameForm, counted: Map<string, number | null>): number | null {
  if (typed.length > mostWords) return null
  const whole = [...together(typed)].flatMap((text) => [...form.short].map((name) => errors(text, name)))
  let sum: number | null = 0
  for (const word of typed) {
    const counts = form.words.flatMap(({ key, german }) => [...new Set([key, german])]).map((name) => {
      const pair = `${word.key} ${name}`
      const known = counted.get(pair)
      if (known !== undefined) return known
      const count = errors(word.key, name)
      counted.set(pair, count)
      return count
    })
    const best = counts.filter((count) => count !== null)
    if (best.length === 0) sum = null
    if (sum !== null) sum += Math.min(...best)
  }
  // A name of which words are missing is a little further away than one that was typed whole.
  const missing = Math.max(0, form.words.length - typed.length) / 10
  const all = [...whole, typed.length === 0 || sum === null ? null : sum + missing].filter((count) => count !== null)
  return all.length === 0 ? null : Math.min(...all)
}

/** Every run of up to six of the words, written together. */
function parts(typed: readonly Word[]): Set<string> {
  const keys = typed.map(({ key }) => key)
  const runs = keys.flatMap((_, start) => keys.slice(start, start + 6).map((__, length) => keys.slice(start, start + length + 1).join('')))
  return new Set(runs.filter((run) => run.length >= 4))
}

type Judge = (forms: readonly NameForm[], customer: Candidate) => number | null

/** Asks each customer; smaller is closer, null is no. */
function matching(customers: readonly Candidate[], forms: ReadonlyMap<string, NameForm[]>, judge: Judge): Candidate[] {
  return customers
    .map((customer) => ({ customer, distance: judge(forms.get(customer.id) ?? [], customer) }))
    .filter((match): match is { customer: Candidate; distance: number } => match.distance !== null)
    .sort((a, b) => a.distance - b.distance || a.customer.name.localeCompare(b.customer.name))
    .map(({ customer }) => customer)
}

export interface Resolver {
  /** Names that stand in a question in full, in short, or as a domain. @param ordinary is no name by itself */
  namesIn(words: readonly Word[], ordinary: (word: Word) => boolean): NameSpan[]
  /** A word of a name begins so. */
  begins(key: string): boolean
  /** Whose name surely begins so, or is written so in short; null where it is not sure. */
  surely(words: readonly Word[]): Candidate | null
  /**
   * @param readings the same words in several readings, the longest first; all are tried for an exact name, the last one for
   *   everything else
   */
  resolve(readings: readonly (readonly Word[])[]): Resolution
}

/**
 * Never decides between two, and never takes a guess for an answer: typing errors and single words end in a choice.
 * @param customers those that the person may see; nothing else can come out
 */
export function openResolver(customers: readonly Candidate[]): Resolver {
  const forms = new Map(customers.map((customer) => [customer.id, [customer.name, ...customer.aliases].map(formOf)]))
  const labels = new Map(customers.map(({ id, domains }) => [id, new Set(domains.map((domain) => domain.toLowerCase().split('.')[0] ?? ''))]))
  const yes = (condition: boolean) => (condition ? 0 : null)

  function exactly(typed: readonly Word[]): Candidate[] {
    const spelt = together(typed)
    const only = typed.length === 1 ? typed[0] : undefined
    return matching(customers, forms, (all, { domains }) =>
      yes(all.some(({ full }) => shares(spelt, full)) || (only !== undefined && isAt(only.raw, domains))),
    )
  }

  function decide(found: readonly Candidate[], likeness: Likeness, sure: boolean): Resolution | null {
    const [first, second] = found
    if (first === undefined) return null
    if (sure && second === undefined) return { kind: 'found', customer: first, likeness }
    return { kind: 'choose', choices: found.slice(0, mostChoices), likeness }
  }

  /** @param guessing whether a likeness that is only asked back about is looked for, too */
  function roughly(words: readonly Word[], guessing: boolean): Resolution | null {
    const typed = meaningful(words)
    const spelt = together(typed)
    const runs = parts(typed)
    const counted = new Map<string, number | null>()
    const [plain = ''] = spelt
    if (plain === '') return null
    const alone = typed.length === 1 && plain.length >= 2 ? typed[0] : undefined

    const byInitials = (name: string) => alone !== undefined && name.length >= 2 && name === plain
    const begins = (name: string) => [...spelt].some((text) => name.startsWith(text))
    const hasWord = (form: NameForm, { key }: Word) => key.length >= 3 && form.words.some((word) => word.key === key || word.german === key)
    const closest = (all: readonly (number | null)[]) => {
      const close = all.filter((count) => count !== null)
      return close.length === 0 ? null : Math.min(...close)
    }

    const rules: readonly (readonly [likeness: Likeness, sure: boolean, judge: Judge])[] = [
      ['short', true, (all, { id }) =>
        yes(all.some(({ short, initials }) => shares(spelt, short) || byInitials(initials)) ||
          (alone !== undefined && labels.get(id)?.has(alone.raw) === true))],
      ['beginning', true, (all) => yes(plain.length >= 3 && all.some(({ short }) => [...short].some(begins)))],
      ['word', false, (all) => yes(all.some((form) => typed.every((word) => hasWord(form, word))))],
      ['typo', false, (all) => closest(all.map((form) => typos(typed, form, counted)))],
      ['inside', false, (all) => yes(all.some(({ short }) => shares(short, runs)))],
    ]
    for (const [likeness, sure, judge] of rules) {
      if (!sure && !guessing) return null
      const decided = decide(matching(customers, forms, judge), likeness, sure)
      if (decided !== null) return decided
    }
    return null
  }

  const nameWords = [...new Set([...forms.values()].flatMap((all) => all.flatMap(({ words }) => words.map(({ key }) => key))))]
  const names = openNames(customers, forms, labels)
  return {
    namesIn: names.spansIn,
    begins: (key) => nameWords.some((word) => word.startsWith(key)),
    surely(words) {
      const known = roughly(words, false)
      return known?.kind === 'found' ? known.customer : null
    },
    resolve(readings) {
      for (const words of readings) {
        const decided = words.length === 0 ? null : decide(exactly(words), 'exact', true)
        if (decided !== null) return decided
      }
      return roughly(readings.at(-1) ?? [], true) ?? { kind: 'none' }
    },
  }
}
