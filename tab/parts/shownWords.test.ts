import { expect, it } from 'vitest'
import { shownWords } from './shownWords.ts'

it('says nothing where all of it is there', () => expect(shownWords('message', 'all')).toBeNull())

it.each(['beginning', 'wordsOnly', 'nothing'] as const)('%s is said, of what was opened', (shown) => {
  expect(shownWords('message', shown)).toMatch(/this message/i)
  expect(shownWords('meeting', shown)).toMatch(/this meeting/i)
})
