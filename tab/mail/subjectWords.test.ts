import { expect, test } from 'vitest'
import { meetingSubjectWords, subjectWords } from './subjectWords.ts'

test.each([null, undefined, '', '  ', '\u00a0', '\u200b\u200f', '\u202e', '\u2800', '\u3164'])('%j shows nothing, so the row says so', (subject) => {
  expect(subjectWords(subject)).toBe('No subject')
})

test('anything else is shown as it is, in the direction in which it was written', () => {
  expect(subjectWords('invoice \u202efdp.exe')).toBe('invoice fdp.exe')
  expect(subjectWords('Printer \u2013 floor 2')).toBe('Printer \u2013 floor 2')
})

test.each([
  ['Canceled: Weekly review', true, 'Weekly review'],
  ['Cancelled: Weekly review', true, 'Weekly review'],
  ['Canceled: ', true, 'No subject'],
  ['Abgesagt: Weekly review', true, 'Abgesagt: Weekly review'],
  ['Canceled: the newspapers', false, 'Canceled: the newspapers'],
  [null, true, 'No subject'],
])('the meeting %j, cancelled %j, is called %j', (subject, cancelled, words) => {
  expect(meetingSubjectWords(subject, cancelled)).toBe(words)
})
