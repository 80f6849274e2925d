// What a person typed, as words. Own normaliser instead of botbuilder's, which drops only the first mention, leaves &nbsp; and
// throws on a mention without text.
import { withoutMentions, withoutSignature } from './surroundings.ts'

export interface Word {
  /** As typed, lower case, without punctuation around it. */
  readonly raw: string
  /** For comparing: only letters and digits, no accents. */
  readonly key: string
  /** The same with ä, ö, ü written as ae, oe, ue. */
  readonly german: string
  /** It stood as "Contoso's". */
  readonly possessive: boolean
  /** Something that parts sentences stands before it: a comma, a dash, an emoji. */
  readonly border: boolean
}

/** Nobody types a question of this length; what follows is not read. */
const longest = 500

const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.replace(/&(#x?)?(\w{1,8});/g, (whole, numeric: string | undefined, name: string) => {
    if (numeric === undefined) return entities[name.toLowerCase()] ?? whole
    const code = Number.parseInt(name, numeric === '#' ? 10 : 16)
    return Number.isInteger(code) && code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ' '
  })
}

/** Ends of lines that markup makes, then all other markup. An address between angle brackets is none. */
const withoutMarkup = (text: string): string => text.replace(/<br ?\/?>|<\/(?:p|div|li)>/gi, '\n').replace(/<\/?[a-z][a-z0-9-]*(?:[\s/][^<>]{0,200})?>/gi, ' ')

/**
 * The text without mentions, signature and markup, on one line.
 * @param ownMentions the spans that mention the bot
 */
export function toPlain(text: string, ownMentions: readonly string[] = []): string {
  let plain = text.slice(0, longest * 4)
  for (const mention of ownMentions) if (mention !== '') plain = plain.split(mention).join(' ')
  plain = decoded(withoutMarkup(withoutMentions(plain)))
  return withoutSignature(plain.normalize('NFKC').replace(/\p{Cf}/gu, '').replace(/[^\S\n]+/gu, ' '))
    .trim()
    .replace(/\s*\n\s*/g, '; ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, longest)
}

const special: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', þ: 'th' }

/** Lower case, no accents, letters and digits only. */
export function toKey(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđþ]/g, (letter) => special[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function toGerman(text: string): string {
  return toKey(text.toLowerCase().normalize('NFC').replace(/[äöü]/g, (letter) => `${{ ä: 'a', ö: 'o', ü: 'u' }[letter] ?? ''}e`))
}

const eastAsian = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]'
/** Names in these scripts stand without spaces beside words in ours. */
const betweenScripts = new RegExp(`(?<=${eastAsian})(?=[\\p{Script=Latin}\\p{Nd}])|(?<=[\\p{Script=Latin}\\p{Nd}])(?=${eastAsian})`, 'gu')
/** A colon between digits is a time's. */
const parting = /(?:[\s,;!?"“”„«»()[\]{}<>|/\\…—–、。・=~]|:(?!\d\d(?!\d)))+/u
const splitting = new RegExp(`(${parting.source})`, 'u')
const bordering = /[,;:!?()[\]…—–|、。・~]/u

/** What people shorten or write together, as the words that it stands for. */
const spelledOut: readonly (readonly [RegExp, string])[] = [
  [/\bw\/o(?=\s)/g, 'without'],
  [/\bw\/(?=\s)/g, 'with '],
  [/(?<=\s)@(?=\s)/g, 'at'],
  [/(?<=\s)[&+](?=\s)/g, 'and'],
  // Between two times a dash is a word.
  [/(?<=\d(?:st|nd|rd|th)?)[–—](?=\d)/g, '-'],
  [/(?<=\d|\d(?:st|nd|rd|th)|day|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) [-–] (?=\d|\w+day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/g, ' to '],
  [/(?<=\b\d{1,2}\.\d{1,2}\.?(?:20\d\d)?)[-–](?=\d{1,2}\.\d)|(?<=\d(?:am|pm)?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)-(?=\d{1,2}(?::\d\d|am|pm)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)/g, ' to '],
  [/\b(?:a |the )?((?:last |next |past )?)couple (?:of )?(?=\w)/g, '$12 '],
  [/(?<=\b20\d\d-\d\d-\d\d)\.\.\.?(?=20\d\d-)/g, ' to '],
  // "9.-11.11." has its month behind the second day.
  [/\b(\d{1,2})\. ?[-–] ?(\d{1,2})\.(\d{1,2})\./g, '$1.$3. to $2.$3.'],
  [/\bmid-(?=[a-z])/g, 'mid '],
  [/\b(last|this|next)(night|week|weekend|month|quarter|year)\b/g, '$1 $2'],
  // What is left of an entity that nobody knows ends no sentence.
  [/;(?=\p{L})/gu, ' '],
  [/\bhttps?:\/\/(?:www\.)?|\bmailto:/g, ' '],
]

/** Splits a question, or the name of a customer, in the same way. Words without a letter or digit (emoji, dashes) are left out. */
export function toWords(plain: string): Word[] {
  const text = spelledOut
    .reduce((spelled, [what, by]) => spelled.replace(what, by), plain.toLowerCase().replace(/[‘’ʼ´`]/g, "'"))
    .replace(/\p{Extended_Pictographic}\uFE0F?/gu, ' , ')
    .replace(/\.{2,}/g, ' , ')
    .replace(betweenScripts, ' ')
  const words: Word[] = []
  let border = false
  for (const part of text.split(splitting)) {
    const bare = part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}']+$/gu, '')
    const raw = bare.replace(/'s?$/, '')
    const key = toKey(raw)
    if (key === '') {
      border ||= bordering.test(part) || /^[-.]+$/.test(part)
      continue
    }
    words.push({ raw, key, german: toGerman(raw), possessive: bare !== raw && (bare.endsWith("'s") || raw.endsWith('s')), border })
    border = part.endsWith('.')
  }
  return words.slice(0, 60)
}
