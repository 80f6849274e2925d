// Whether a meeting is marked private, and what is kept of one that is. What Graph leaves out is not "not private".
import type { Event } from '@microsoft/microsoft-graph-types'
import type { Mark } from '../mailboxes/mark.ts'

/** How the organiser marked a meeting. "personal" is shown like any other. */
export function meetingMark({ sensitivity }: Event): Mark {
  if (sensitivity === 'normal' || sensitivity === 'personal') return 'open'
  return sensitivity === 'private' || sensitivity === 'confidential' ? 'private' : 'unknown'
}

/** What is kept of a private meeting beside its times. */
export const nothingButMeetingTimes = { private: true, subject: null, organizer: null, attendees: [], others: 0, series: false, online: false }
