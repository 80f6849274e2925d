// Times as symbols, and the words of which all of them are read.
import type { Word } from './words.ts'

/** weekday: 1 is Monday. A date, month or quarter without a year means the nearest. Hours are minutes of the day; null: its edge. */
export type Span =
  /** The weekend, without saying which. */
  | { readonly of: 'someWeekend' }
  | { readonly of: 'day' | 'week' | 'weekend' | 'month' | 'quarter' | 'year'; readonly offset: number }
  | { readonly of: 'weekday'; readonly weekday: number; readonly which: 'last' | 'next' | null }
  | { readonly of: 'date'; readonly day: number; readonly month: number | null; readonly year: number | null }
  | { readonly of: 'monthNamed'; readonly month: number; readonly year: number | null }
  /** ISO 8601: the first one has the first Thursday of the year. */
  | { readonly of: 'weekNumbered'; readonly week: number; readonly year: number | null }
  | { readonly of: 'quarterNamed'; readonly quarter: number; readonly year: number | null }
  | { readonly of: 'yearNamed'; readonly year: number }
  /** A day of the week that begins so many weeks from this one. */
  | { readonly of: 'weekdayOfWeek'; readonly weekday: number; readonly offset: number }
  /** The week in which a day lies; so many days after one. */
  | { readonly of: 'weekOf'; readonly day: Span }
  | { readonly of: 'after'; readonly days: number; readonly day: Span }
  /** early, mid and late: by the calendar. earlier and later: up to now, and from now on. */
  | { readonly of: 'part'; readonly part: 'early' | 'mid' | 'late' | 'earlier' | 'later'; readonly whole: Span }
  /** An end after 1440 lies on the day after. */
  | { readonly of: 'hours'; readonly day: Span | null; readonly begin: number | null; readonly end: number | null }
  /** A date that no calendar has, as it was typed. */
  | { readonly of: 'nothing'; readonly text: string }

/** Something read from words, up to and without the word at `to`. `sure`: it is a time even without a preposition before it. */
export interface Found<T> {
  readonly value: T
  readonly to: number
  readonly sure: boolean
}

export const partsOfDay = { morning: [0, 720], afternoon: [720, 1080], evening: [1080, 1440], night: [1080, 1440] } as const
/** From yesterday evening to this morning. */
export const overnight = [1080, 1920] as const
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen']

export const keyAt = (words: readonly Word[], at: number): string => words[at]?.key ?? ''
export const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`
export const found = <T>(value: T, to: number, sure = true): Found<T> => ({ value, to, sure })
/** What no calendar and no clock has, as it was typed. */
export const typed = (words: readonly Word[], from: number, to: number): Span => ({ of: 'nothing', text: words.slice(from, to).map(({ raw }) => (months.includes(raw) ? capital(raw) : raw)).join(' ') })

/** A count in digits or words; null for none. */
export function countOf(key: string): number | null {
  if (/^\d{1,3}$/.test(key)) return Number(key)
  if (key === 'few') return 3
  return key === 'a' || key === 'an' ? 1 : numbers.includes(key) ? numbers.indexOf(key) + 1 : null
}
