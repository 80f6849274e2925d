// Meetings in words: what they are called, and who takes part.
import type { MeetingRow } from '../../api/calendar/model.ts'
import { partyWords, senderWords } from '../mail/partyWords.ts'
import { subjectWords } from '../mail/subjectWords.ts'

/** A meeting's subject. Outlook writes "Canceled: " before that of one called off, which is said beside it already. */
export const meetingSubjectWords = (subject: string | null, cancelled: boolean): string =>
  subjectWords(cancelled ? subject?.replace(/^\s*cancell?ed:/i, '').trimStart() : subject)

/** "with Kim Kettle, Alex Example, +3 others": people at the customer first, and whoever invites from outside by domain. */
export function meetingPeople({ organizer, attendees, others }: Pick<MeetingRow, 'organizer' | 'attendees' | 'others'>): string {
  const everybody = organizer === null || organizer.side === 'outside' ? attendees : [organizer, ...attendees]
  const once = [...new Map(everybody.map((party) => [party.address, party])).values()]
  const known = [...once.filter(({ side }) => side === 'customer'), ...once.filter(({ side }) => side === 'msp')]
  const named = known.slice(0, 2).map(partyWords)
  const rest = known.length - named.length + others
  const number = `${rest} ${rest === 1 ? 'other' : 'others'}`
  const people = [...named, ...(rest === 0 ? [] : [named.length === 0 ? number : `+${number}`])].join(', ')
  const outside = organizer?.side === 'outside' ? `invited by ${senderWords(organizer)}` : ''
  return [people === '' ? '' : `with ${people}`, outside].filter((part) => part !== '').join(', ')
}
