// The words of a page that is not shown as it is: read in one go, whatever it is built of.
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'

const inLine = new Set(['a', 'abbr', 'b', 'big', 'cite', 'code', 'del', 'em', 'font', 'i', 'img', 'ins', 'kbd', 'mark', 'q', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'tt', 'u'])
/** Whose text is no part of the page. The reading of tags ends with them, so none lies in another. */
const noText = new Set(['script', 'style', 'textarea', 'title'])

/** @returns plain text, its blocks as lines */
export function wordsOf(html: string): string {
  const parts: string[] = []
  let hiddenBy: string | null = null
  const say = (text: string) => {
    if (hiddenBy === null) parts.push(text)
  }
  const named = (start: number, end: number) => html.slice(start, end).toLowerCase()
  const nothing = () => undefined
  const callbacks: TokenizerCallbacks = {
    ontext: (start, end) => say(html.slice(start, end).replace(/\s+/g, ' ')),
    ontextentity: (codePoint) => say(String.fromCodePoint(codePoint)),
    onopentagname(start, end) {
      const name = named(start, end)
      if (!inLine.has(name)) say('\n')
      if (noText.has(name)) hiddenBy = name
    },
    onclosetag(start, end) {
      const name = named(start, end)
      if (hiddenBy === name) hiddenBy = null
      if (!inLine.has(name)) say('\n')
    },
    onattribdata: nothing, onattribentity: nothing, onattribend: nothing, onattribname: nothing, oncdata: nothing, oncomment: nothing, ondeclaration: nothing,
    onend: nothing, onopentagend: nothing, onprocessinginstruction: nothing, onselfclosingtag: nothing,
  }
  const tokenizer = new Tokenizer({ decodeEntities: true }, callbacks)
  tokenizer.write(html)
  tokenizer.end()
  const lines = parts.join('').split('\n').map((line) => line.trim())
  return lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== '')).join('\n').trim()
}
