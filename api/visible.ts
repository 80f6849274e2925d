// Text of others without the characters that nobody sees, for cards, the tab, exports and names. With them a text looks like another
// one, or turns the direction of what stands behind it. Pure.

const scripts = (names: string, property: 'sc' | 'scx'): string => names.split(' ').map((script) => `\\p{${property}=${script}}`).join('')

/** Scripts in which a joiner changes how letters look (Unicode, chapters 9, 12 and 13): those whose letters join, and those of India. */
const cursive = scripts('Arab Syrc Nkoo Mong', 'scx')
const joining = cursive + scripts('Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr', 'scx')
const of = (all: string): string => `(?!\\p{DI})[${all}]`
/** The mark that takes a vowel away, and its like, lets the next letter join or not. */
const mark = `(?=\\p{M})${of(joining)}`

/** What of them emoji and scripts need, where they need it (Unicode, UTS #51). The flags are those of England, Scotland and Wales. */
const needed = [
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}',
  '(?<=\\p{ExtPict}[\\uFE0F\\p{EMod}]?)\\u200D(?=\\p{ExtPict})',
  '(?<=(?![#*\\d])\\p{Emoji})[\\uFE0E\\uFE0F]',
  '(?<=[#*\\d])\\uFE0F(?=\\u20E3)',
  `(?<=${of(cursive)}|${mark})\\u200C(?=${of(joining)})`,
  // Letters that stand together join without it.
  `(?<=${mark})\\u200D|(?<=${of(joining)})\\u200D(?!\\p{L})`,
  '(?<=(?!\\p{DI})\\p{sc=Mong})[\\u180B-\\u180F]',
  '(?<=\\p{sc=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
  // Braille has its own blank; elsewhere it only looks like one.
  '(?<=[\\u2801-\\u28FF])\\u2800+(?=[\\u2801-\\u28FF])',
].join('|')

const marksOfDirection = '\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069'
const unseenBut = (kept: string) => new RegExp(`(${kept})|([\\t-\\r\\u0085\\u2028\\u2029]+|\\u2800+)|[\\p{DI}\\p{Cc}\\p{Cs}\\uFFF9-\\uFFFB]`, 'gu')
const [unseen, unseenButDirection] = [unseenBut(needed), unseenBut(`${needed}|[${marksOfDirection}]`)]
const without = (text: string, pattern: RegExp): string => text.replace(pattern, (_, kept: string | undefined, breaks: string | undefined) => kept ?? (breaks === undefined ? '' : ' '))

const writtenLeftwards = new RegExp(`(?=\\p{L})[${scripts('Hebr Arab Syrc Thaa Nkoo Adlm Samr Mand Rohg', 'sc')}]`, 'u')
const [isolates, isolateEnd, embeddings, embeddingEnd, overrides] = ['\u2066\u2067\u2068', '\u2069', '\u202a\u202b', '\u202c', '\u202d\u202e']

/**
 * Marks of direction that begin and end within the text order what stands between them and nothing else (Unicode, UAX #9). What does
 * not end would order what we write behind it; what overrides turns letters round, and no honest text needs it.
 */
function balanced(text: string): string {
  const characters = [...text]
  const dropped = new Set<number>()
  const begun: { readonly at: number; readonly isolates: boolean; readonly overrides: boolean }[] = []
  characters.forEach((character, at) => {
    if (isolates.includes(character)) begun.push({ at, isolates: true, overrides: false })
    else if (embeddings.includes(character) || overrides.includes(character)) begun.push({ at, isolates: false, overrides: overrides.includes(character) })
    else if (character === embeddingEnd) {
      const last = begun.at(-1)
      if (last === undefined || last.isolates || last.overrides) dropped.add(at)
      if (last?.overrides === true) dropped.add(last.at)
      if (last?.isolates === false) begun.pop()
    } else if (character === isolateEnd) {
      const from = begun.findLastIndex((one) => one.isolates)
      if (from === -1) dropped.add(at)
      else for (const { at: open } of begun.splice(from).slice(1)) dropped.add(open)
    }
  })
  for (const { at } of begun) dropped.add(at)
  return characters.filter((_, at) => !dropped.has(at)).join('')
}

/** `text` as it is seen: one line, without control characters and characters that have no shape. Marks of direction stay where it is written leftwards. */
export const visible = (text: string): string =>
  writtenLeftwards.test(text) ? without(balanced(text), unseenButDirection).replace(/([\u200E\u200F\u061C])\1+/g, '$1') : without(text, unseen)

/** Whether all of `text` is seen, marks of direction too: a name must not differ from another one by what nobody sees. */
export const isVisible = (text: string): boolean => without(text, unseen) === text
