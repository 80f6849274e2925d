// What may be shown of somebody else's HTML.
import type { ItemBody } from '@microsoft/microsoft-graph-types'
import { escapeText } from 'entities'
import sanitizeHtml, { type Attributes } from 'sanitize-html'

/** The body of a message or a meeting as HTML that can be shown in a sandboxed frame; plain text is escaped, character by character. */
export function htmlOf(body: ItemBody | null | undefined): string {
  return body?.contentType === 'text' ? `<pre>${escapeText(withoutTurns(body.content ?? ''))}</pre>` : sanitise(body?.content ?? '')
}

/** Without what turns the direction of writing: what stands behind it would read backwards. */
const withoutTurns = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')

const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%/]+\)$/i, /^[a-z]+$/i]
const length = [/^-?[\d.]+(px|pt|em|rem|%)?$/i]
/** A longer one is no honest style, and would be looked through for long. */
const longestStyle = 2_000
/** A colour in a shorthand or a gradient, which name pictures, places and sizes as well. */
const colourIn = new RegExp(
  String.raw`(?:^|[\s,(])(#[0-9a-f]{3,8}|rgba?\([\d\s.,%]+\)|` +
    String.raw`(?!(?:none|repeat|round|space|scroll|fixed|local|left|right|top|bottom|center|cover|contain|auto|inherit|initial|unset|to|at|circle|ellipse)\b)[a-z]+)(?=[\s,)]|$)`,
  'i',
)

/**
 * The colour behind a text, however it was written: text is often white because of it. A picture behind it is left out, its colour is
 * not.
 */
function withBackground({ bgcolor, style: given = '', ...others }: Attributes): Attributes {
  const style = given.slice(0, longestStyle).replace(/(^|;)\s*[a-z-]+\s*:/gi, (name) => name.toLowerCase())
  const shorthand = /(?:^|;)\s*background\s*:\s*([^;]+)/i.exec(style)?.[1]?.replace(/!important/i, '').replace(/url\([^)]*\)/gi, ' ')
  const behind = shorthand === undefined ? undefined : colourIn.exec(shorthand)?.[1]
  const old = bgcolor === undefined ? undefined : /^[0-9a-f]{6}$/i.test(bgcolor) ? `#${bgcolor}` : bgcolor
  // Before the others, which are stronger.
  const whole = [old, behind].flatMap((one) => (one === undefined ? [] : [`background-color:${one}`])).concat(style === '' ? [] : [style]).join(';')
  return whole === '' ? others : { ...others, style: whole }
}

/** A picture's place and what it shows, nothing where its author says that it shows nothing; those that are there to be counted and not to be seen are none. */
function pictureMark({ alt = 'picture', width, height }: Attributes) {
  const tiny = [width, height].some((size) => size !== undefined && /^\s*[0-3](px)?\s*$/i.test(size))
  return tiny ? { tagName: 'span', attribs: {} } : { tagName: 'span', attribs: { 'data-picture': '' }, text: alt.trim() === '' ? '' : `[${[...alt.trim()].slice(0, 200).join('')}]` }
}

/**
 * What may be shown of a stranger's HTML: text and its layout. Nothing that runs, loads, submits, or covers the page. Images
 * are left out, because loading one tells the sender that the mail was read; `data-picture` marks where they were. Links lead nowhere
 * and hold their address as `title`.
 */
function sanitise(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      'p', 'div', 'span', 'br', 'hr', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li',
      'dl', 'dt', 'dd', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption', 'del', 'ins', 'strike', 'small', 'big', 'mark', 'q', 'cite', 'kbd', 'samp', 'tt', 'abbr', 'section', 'article', 'header', 'footer', 'main', 'aside', 'nav',
      'address', 'figure', 'figcaption', 'legend', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'font', 'center', 'a',
    ],
    // The title of the page is no part of it.
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title'],
    allowedAttributes: {
      '*': ['style', 'align', 'dir', 'lang', 'hidden'],
      ol: ['start', 'type'],
      li: ['value'],
      td: ['colspan', 'rowspan', 'width', 'valign'],
      th: ['colspan', 'rowspan', 'width', 'valign'],
      table: ['width', 'border', 'cellpadding', 'cellspacing'],
      font: ['color', 'size'],
      a: ['title'],
      span: ['data-picture'],
    },
    allowedStyles: {
      '*': {
        color: colour,
        'background-color': colour,
        'text-align': [/^(left|right|center|justify)$/],
        'font-weight': [/^(normal|bold|\d{3})$/],
        'font-style': [/^(normal|italic)$/],
        'font-size': length,
        'text-decoration': [/^(none|(underline|line-through)( solid| double)?)$/i],
        'text-decoration-line': [/^(none|underline|line-through)$/i],
        // What its author hides is often a part of another text: "Total 1<hidden>00</hidden>0".
        display: [/^none$/i],
        visibility: [/^hidden$/i],
        'margin-left': length,
        'padding-left': length,
        'border-left': [/^[\d.]+(px|pt) (solid|dashed) #[0-9a-f]{3,6}$/i],
      },
    },
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: { ...attributes, title: withoutTurns(attributes.href?.trim().slice(0, 2000) ?? '') } }),
      // Ours alone.
      span: (tagName, { 'data-picture': _theirs, ...attributes }) => ({ tagName, attribs: attributes }),
      body: (_, attributes) => ({ tagName: 'div', attribs: attributes }),
      img: (_, attributes) => pictureMark(attributes),
      '*': (tagName, attributes) => ({ tagName, attribs: withBackground(attributes) }),
    },
    textFilter: withoutTurns,
    nestingLimit: 100,
  })
}
