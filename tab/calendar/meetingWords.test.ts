import { expect, test } from 'vitest'
import { meetingPeople, meetingSubjectWords } from './meetingWords.ts'

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

test('people at the customer are named first, everybody once, the rest is a number', () => {
  const kim = { name: 'Kim', address: 'kim@contoso.com', side: 'customer' as const }
  const ann = { name: 'Ann', address: 'ann@litware.com', side: 'msp' as const }
  const bo = { name: 'Bo', address: 'bo@litware.com', side: 'msp' as const }
  expect(meetingPeople({ organizer: ann, attendees: [ann, kim], others: 0 })).toBe('with Kim, Ann')
  expect(meetingPeople({ organizer: ann, attendees: [bo, kim], others: 2 })).toBe('with Kim, Ann, +3 others')
  expect(meetingPeople({ organizer: { domain: 'fabrikam.com', side: 'outside' }, attendees: [kim], others: 1 })).toBe('with Kim, +1 other, invited by someone at fabrikam.com')
  expect(meetingPeople({ organizer: null, attendees: [], others: 1 })).toBe('with 1 other')
})
