// Meetings with customers.
import type { BotSubject } from '../subject.ts'
import { meetings } from './meetings.ts'
import { nextMeeting } from './nextMeeting.ts'
import { meetingsAt } from './words.ts'

export const calendar: BotSubject = {
  questions: [nextMeeting, meetings],
  read: (words, at) => meetingsAt(words, at, null),
  readInDays: meetingsAt,
}
