// What a person typed, as words. Own normaliser instead of botbuilder's, which drops only the first mention, leaves &nbsp; and
// throws on a mention without text.

export interface Word {
  /** As typed, lower case, without punctuation around it. */
  readonly raw: string
  /** For comparing: only letters and digits, no accents. */
  readonly key: string
  /** The same with ä, ö, ü written as ae, oe, ue. */
  readonly german: string
  /** It stood as "Contoso's". */
  readonly possessive: boolean
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

/**
 * The text without mentions of this bot, without markup, on one line.
 * @param ownMentions the spans that mention the bot; other people's and tags' mentions leave their names
 */
export function toPlain(text: string, ownMentions: readonly string[] = []): string {
  let plain = text.slice(0, longest * 4)
  for (const mention of ownMentions) if (mention !== '') plain = plain.split(mention).join(' ')
  plain = decoded(plain.replace(/<\/?[a-z][^<>]{0,200}>/gi, ' '))
  return plain
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
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

/** Splits a question, or the name of a customer, in the same way. Words without a letter or digit (emoji, dashes) are left out. */
export function toWords(plain: string): Word[] {
  return plain
    .toLowerCase()
    .replace(/[‘’ʼ´`]/g, "'")
    .replace(/\bhttps?:\/\/(?:www\.)?/g, ' ')
    .split(/[\s,;:!?"“”„«»()[\]{}<>|/\\…]+/u)
    .map((part) => {
      const bare = part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}']+$/gu, '')
      const raw = bare.replace(/'s?$/, '')
      return { raw, key: toKey(raw), german: toGerman(raw), possessive: bare !== raw && (bare.endsWith("'s") || raw.endsWith('s')) }
    })
    .filter(({ key }) => key !== '')
    .slice(0, 40)
}
