// Questions about meetings: the next one, a list, today's over all customers.
import type { Reading } from '../understand/intent.ts'
import { keysOf, list, namesNobody, withoutFillers } from '../understand/lexicon.ts'
import type { Range } from '../understand/range.ts'
import type { Word } from '../understand/words.ts'
import type { MeetingsForm, NextMeetingForm } from './forms.ts'

const singular = list('meeting appointment meet')
const plural = list('meetings appointments agenda calendar schedule')
const ahead = list('next upcoming coming scheduled planned new')
const behind = list('last previous past latest recent')
const empty = list('next when upcoming scheduled planned coming all customers every across over have got any am i do')

/** @param range a time that was taken out of the words already */
export function meetingsAt(words: readonly Word[], at: number, range: Range | null): Reading<NextMeetingForm | MeetingsForm>[] {
  const key = words[at]?.key ?? ''
  const many = plural.has(key)
  if (!many && !singular.has(key)) return []
  let from = at
  while (from > 0 && (ahead.has(words[from - 1]?.key ?? '') || behind.has(words[from - 1]?.key ?? ''))) from -= 1
  const adjectives = keysOf(words.slice(from, at))
  const past = adjectives.some((word) => behind.has(word))
  const rest = words.toSpliced(from, at + 1 - from)
  const nobody = namesNobody(rest, empty)
  const days: Range | null = past
    ? { kind: 'days', past: true, count: 7, text: 'in the last 7 days' }
    // Of all customers only today's are meant, unless it is said that they lie ahead.
    : many && nobody && adjectives.length > 0 ? { kind: 'days', past: false, count: 14, text: 'in the next 14 days' } : null
  const time = range ?? days
  const one = !many && time === null
  const reading: Reading<NextMeetingForm | MeetingsForm> = {
    form: one ? { kind: 'nextMeeting' } : { kind: 'meetings', range: time },
    rest: withoutFillers(rest, empty),
    alone: !one && nobody,
  }
  return [reading]
}
