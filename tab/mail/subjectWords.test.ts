import { expect, test } from 'vitest'
import { subjectWords } from './subjectWords.ts'

test.each([null, undefined, '', '  ', '\u00a0', '\u200b\u200f', '\u202e', '\u2800', '\u3164'])('%j shows nothing, so the row says so', (subject) => {
  expect(subjectWords(subject)).toBe('No subject')
})

test('anything else is shown as it is, in the direction in which it was written', () => {
  expect(subjectWords('invoice \u202efdp.exe')).toBe('invoice fdp.exe')
  expect(subjectWords('Printer \u2013 floor 2')).toBe('Printer \u2013 floor 2')
})
