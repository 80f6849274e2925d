// Text of others without the characters that nobody sees, for cards, the tab, exports and names. With them a text looks like another
// one, or turns the direction of what stands behind it. Pure.

/** Scripts in which a joiner changes how letters look (Unicode, chapters 9, 12 and 13). */
const joining = ['Arab', 'Syrc', 'Nkoo', 'Mong', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr'].map((script) => `\\p{scx=${script}}`).join('')
const joined = `(?!\\p{DI})[${joining}]`

/** What of them emoji and scripts need, where they need it (Unicode, UTS #51). The flags are those of England, Scotland and Wales. */
const needed = [
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}',
  '(?<=\\p{ExtPict}[\\uFE0F\\p{EMod}]?)\\u200D(?=\\p{ExtPict})',
  '(?<=(?![#*\\d])\\p{Emoji})[\\uFE0E\\uFE0F]',
  '(?<=[#*\\d])\\uFE0F(?=\\u20E3)',
  `(?<=${joined})\\u200C(?=${joined})`,
  `(?<=${joined})\\u200D`,
  '(?<=(?!\\p{DI})\\p{sc=Mong})[\\u180B-\\u180F]',
  '(?<=\\p{sc=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
].join('|')

const unseen = new RegExp(`(${needed})|([\\t-\\r\\u0085\\u2028\\u2029]+)|[\\p{DI}\\p{Cc}\\p{Cs}\\uFFF9-\\uFFFB]`, 'gu')

/** `text` as it is seen: one line, without control characters and characters that have no shape. */
export const visible = (text: string): string => text.replace(unseen, (_, kept: string | undefined, breaks: string | undefined) => kept ?? (breaks === undefined ? '' : ' '))

/** Whether all of `text` is seen. */
export const isVisible = (text: string): boolean => visible(text) === text
