import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isVisible, visible } from './visible.ts'

it.each([
  ['a turned name', 'in\u202Efdp.exe', 'infdp.exe'],
  ['isolates', '\u2066Contoso\u2069', 'Contoso'],
  ['marks of direction', 'A\u200e\u200f\u061cB', 'AB'],
  ['zero width', 'Con\u200bto\u2060so\ufeff', 'Contoso'],
  ['a soft hyphen', 'Con\u00adtoso', 'Contoso'],
  ['a grapheme joiner and fillers', 'a\u034fb\u115f\u1160\u3164\uffa0c\u17b4', 'abc'],
  ['tags', 'Hi\u{E0049}\u{E0067}\u{E006E}', 'Hi'],
  ['tags behind a flag that is none', '\u{1F3F4}\u{E0078}\u{E0078}\u{E007F}', '\u{1F3F4}'],
  ['joiners between Latin letters', 'Con\u200dto\u200cso', 'Contoso'],
  ['variation selectors behind letters', 'C\ufe0fon\u{E0100}toso 1\ufe0f', 'Contoso 1'],
  ['a second selector', '❤\ufe0f\ufe0f', '❤\ufe0f'],
  ['a lone surrogate', 'a\ud800b', 'ab'],
  ['notes between lines', 'a\ufff9b\ufffac\ufffb', 'abc'],
  ['control characters', 'a\u0000b\u001bc\u007fd', 'abcd'],
  ['a blank of Braille, which only looks like one', 'Contoso\u2800Ltd', 'Contoso Ltd'],
  ['nothing but blanks of Braille', '\u2800\u2800', ' '],
  ['joiners between letters that join without', 'محم\u200dد कम\u200dल क\u200cम', 'محمد कमल कम'],
  ['breaks, which part words', 'a\nb\r\nc\u2028d\u0085e\tf', 'a b c d e f'],
])('%s', (_, given, shown) => {
  expect(visible(given)).toBe(shown)
  expect(isVisible(given)).toBe(false)
})

it.each([
  ['English', 'Fabrikam “North” & Söhne, Inc. – 50 %'],
  ['Persian, with a non-joiner', 'می\u200cخواهم'],
  ['Hindi and Sinhala, with joiners', 'क्\u200dष श්\u200dර ශ්\u200dරී'],
  ['Malayalam at the end of a word', 'ന്\u200d'],
  ['Bengali and Kannada, with a joiner before the mark', 'র\u200d্যা ರ\u200d್ಕ'],
  ['an Arabic letter alone, as in the middle of a word', 'هـ ه\u200d'],
  ['Braille', '\u2813\u2811\u2800\u2813\u2811'],
  ['Arabic with vowels', 'مُحَمَّد\u200cها'],
  ['Hebrew, Thai, Chinese', 'שלום สวัสดี 北京'],
  ['Mongolian, with its selectors', 'ᠠ\u180bᠨ\u180eᠠ'],
  ['a Chinese variant', '葛\u{E0100}'],
  ['families, jobs and skins', '👨‍👩‍👧‍👦 👩🏽‍💻 🏃🏽‍♀️ 👁️‍🗨️ 🐦‍⬛'],
  ['flags', '🏳️‍🌈 🏴‍☠️ 🇩🇪 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
  ['keycaps and signs', '1️⃣ #️⃣ ❤️ ☎︎ ©️'],
])('%s stays as it is', (_, text) => {
  expect(visible(text)).toBe(text)
  expect(isVisible(text)).toBe(true)
})

it.each([
  ['isolates', 'הזמנה \u2066C++ (2026)\u2069 של משה'],
  ['isolates in isolates', 'א\u2067ב\u2068c\u2069ד\u2069'],
  ['embeddings that end', 'מאת \u202aContoso, Inc.\u202c היום'],
  ['marks behind Latin letters', 'قيمة C++\u200e و C#\u200f'],
])('mixed directions keep their %s, but no name may have them', (_, text) => {
  expect(visible(text)).toBe(text)
  expect(isVisible(text)).toBe(false)
})

it.each([
  ['isolates that do not end', 'שלום \u2067abc', 'שלום abc'],
  ['ends without a beginning', 'שלום\u2069\u202c abc', 'שלום abc'],
  ['embeddings that end with the isolate around them', 'א\u2067\u202bב\u2069\u202cג', 'א\u2067ב\u2069ג'],
  ['overrides', 'שלום \u202egpj.exe\u202c', 'שלום gpj.exe'],
  ['many marks', 'א\u200f\u200f\u200b\u200fב', 'א\u200fב'],
])('mixed directions lose %s', (_, given, shown) => expect(visible(given)).toBe(shown))

const nasty = fc.string({ unit: fc.oneof(fc.constantFrom('a', '1', 'ل', 'क', '्', '❤', '👩', '🏽', '\u200d', '\u200c', '\ufe0f', '\u20e3', '\u202e', '\u180b', '\u17b4', '\u{E0100}', '葛', '\n', '\u{1F3F4}', '\u{E0067}', '\u2066', '\u2067', '\u2069', '\u202a', '\u202c', '\u202d', '\u200f', 'א', '\u2800', '\u2813'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) })

it('is the same when it is done again, has no break, and keeps everything that has a shape', () => {
  fc.assert(fc.property(nasty, (text) => {
    const shown = visible(text)
    expect(visible(shown)).toBe(shown)
    expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202d\u202e\u200b\u00ad\ufeff]/u)
    let open = 0
    for (const character of shown) {
      open += /[\u202a\u202b\u2066-\u2068]/u.test(character) ? 1 : /[\u202c\u2069]/u.test(character) ? -1 : 0
      expect(open).toBeGreaterThanOrEqual(0)
    }
    expect(open).toBe(0)
    const shapes = (one: string) => one.replaceAll(/[\s\u2800\p{Cc}\p{Cs}\p{DI}\ufff9-\ufffb\u2028\u2029]/gu, '')
    expect(shapes(shown)).toBe(shapes(text))
  }), { numRuns: 500 })
})
