// What may be shown of somebody else's HTML.
import type { ItemBody } from '@microsoft/microsoft-graph-types'
import sanitizeHtml from 'sanitize-html'

/** The body of a message or a meeting as HTML that can be shown in a sandboxed frame; plain text is escaped. */
export function htmlOf(body: ItemBody | null | undefined): string {
  return body?.contentType === 'text' ? plainToHtml(body.content ?? '') : sanitise(body?.content ?? '')
}

const plainToHtml = (text: string): string => `<pre style="white-space:pre-wrap">${sanitizeHtml(text, { allowedTags: [], disallowedTagsMode: 'escape' })}</pre>`

const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]+\)$/i, /^[a-z]+$/i]
const length = [/^-?[\d.]+(px|pt|em|rem|%)?$/]

/**
 * What may be shown of a stranger's HTML: text and its layout. Nothing that runs, loads, submits, or covers the page. Images
 * are left out, because loading one tells the sender that the mail was read. Links stay readable as text with their address.
 */
function sanitise(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      'p', 'div', 'span', 'br', 'hr', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li',
      'dl', 'dt', 'dd', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'font', 'center', 'a',
    ],
    allowedAttributes: {
      '*': ['style', 'align', 'dir', 'lang'],
      td: ['colspan', 'rowspan', 'width', 'valign', 'bgcolor'],
      th: ['colspan', 'rowspan', 'width', 'valign', 'bgcolor'],
      table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
      font: ['color', 'size'],
      a: ['title'],
    },
    allowedStyles: {
      '*': {
        color: colour,
        'background-color': colour,
        'text-align': [/^(left|right|center|justify)$/],
        'font-weight': [/^(normal|bold|\d{3})$/],
        'font-style': [/^(normal|italic)$/],
        'font-size': length,
        'text-decoration': [/^(none|underline|line-through)$/],
        'margin-left': length,
        'padding-left': length,
        'border-left': [/^[\d.]+(px|pt) (solid|dashed) #[0-9a-f]{3,6}$/i],
      },
    },
    // The frame is sandboxed, so a link leads nowhere; its target is shown where the pointer rests.
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: attributes.href === undefined ? {} : { title: attributes.href.slice(0, 500) } }),
    },
    nestingLimit: 100,
  })
}
