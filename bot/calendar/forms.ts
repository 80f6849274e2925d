// What is asked about meetings.
import type { Form } from '../understand/intent.ts'
import type { Range } from '../understand/range.ts'

export interface NextMeetingForm extends Form {
  readonly kind: 'nextMeeting'
}

export interface MeetingsForm extends Form {
  readonly kind: 'meetings'
  readonly range: Range | null
  /** How many of those ahead are asked for; missing where it is not said. */
  readonly count?: number
}
