// Times of a clock: 15:00, 3pm, half past two, at 10.
import { countOf, found, keyAt, typed, weekdays, type Found, type Span } from './timeSymbols.ts'
import type { Word } from './words.ts'

/** Without "am" or "pm" people at work mean the hours from seven to seven. */
export const workingHour = (hour: number): number => (hour >= 1 && hour <= 6 ? hour + 12 : hour)

const quarters = new Map([['half past', 30], ['quarter past', 15], ['quarter to', -15]])

/** Half past two, a quarter to nine, 9 o'clock. */
function spokenAt(words: readonly Word[], start: number): Found<number> | null {
  const at = keyAt(words, start) === 'a' ? start + 1 : start
  const minutes = quarters.get(`${keyAt(words, at)} ${keyAt(words, at + 1)}`)
  const place = minutes === undefined ? at : at + 2
  const hour = countOf(keyAt(words, place))
  const whole = keyAt(words, place + 1) === 'oclock'
  if (hour === null || hour > 23 || (minutes === undefined && !whole)) return null
  return found(workingHour(hour) * 60 + (minutes ?? 0), whole ? place + 2 : place + 1)
}

/** In minutes of the day: 15:00, 3pm, 2 pm, noon. */
function clockAt(words: readonly Word[], at: number): Found<number> | null {
  const [key, raw] = [keyAt(words, at), words[at]?.raw ?? '']
  if (['noon', 'midday', 'lunch', 'lunchtime'].includes(key)) return found(720, at + 1)
  if (key === 'midnight') return found(0, at + 1)
  const spoken = spokenAt(words, at)
  if (spoken !== null) return spoken
  const [, hour, minute, half] = /^(\d{1,2})(?::([0-5]\d))?(am|pm)?$/.exec(raw) ?? []
  const next = half ?? (/^(am|pm)$/.test(keyAt(words, at + 1)) ? keyAt(words, at + 1) : undefined)
  if (hour === undefined || Number(hour) > 23 || (minute === undefined && next === undefined)) return null
  const hours = next === undefined ? Number(hour) : (Number(hour) % 12) + (next === 'pm' ? 12 : 0)
  return found(hours * 60 + Number(minute ?? 0), half === undefined && next !== undefined ? at + 2 : at + 1)
}

/** The moment of a clock, as hours that begin and end with it; nothing for 25:00. */
export function momentAt(words: readonly Word[], at: number): Found<Span> | null {
  const clock = clockAt(words, at)
  if (clock !== null) return { ...clock, value: { of: 'hours', day: null, begin: clock.value, end: clock.value } }
  return /^\d{1,2}:\d\d(?:am|pm)?$/.test(words[at]?.raw ?? '') ? found(typed(words, at, at + 1), at + 1) : null
}

/** What may follow an hour that is only a number: "at 10 tomorrow", not "at 10 customers". */
const afterHour = new Set(['today', 'tomorrow', 'yesterday', 'on', 'this', 'in', 'with', 'for', 'from', 'please', 'next', 'last', ...weekdays])
const sayAt = /^(?:at|around|since|after|before|until|till)$/

/** "at 10", as people say it at work. */
function bareHourAt(words: readonly Word[], at: number): number | null {
  const [hour, next] = [keyAt(words, at), words[at + 1]]
  if (!/^\d{1,2}$/.test(hour) || Number(hour) > 23 || !sayAt.test(keyAt(words, at - 1))) return null
  return next === undefined || next.border || afterHour.has(next.key) ? workingHour(Number(hour)) * 60 : null
}

/** "since 8", as hours that begin and end with it. */
export function bareMomentAt(words: readonly Word[], at: number): Found<Span> | null {
  const begin = bareHourAt(words, at)
  return begin === null ? null : found({ of: 'hours', day: null, begin, end: begin }, at + 1)
}

/** At 3 pm: the hour that begins then. Lunch is a time only behind a preposition. */
export function pointAt(words: readonly Word[], at: number): Found<Span> | null {
  const moment = momentAt(words, at)
  if (moment?.value.of === 'nothing') return moment
  if (keyAt(words, at).startsWith('lunch') && !/^(?:at|around|over|during)$/.test(keyAt(words, at - 1))) return null
  const begin = moment?.value.of === 'hours' ? moment.value.begin : bareHourAt(words, at)
  return begin === null ? null : found({ of: 'hours', day: null, begin, end: begin + 60 < 1440 ? begin + 60 : null }, moment?.to ?? at + 1)
}
