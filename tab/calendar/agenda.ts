// Meetings by day, as the person's own calendar has it, and their times in words.
import type { MeetingDetail, MeetingRow } from '../../api/calendar/model.ts'
import { clock, dateLocale, dayOf, inZone } from '../parts/time.ts'

export interface AgendaDay {
  /** YYYY-MM-DD in the person's zone. */
  day: string
  meetings: MeetingRow[]
}

/** A meeting's times, of a row or of its detail. */
export type Times = Pick<MeetingDetail, 'start' | 'end' | 'allDay'>

const DAY = 86_400_000

const dayAfter = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

function byDay(meetings: readonly MeetingRow[], dayFor: (meeting: MeetingRow) => string): AgendaDay[] {
  const days = new Map<string, MeetingRow[]>()
  for (const meeting of meetings) {
    const day = dayFor(meeting)
    days.set(day, [...(days.get(day) ?? []), meeting])
  }
  const order = (a: MeetingRow, b: MeetingRow) => Number(b.allDay) - Number(a.allDay) || a.start.localeCompare(b.start)
  return [...days].map(([day, list]) => ({ day, meetings: list.toSorted(order) })).toSorted((a, b) => a.day.localeCompare(b.day))
}

/** What is still to come or going on, the next day first, and what has ended, the last day first. */
export function agendaOf(items: readonly MeetingRow[], now: number, zone?: string): { upcoming: AgendaDay[]; earlier: AgendaDay[] } {
  const today = dayOf(now, zone)
  const ended = ({ allDay, end }: MeetingRow) => (allDay ? end <= today : Date.parse(end) <= now)
  const startDay = ({ allDay, start }: MeetingRow) => (allDay ? start : dayOf(Date.parse(start), zone))
  const later = (meeting: MeetingRow) => (startDay(meeting) < today ? today : startDay(meeting))
  return { upcoming: byDay(items.filter((one) => !ended(one)), later), earlier: byDay(items.filter(ended), startDay).toReversed() }
}

/** Whether a meeting with a time has begun and not ended. */
export const isNow = ({ allDay, start, end }: Times, now: number): boolean => !allDay && Date.parse(start) <= now && now < Date.parse(end)

/** "Today, Monday 23 November"; a day that is not next to today stands without the first word. */
export function dayWords(day: string, today: string, locale: string): string {
  const date = new Intl.DateTimeFormat(dateLocale(locale), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  const near = { [today]: 'Today', [dayAfter(today, 1)]: 'Tomorrow', [dayAfter(today, -1)]: 'Yesterday' }[day]
  return near === undefined ? date : `${near}, ${date}`
}

/** For a row under its day: "14:00–15:00", "All day"; with the dates when it goes over midnight. */
export function timeWords({ start, end, allDay }: Times, locale: string, zone?: string): string {
  const date = { day: 'numeric', month: 'short' } as const
  if (allDay) {
    const last = dayAfter(end, -1)
    if (last <= start) return 'All day'
    return `All day, ${new Intl.DateTimeFormat(dateLocale(locale), { ...date, timeZone: 'UTC' }).formatRange(new Date(start), new Date(last))}`
  }
  const from = new Date(start)
  const to = new Date(end)
  const day = dayOf(from.getTime(), zone)
  const over = day !== dayOf(Math.max(from.getTime(), to.getTime() - 1), zone)
  const words = new Intl.DateTimeFormat(dateLocale(locale), { ...(over ? date : {}), ...clock(locale), ...inZone(zone) })
  // A range that ends at midnight would be written with both dates.
  return over || day === dayOf(to.getTime(), zone) ? words.formatRange(from, to) : `${words.format(from)}–${words.format(to)}`
}

/** In full: "Monday 23 November 2026, 14:00–15:00 GMT+1". An all-day meeting is on a date and in no zone. */
export function fullTimeWords({ start, end, allDay }: Times, locale: string, zone?: string): string {
  const date = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  if (allDay) {
    const last = dayAfter(end, -1)
    return `${new Intl.DateTimeFormat(dateLocale(locale), { ...date, timeZone: 'UTC' }).formatRange(new Date(start), new Date(last < start ? start : last))}, all day`
  }
  return new Intl.DateTimeFormat(dateLocale(locale), { ...date, ...clock(locale), timeZoneName: 'short', ...inZone(zone) }).formatRange(new Date(start), new Date(end))
}
