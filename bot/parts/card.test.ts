import { describe, expect, it } from 'vitest'
import { escaped } from './card.ts'

describe('escaping', () => {
  it.each([
    ['Contoso', 'Contoso'],
    ['Fabrikam Inc.', 'Fabrikam Inc.'],
    ['A*B_C', 'A\\*B\\_C'],
    ['[x](javascript:1)', '\\[x\\](javascript:1)'],
    ['# big', '\\# big'],
    ['1. one', '\\1. one'],
    ['a\u0000b\nc', 'a b c'],
    ['<at>x</at>', '‹at>x‹/at>'],
  ])('%j becomes %j', (given, expected) => expect(escaped(given)).toBe(expected))
})
