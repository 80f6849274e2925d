// Addresses as mail systems really write them: decorations fall away, what is none stays none.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalAddress } from './address.ts'

const kim = 'kim@contoso.com'

describe('normalAddress', () => {
  it.each([
    ['kim@contoso.com', 'plain'],
    ["'kim@contoso.com'", 'in the quotes that Outlook puts around what was typed'],
    ["'kim@contoso.com", 'an opening quote alone'],
    ["kim@contoso.com'", 'a closing quote alone'],
    ['"kim@contoso.com"', 'in double quotes'],
    ['""kim@contoso.com""', 'in two pairs of them'],
    ["\"'kim@contoso.com'\"", 'in both kinds'],
    ['“kim@contoso.com”', 'in curly quotes'],
    ['‘kim@contoso.com’', 'in single curly quotes'],
    ['„kim@contoso.com“', 'in German quotes'],
    ['«kim@contoso.com»', 'in guillemets'],
    ['`kim@contoso.com´', 'in accents'],
    ['<kim@contoso.com>', 'in angle brackets'],
    ['<<kim@contoso.com>>', 'in two pairs of them'],
    ['<kim@contoso.com', 'one that is not closed'],
    ['‹kim@contoso.com›', 'in the typographic ones'],
    ['＜kim@contoso.com＞', 'in full-width ones'],
    ['(kim@contoso.com)', 'in parentheses'],
    ['[kim@contoso.com]', 'in square brackets'],
    ['Kim Kettle <kim@contoso.com>', 'with the name in front'],
    ['"Kettle, Kim" <kim@contoso.com>', 'with a quoted name in front'],
    ['Kim <3 <kim@contoso.com>', 'with a bracket in the name'],
    ['kim@contoso.com (Kim Kettle)', 'with a comment behind it'],
    ['kim@contoso.com <kim@contoso.com>', 'with itself for a name'],
    ["'kim@contoso.com' <'kim@contoso.com'>", 'with itself for a name, and quotes'],
    ['kim@contoso.com;', 'a semicolon behind it'],
    ['kim@contoso.com,', 'a comma'],
    ['; kim@contoso.com ;', 'semicolons around it'],
    ['kim@contoso.com.', 'a dot'],
    ["kim@contoso.com.'", 'a dot and a quote'],
    ['mailto:kim@contoso.com', 'a link'],
    ['MAILTO:kim@contoso.com?subject=Hello', 'a link with a subject'],
    ['<mailto:kim@contoso.com>', 'a link in brackets'],
    ['mailto:kim%40contoso.com', 'a link that is encoded'],
    ['SMTP:kim@contoso.com', 'a proxy address'],
    ['smtp:kim@contoso.com', 'another proxy address'],
    ['[SMTP:kim@contoso.com]', 'as old Outlook shows it'],
    ['sip:kim@contoso.com', 'of a call'],
    ['\u200Bkim@contoso.com\u200B', 'zero-width spaces'],
    ['kim\u200B@contoso.com', 'one inside'],
    ['\uFEFFkim@contoso.com', 'a byte-order mark'],
    ['kim@con\u00ADtoso.com', 'a soft hyphen'],
    ['\u202Akim@contoso.com\u202C', 'marks of direction'],
    ['\u00A0kim@contoso.com\u00A0', 'blanks that do not break'],
    ['kim@contoso.com\r\n', 'the end of a line'],
    ['\tkim@contoso.com\0', 'a tab and a null'],
    ['kim＠contoso.com', 'a full-width @'],
    ['KIM@Contoso.COM', 'capitals'],
    ['"kim"@contoso.com', 'a local part that needs no quotes'],
    ['IMCEASMTP-kim+40contoso+2Ecom@namprd01.prod.outlook.com', 'encapsulated by Exchange'],
  ])('%j is kim@contoso.com: %s', (text) => {
    expect(normalAddress(text)).toBe(kim)
  })

  it.each([
    ["o'neil@contoso.com", "o'neil@contoso.com", 'an apostrophe inside stays'],
    ['"kim k"@contoso.com', '"kim k"@contoso.com', 'quotes that are needed stay'],
    ['"x@evil.example"@contoso.com', '"x@evil.example"@contoso.com', 'also around an @'],
    ['kim@FABRIKAM-MÜNCHEN.example', 'kim@xn--fabrikam-mnchen-8vb.example', 'a domain beyond ASCII'],
    ['kim+tag@contoso.com', 'kim+tag@contoso.com', 'a plus address'],
    ['kim@contoso.com@evil.example', 'kim@contoso.com@evil.example', 'the last @ decides'],
    ['<kim@contoso.com> on behalf of lee@evil.example', null, 'a sentence is no address'],
    ['/O=EXCHANGELABS/OU=X/CN=RECIPIENTS/CN=KIM', null, 'an X.500 name'],
    ['/o=contoso.com/cn=kim@contoso.com', null, 'an X.500 name that ends like an address'],
    ['X500:/o=Contoso/cn=kim@contoso.com', null, 'the same as a proxy address'],
    ['EX:/o=Contoso/cn=kim@contoso.com', null, 'the same by its type'],
    ['x400:c=us;a= ;p=Contoso;s=kim@contoso.com', null, 'an X.400 address'],
    ['undisclosed-recipients:;', null, 'nobody in particular'],
    ['', null, 'nothing'],
    ["''", null, 'quotes around nothing'],
    ['@contoso.com', null, 'no local part'],
    ["'@contoso.com'", null, 'no local part, in quotes'],
    ['kim@contoso.com:25', null, 'a port'],
    ['kim@contoso.com/evil', null, 'a path'],
    ['kim@[127.0.0.1]', null, 'a number for a domain'],
  ] as [string, string | null, string][])('%j → %j: %s', (text, expected) => {
    expect(normalAddress(text)).toBe(expected)
  })

  it.each([null, undefined, 7, true, {}, ['kim@contoso.com'], { address: kim }])('%j is no text and no address', (value) => {
    expect(normalAddress(value)).toBeNull()
  })

  it('never throws, and what it gives back is its own normal form', () => {
    const decoration = fc.constantFrom('', "'", '"', '<', '>', ';', ' ', 'mailto:', 'SMTP:', '\u200B', '(', ')', '@', '.', '[', '“', 'Kim ')
    fc.assert(
      fc.property(fc.array(fc.oneof(decoration, fc.constant(kim), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 }), (parts) => {
        const once = normalAddress(parts.join(''))
        if (once !== null) expect(normalAddress(once)).toBe(once)
      }),
      { numRuns: 2_000 },
    )
  })

  it('what is longer than any address is none', () => {
    expect(normalAddress(`${'<'.repeat(100_000)}${kim}`)).toBeNull()
  })
})
