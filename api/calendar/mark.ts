// Whether a meeting is marked private. What Graph leaves out is not "not private".
import type { Event } from '@microsoft/microsoft-graph-types'
import type { Mark } from '../mailboxes/mark.ts'

/** How the organiser marked a meeting. "personal" is shown like any other. */
export function meetingMark({ sensitivity }: Event): Mark {
  if (sensitivity === 'normal' || sensitivity === 'personal') return 'open'
  return sensitivity === 'private' || sensitivity === 'confidential' ? 'private' : 'unknown'
}
