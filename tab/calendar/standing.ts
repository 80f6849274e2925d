// Whether an opened meeting is still there, by the list that it was opened from.
import type { MeetingRow } from '../../api/calendar/model.ts'

const words = ({ subject, start, end, organizer }: MeetingRow) => JSON.stringify([subject, start, end, organizer])

/** The row in which the opened meeting stands by now: its own, or that of somebody else who attends. Null when it is gone. */
export const standingMeeting = (opened: MeetingRow, items: readonly MeetingRow[]): MeetingRow | null =>
  items.find(({ id }) => id === opened.id) ?? items.find((row) => words(row) === words(opened)) ?? null
