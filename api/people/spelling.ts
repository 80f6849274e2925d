// Words as people type them who leave accents out: "zoe" finds Zoë, and "Zoë" finds Zoe.

const accented: Readonly<Record<string, string>> = {
  a: 'aàáâãäåāăą', c: 'cçćč', d: 'dďđð', e: 'eèéêëēėęě', g: 'gğ', i: 'iìíîïīı', l: 'lłľ', n: 'nñńňņ', o: 'oòóôõöøōő', r: 'rřŕ', s: 'sśšşș', t: 'tťţț', u: 'uùúûüūůűų', y: 'yýÿ', z: 'zźżž',
}
const classOf = new Map(Object.values(accented).flatMap((letters) => [...letters].map((letter) => [letter, `[${letters}${letters.toUpperCase()}]`] as const)))
/** An accent may be a character of its own behind its letter. */
const apart = '[\u0300-\u036f]?'

/** The pattern of a regular expression, to be used without regard to case, that finds these letters with any accents, and nothing else. */
export const spelling = (text: string): string =>
  [...text.normalize('NFC').toLowerCase()].map((letter) => {
    const letters = classOf.get(letter)
    return letters === undefined ? letter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&') : `${letters}${apart}`
  }).join('')
