// Which customer a person means, among those that the person may see and no others.
import levenshtein from 'damerau-levenshtein'
import type { Customer } from '../../api/customers/model.ts'
import { toWords, type Word } from './words.ts'

export type Candidate = Pick<Customer, 'id' | 'name' | 'aliases' | 'domains'>

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

const legal = new Set(
  'ab ag as bv co company corp corporation gmbh inc incorporated kg kft limited llc llp ltd nv oy plc pty sa sarl sas spa srl'.split(' '),
)
const joining = new Set(['and', 'und', 'et', 'y', 'the'])

interface Form {
  readonly words: readonly Word[]
  readonly full: ReadonlySet<string>
  readonly short: ReadonlySet<string>
  readonly initials: string
}

/** Both spellings of the words written together. */
function together(words: readonly Word[]): Set<string> {
  return new Set([words.map(({ key }) => key).join(''), words.map(({ german }) => german).join('')])
}

const meaningful = (words: readonly Word[]): Word[] => words.filter(({ key }) => !legal.has(key) && !joining.has(key))

function formOf(name: string): Form {
  const words = toWords(name)
  const main = meaningful(words)
  const withoutJoining = words.filter(({ key }) => !joining.has(key))
  return {
    words: main,
    full: new Set([...together(words), ...together(withoutJoining)].filter((text) => text !== '')),
    short: new Set([...together(main)].filter((text) => text !== '')),
    initials: main.map(({ key }) => [...key][0] ?? '').join(''),
  }
}

const shares = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean => [...some].some((text) => others.has(text))

/** Does an address, or a domain, belong to one of these domains or lie below it? */
export function isAt(address: string, domains: readonly string[]): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  return host.includes('.') && domains.some((domain) => host === domain.toLowerCase() || host.endsWith(`.${domain.toLowerCase()}`))
}

/** At most 1 error in words of 4 to 6 letters, 2 in longer ones, none in shorter: "bank" must not become "bonk". */
function errors(typed: string, name: string): number | null {
  if (typed === name) return 0
  const allowed = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2
  if (allowed === 0 || Math.abs(typed.length - name.length) > allowed) return null
  const { steps } = levenshtein(typed, name)
  return steps <= allowed ? steps : null
}

function typos(typed: readonly Word[], form: Form): number | null {
  if (typed.length > mostWords) return null
  const whole = [...together(typed)].flatMap((text) => [...form.short].map((name) => errors(text, name)))
  let sum: number | null = 0
  for (const word of typed) {
    const counts = form.words.flatMap(({ key, german }) => [errors(word.key, key), errors(word.key, german)])
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

type Judge = (forms: readonly Form[], customer: Candidate) => number | null

/** Asks each customer; smaller is closer, null is no. */
function matching(customers: readonly Candidate[], forms: ReadonlyMap<string, Form[]>, judge: Judge): Candidate[] {
  return customers
    .map((customer) => ({ customer, distance: judge(forms.get(customer.id) ?? [], customer) }))
    .filter((match): match is { customer: Candidate; distance: number } => match.distance !== null)
    .sort((a, b) => a.distance - b.distance || a.customer.name.localeCompare(b.customer.name))
    .map(({ customer }) => customer)
}

export interface Resolver {
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

  function roughly(words: readonly Word[]): Resolution | null {
    const typed = meaningful(words)
    const spelt = together(typed)
    const runs = parts(typed)
    const [plain = ''] = spelt
    if (plain === '') return null
    const alone = typed.length === 1 && plain.length >= 2 ? typed[0] : undefined

    const byInitials = (name: string) => alone !== undefined && name.length >= 2 && name === plain
    const begins = (name: string) => [...spelt].some((text) => name.startsWith(text))
    const hasWord = (form: Form, { key }: Word) => key.length >= 3 && form.words.some((word) => word.key === key || word.german === key)
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
      ['typo', false, (all) => closest(all.map((form) => typos(typed, form)))],
      ['inside', false, (all) => yes(all.some(({ short }) => shares(short, runs)))],
    ]
    for (const [likeness, sure, judge] of rules) {
      const decided = decide(matching(customers, forms, judge), likeness, sure)
      if (decided !== null) return decided
    }
    return null
  }

  return {
    resolve(readings) {
      for (const words of readings) {
        const decided = words.length === 0 ? null : decide(exactly(words), 'exact', true)
        if (decided !== null) return decided
      }
      return roughly(readings.at(-1) ?? []) ?? { kind: 'none' }
    },
  }
}
