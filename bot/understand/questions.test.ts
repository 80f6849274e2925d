// Names alone, and what is no question.
import { expect, it } from 'vitest'
import { itMeans, meaning } from '../testing/questions.fixture.ts'

itMeans(16, {
  'lastEmail in Tailspin Toys': ['last emial from tailspin toys'],
  'nextMeeting Tailspin Toys': ['next call with Tailspin Toys'],
  'unknown Tailspin Toys': ['tailspin toys please'],
  'unknown Posture Clinic': ['Posture Clinic', 'posture clinic?'],
  'unknown Meeting Point': ['Meeting Point'],
  'unknown Licence Plates': ['licence plates'],
  'unknown About Time': ['about', 'what about'],
  unknown: ['and', 'since Monday', 'tomorrow at 3pm', 'next week', 'who', 'and next week?', 'between', 'secure score'],
})

it.each(['31 february', '0 march', '31.6.', '2026-13-01', '99/99/2026'])('there is no %s', (date) => expect(meaning(`emails from contoso since ${date}`)).not.toMatch(/\[since/))
