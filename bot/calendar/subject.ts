// Meetings with customers.
import type { BotSubject } from '../subject.ts'
import { meetings } from './meetings.ts'
import { nextMeeting } from './nextMeeting.ts'
import { meetingHeads, meetingSpellings, readMeetings } from './words.ts'

export const calendar: BotSubject = { group: 'Meetings', questions: [nextMeeting, meetings], spellings: meetingSpellings, heads: meetingHeads, read: readMeetings }
