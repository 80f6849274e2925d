// Questions about meetings: the next one, a list, today's over all customers.
import { countedIn } from '../understand/counted.ts'
import type { Reading } from '../understand/intent.ts'
import { together, type Range } from '../understand/range.ts'
import { textOf, type Piece } from '../understand/sentence.ts'
import type { Spellings } from '../understand/vocabulary.ts'
import type { MeetingsForm, NextMeetingForm } from './forms.ts'

export const meetingSpellings: Spellings = {
  meeting: 'meeting appointment meet meets call sync_call sync_meeting catch_up catchup session invite invitation visit',
  meetings: 'meetings appointments agenda calendar diary schedule calls sessions invites invitations visits catchups',
  ahead: 'next upcoming coming scheduled planned',
  behind: 'previous past',
  busy: 'busy booked',
}
export const meetingHeads = ['meeting', 'meetings']

/** What may stand between an adjective and its noun. */
const noun = '(?: (?:sync|data|X))? (?:meeting|meetings)\\b'
const past = new RegExp(`\\b(?:behind|recent)${noun}`)
const coming = new RegExp(`\\bahead${noun}`)
const named = /\b[CPX]\b/
const waits = /\b(?:at|by|for|from|of|to|with)$/

const nouns = new Set(meetingHeads)

export function readMeetings(all: readonly Piece[]): Reading<NextMeetingForm | MeetingsForm> | null {
  const before = past.test(textOf(all))
  const { count: counted, pieces } = before ? { count: null, pieces: all } : countedIn(all, nouns)
  const text = textOf(pieces)
  const many = /\bmeetings\b/.test(text)
  const asked = /\bwhat (?:on with [CX]\b|T$)|\bdo (?:i|we) have (?:anything )?(?:on )?T\b|\banything\b.*\bahead\b/.test(text)
  const free = /\b(?:am|are) (?:i|we) (?:free|busy)\b/.test(text)
  const met = /\bwhen (?:do|are|will|can) (?:we|i) (?:see|seeing|talk|speak)\b/.test(text)
  if (!many && !/\bmeeting\b/.test(text) && !asked && !met && !free) return null
  const said = together(pieces.flatMap((piece) => piece.range ?? []))
  // Of all customers only today's are meant, unless it is said that they lie ahead.
  const implied: Range | null = past.test(text) ? { kind: 'days', past: true, count: 7 } : many && !named.test(text) && coming.test(text) ? { kind: 'days', past: false, count: 14 } : null
  const impossible = said?.kind === 'nothing' ? said.text : null
  const range = impossible === null ? (said ?? implied) : null
  // "My next meeting" is the next one with anybody.
  const count = counted ?? (/\bmy ahead meeting\b/.test(text) && !named.test(text) && said === null ? 1 : null)
  const one = count === null && !many && !asked && !free && said === null && implied === null
  return { form: one ? { kind: 'nextMeeting' } : { kind: 'meetings', range: count === null || said !== null ? range : null, ...(count === null ? {} : { count }) }, rest: pieces, alone: !one && !waits.test(text), impossible }
}
