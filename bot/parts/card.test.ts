import { describe, expect, it } from 'vitest'
import { ask, escaped, open } from './card.ts'

describe('escaping', () => {
  it.each([
    ['Contoso', 'Contoso'],
    ['Fabrikam Inc.', 'Fabrikam Inc.'],
    ['A*B_C', 'A\\*B\\_C'],
    ['[x](javascript:1)', '\\[x\\](javascript:1)'],
    ['# big', '\\# big'],
    ['1. one', '1\\. one'],
    ['2026. november', '2026\\. november'],
    ['a\u0000b\nc', 'ab c'],
    ['> quoted', '\\> quoted'],
    ['<https://x.example/a>', '\\<https://x.example/a>'],
    ['R&D &amp; Co', 'R&D \\&amp; Co'],
    ['{{DATE(2026-11-30T10:00:00Z, SHORT)}}', '{\u2060{DATE(2026-11-30T10:00:00Z, SHORT)}}'],
    ['{{TIME(2026-11-30T10:00:00Z)}} {{name}}', '{\u2060{TIME(2026-11-30T10:00:00Z)}} {{name}}'],
    ['moc.\u202esosotnoc\u202c \u200b\u00adx', 'moc.sosotnoc x'],
    ['<at>x</at>', '‹at>x‹/at>'],
  ])('%j becomes %j', (given, expected) => expect(escaped(given)).toBe(expected))
})

describe('titles of buttons and what they say', () => {
  const hostile = '\u202e<at>x</at> {{DATE(2026-11-30T10:00:00Z)}}'
  it('hold no mention, no date of their own and nothing unseen', () => {
    const shown = '‹at>x‹/at> {\u2060{DATE(2026-11-30T10:00:00Z)}}'
    expect(ask(hostile, 'mfa Contoso', hostile)).toMatchObject({ title: shown, data: { msteams: { text: 'mfa Contoso', displayText: shown } } })
    expect(open(hostile, 'https://teams.example')).toMatchObject({ title: shown })
  })
})
