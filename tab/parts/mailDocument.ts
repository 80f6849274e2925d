// The page inside the frame that shows a text of others. The service has cleaned it already; this is the second lock.
import { hasColours, readable } from './readableColours.ts'

/** What is written and on what, as CSS knows it, where the text has no colours of its own. */
export interface PaperColours {
  readonly text: string
  readonly paper: string
  readonly scheme: 'light' | 'dark'
}

/** Mail with colours of its own was written for white paper. */
const white: PaperColours = { text: '#242424', paper: '#ffffff', scheme: 'light' }
const longestTarget = 80

export interface MailDocument {
  /** A whole document. */
  readonly html: string
  /** So many were left out. */
  readonly pictures: number
  /** Whether nobody would see anything in it. */
  readonly isEmpty: boolean
  /** About how many pixels it is high in a frame so wide; nobody can measure one that is closed off. */
  readonly height: (width: number) => number
}

const LINE_PX = 21
const SPACE_PX = 14
// Rather too narrow a line than a frame that is too low.
const CHARACTER_PX = 8

function heightOf(body: HTMLElement): (width: number) => number {
  const copy = body.cloneNode(true) as HTMLElement
  const spaced = copy.querySelectorAll('p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, table, hr, br')
  for (const block of copy.querySelectorAll('p, div, li, tr, h1, h2, h3, h4, h5, h6, blockquote, pre, br')) {
    block.before('\n')
    block.after('\n')
  }
  // Only where text is plain do its empty lines take room.
  const empty = copy.querySelector('pre') === null ? 0 : 1
  const lengths = copy.textContent.split('\n').map((line) => line.trim().length)
  return (width) => {
    const most = Math.max((width - 2 * SPACE_PX) / CHARACTER_PX, 1)
    const lines = lengths.reduce((sum, length) => sum + (length === 0 ? empty : Math.ceil(length / most)), 0)
    return 2 * SPACE_PX + lines * LINE_PX + spaced.length * SPACE_PX
  }
}

const bare = (address: string) => address.trim().replace(/^(https?:\/\/|mailto:)/i, '').replace(/\/$/, '').toLowerCase()

/** Without what only looks like a host: "https://contoso.com@elsewhere.example" leads to the second one. */
const withoutUser = (target: string): string => target.replace(/^(https?:[\\/]{2})[^\\/?#]*@/i, '$1')

/** Writes beside each link where it leads, unless that is what it says. */
function showTargets(body: HTMLElement): void {
  for (const link of body.querySelectorAll('a[title]')) {
    const target = withoutUser(link.getAttribute('title') ?? '')
    if (target === '' || bare(link.textContent) === bare(target)) continue
    const shown = target.replace(/^(https?:\/\/|mailto:)/i, '')
    const beside = link.ownerDocument.createElement('span')
    beside.className = 'target'
    beside.textContent = ` (${shown.length > longestTarget ? `${shown.slice(0, longestTarget)}…` : shown})`
    link.after(beside)
  }
}

/**
 * Wraps sanitised `html` into a document that loads nothing from anywhere: its policy stands before the mail's first byte,
 * and its links have no window to open in.
 * @param themed the colours around it, for a text that has none
 */
export function mailDocument(html: string, themed: PaperColours): MailDocument {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const colours = hasColours(body) ? white : themed
  readable(body, colours)
  showTargets(body)
  const page = `<!doctype html>
<html lang="und"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'">
<meta name="referrer" content="no-referrer"><base target="_blank">
<style>
:root { color-scheme: ${colours.scheme} }
body { margin: 12px; font: 14px/1.45 "Segoe UI", system-ui, sans-serif; color: ${colours.text}; background: ${colours.paper}; overflow-wrap: anywhere }
table { max-width: 100% } pre { white-space: pre-wrap; font: inherit; margin: 0 }
a[title] { text-decoration: underline } .target, [data-picture] { font-size: 12px; opacity: .8 }
</style></head><body>${body.innerHTML}</body></html>`
  const isEmpty = /^[\p{C}\p{Z}\u2800\u3164]*$/u.test(body.textContent)
  return { html: page, pictures: body.querySelectorAll('[data-picture]').length, isEmpty, height: heightOf(body) }
}
