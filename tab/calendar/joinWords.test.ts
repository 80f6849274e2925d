import { expect, test } from 'vitest'
import { joinWords } from './joinWords.ts'

test('a join link says where it leads, and only https is followed', () => {
  expect(joinWords('https://teams.microsoft.com/l/meetup-join/19%3a1')).toEqual({ href: 'https://teams.microsoft.com/l/meetup-join/19%3a1', words: 'Join in Teams (opens outside)' })
  expect(joinWords('https://teams.microsoft.com.evil.example/l')?.words).toBe('Join at teams.microsoft.com.evil.example (opens outside)')
  expect(joinWords('https://teams.live/meet/1')?.words).toBe('Join at teams.live (opens outside)')
  expect(joinWords('https://teams.cloud.microsoft/meet/1')?.words).toBe('Join in Teams (opens outside)')
  for (const refused of [null, '', 'nowhere', 'http://teams.microsoft.com/l', 'javascript:alert(1)', 'msteams:/l/meetup-join/1']) expect(joinWords(refused)).toBeNull()
})
