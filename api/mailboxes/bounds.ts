// How much of a stranger's text is read, and how much of it a browser is given. Pure.

/** Characters of a text that are read; what comes after is cut off before anything looks at it. Honest mail has a tenth of that. */
export const longestRead = 1_000_000
/** Characters and elements of a page that a browser is given. Its writer's text grows when it is escaped. */
const longestPage = 2_000_000
const mostElements = 20_000
/** The same, with each element counted again for each of the elements around it that a browser opens anew. */
const mostOpened = 60_000

/** What a browser opens anew behind the end of a block in which it was left open. HTML: "the list of active formatting elements". */
const reopened = new Set(['a', 'b', 'big', 'code', 'em', 'font', 'i', 's', 'small', 'strike', 'strong', 'tt', 'u'])

/** The beginning of a text, in whole characters. */
export const beginning = (text: string, length: number): string => (text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, ''))

/**
 * As much of a page as a browser is given.
 * @param html as the sanitiser wrote it: `<` and `>` are the ends of tags alone, and each tag that is opened is closed
 */
export function within(html: string): { html: string; whole: boolean } {
  const end = Math.min(endByElements(html), longestPage)
  if (end >= html.length) return { html, whole: true }
  const cut = beginning(html, end)
  // Not within a tag, and not within an entity.
  const inTag = cut.lastIndexOf('<') > cut.lastIndexOf('>')
  return { html: inTag ? cut.slice(0, cut.lastIndexOf('<')) : cut.replace(/&[a-z]{0,5}$/, ''), whole: false }
}

function endByElements(html: string): number {
  let elements = 0
  let opened = 0
  let around = 0
  for (const { index, 1: closing, 2: name } of html.matchAll(/<(\/?)([a-z0-9]+)/g)) {
    if (closing === '') {
      elements += 1
      opened += 1 + around
      if (elements > mostElements || opened > mostOpened) return index
    }
    if (reopened.has(name!)) around += closing === '' ? 1 : -1
  }
  return html.length
}
