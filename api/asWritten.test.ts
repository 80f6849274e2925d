import fc from 'fast-check'
import punycode from 'punycode/punycode.js'
import { expect, it } from 'vitest'
import { asWritten } from './asWritten.ts'

it.each([
  ['contoso.com', 'contoso.com'],
  ['xn--mller-kva.example', 'müller.example (xn--mller-kva.example)'],
  ['kim@xn--mller-kva.example', 'kim@müller.example (kim@xn--mller-kva.example)'],
  ['mail.xn--mller-kva.xn--p1ai', 'mail.müller.рф (mail.xn--mller-kva.xn--p1ai)'],
  // Looks like apple.com, and is not: the form beside it tells.
  ['xn--pple-43d.com', 'аpple.com (xn--pple-43d.com)'],
  ['kim@аpple.com', 'kim@аpple.com (kim@xn--pple-43d.com)'],
  ['sam@XN--PPLE-43D.com', 'sam@аpple.com (sam@XN--PPLE-43D.com)'],
  ['xn--mgba3gch31f060k.example', 'نامه‌ای.example (xn--mgba3gch31f060k.example)'],
  // Decodes to what it must not be, or to nothing: shown as it is.
  ['xn--contoso-.com', 'xn--contoso-.com'],
  ['xn--99999999.example', 'xn--99999999.example'],
  ['xn--.example', 'xn--.example'],
  [`${punycode.toASCII('con\u200btoso')}.com`, punycode.toASCII('con\u200btoso.com')],
  [`${punycode.toASCII('ｃontoso')}.com`, punycode.toASCII('ｃontoso.com')],
  [`${punycode.toASCII('contoso.com\u2215a')}.example`, `${punycode.toASCII('contoso.com\u2215a')}.example`],
  ['', ''],
  ['no domain at all', 'no domain at all'],
])('%s is shown as %s', (raw, shown) => {
  expect(asWritten(raw)).toBe(shown)
})

it('never throws, and always holds the raw form', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'xn--abc019.@öа') }), (text) => {
    expect(asWritten(text)).toContain(text)
  }))
})
