// The words of the subjects, and how they look when they are mistyped.
import levenshtein from 'damerau-levenshtein'
import { acts, actsOn, fillers } from './lexicon.ts'
import { countOf, months, weekdays } from './timeSymbols.ts'
import type { Word } from './words.ts'

/** What stands for a word in a sentence, with its spellings; the words of a phrase are joined by `_`. */
export type Spellings = Readonly<Record<string, string>>

export interface Vocabulary {
  /** The sign of the longest phrase that begins at `at`, and how many words it takes. */
  signAt(words: readonly Word[], at: number): { readonly sign: string; readonly length: number } | null
  /** Known to a subject, or plain English. */
  knows(key: string): boolean
  /** The word that was meant, where this one is mistyped; itself otherwise. */
  corrected(words: readonly Word[], at: number): Word
}

const longestPhrase = 4
const general = `which from about with today yesterday tomorrow morning afternoon evening weekend quarter month week last next since until before between accounts customers hello help thanks ${[...weekdays, ...months].join(' ')}`
/** Ordinary words that look like mistyped ones. */
const ordinary = new Set('none visio contract contracts contrast content invoice invoices match main lost cost form host offer offers order letter later quote server screen delivery note notice massage meter manager poster letters mouse model moved licensed quarterly monthly weekly daily yearly'.split(' '))
/** Ordinary words too, but not where they stand: after a word for mail, after "this". */
const misplaced: readonly (readonly [RegExp, RegExp, string])[] = [[/^f(?=.*o)(?=.*m)(?=.*r).{3}$/, /^(e?mails?|messages?)$/, 'from'], [/^weak$/, /^(this|last|next)$/, 'week']]

/** As people shorten them on a phone. */
const shorthand = new Map(Object.entries({
  week: 'wk', weeks: 'wks', month: 'mth', months: 'mths', year: 'yr', years: 'yrs', quarter: 'qtr', next: 'nxt', last: 'lst', tomorrow: 'tmr tmrw tmrrw tmw tmro tomo tomoz 2morrow 2moro 2mrw', yesterday: 'yday yest ystd ystday',
  today: '2day tdy tday', tonight: '2nite 2night tonite', meeting: 'mtg appt', meetings: 'mtgs appts', with: 'w wth', from: 'frm', about: 'abt', have: 'hav', what: 'wat wht', message: 'msg', messages: 'msgs',
}).flatMap(([long, short]) => short.split(' ').map((one) => [one, long] as const)))

const withoutDoubles = (key: string): string => key.replace(/(.)\1+/g, '$1')

/** One error in words of 4 to 6 letters, two in longer ones; the first letter is right, or has changed places with the second. */
function distance(typed: string, meant: string): number | null {
  const allowed = meant.length < 4 ? 0 : meant.length < 7 ? 1 : 2
  if (typed.length < 3 || allowed === 0 || Math.abs(typed.length - meant.length) > allowed) return null
  if (typed[0] !== meant[0] && !(typed[0] === meant[1] && typed[1] === meant[0])) return null
  const { steps } = levenshtein(typed, meant)
  return steps <= allowed ? steps : null
}

const shortMonths = new Set(months.filter((name) => name.length <= 5))

const spelt = (spelling: string): Word => ({ raw: spelling, key: spelling, german: spelling, possessive: false, border: false })

/** @param all of every subject, in the order in which a word that two of them know is given away */
export function openVocabulary(all: readonly Spellings[]): Vocabulary {
  const signs = new Map<string, string>()
  for (const spellings of all) {
    for (const [sign, text] of Object.entries(spellings)) for (const phrase of text.split(' ')) if (!signs.has(phrase)) signs.set(phrase, sign)
  }
  const single = [...signs.keys()].filter((phrase) => !phrase.includes('_'))
  const targets = new Set([...general.split(' '), ...single])
  const undoubled = new Map([...targets].map((target) => [withoutDoubles(target), target]))
  // By each of their first two letters, so that few are compared.
  const byLetter = new Map<string, string[]>()
  for (const target of targets) for (const letter of new Set(target.slice(0, 2))) byLetter.set(letter, [...(byLetter.get(letter) ?? []), target])
  const parts = new Set([...signs.keys()].flatMap((phrase) => phrase.split('_')))
  const knows = (key: string) => fillers.has(key) || acts.has(key) || actsOn.has(key) || parts.has(key) || targets.has(key) || countOf(key) !== null || /^\d+(am|pm)?$/.test(key)

  function nearestTo(key: string): string | null {
    let best: { readonly target: string; readonly steps: number } | null = null
    for (const target of byLetter.get(key.slice(0, 1)) ?? []) {
      const steps = distance(key, target)
      if (steps !== null && (best === null || steps < best.steps)) best = { target, steps }
    }
    return best?.target ?? null
  }

  return {
    knows,
    signAt(words, at) {
      for (let length = Math.min(longestPhrase, words.length - at); length > 0; length -= 1) {
        const sign = signs.get(words.slice(at, at + length).map(({ key }) => key).join('_'))
        if (sign !== undefined) return { sign, length }
      }
      return null
    },
    corrected(words, at) {
      const word = words[at]!
      const { key, border } = word
      const fixed = (spelling: string): Word => ({ ...spelt(spelling), border })
      const place = misplaced.find(([typed, before, meant]) => key !== meant && typed.test(key) && at > 0 && before.test(this.corrected(words, at - 1).key))
      if (place !== undefined) return fixed(place[2])
      const long = shorthand.get(key)
      if (long !== undefined) return fixed(long)
      if (knows(key) || ordinary.has(key) || /\d/.test(key)) return word
      const once = undoubled.get(withoutDoubles(key))
      if (once !== undefined) return fixed(once)
      const target = nearestTo(key)
      // Short months look like people's names ("Jane"), so these are meant only where a time stands.
      const isName = target !== null && shortMonths.has(target) && !/^(?:in|since|until|till|before|after|between|during|last|next|this|of|and|\d+(?:st|nd|rd|th)?)$/.test(words[at - 1]?.key ?? '') && !/^\d/.test(words[at + 1]?.key ?? '')
      return target === null || isName ? word : fixed(target)
    },
  }
}
