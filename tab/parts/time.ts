// Times in words and in the person's own zone.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const times = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'} ago`

/** A zone by its IANA name, for a format; without one, the person's own. */
export const inZone = (zone: string | undefined) => (zone === undefined ? {} : { timeZone: zone })

/** The calendar day of a moment. `zone` is an IANA name; without it, the person's own. */
export function dayOf(at: number, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en', { year: 'numeric', month: '2-digit', day: '2-digit', ...inZone(zone) }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** The tab speaks English, so a person's own English decides the form of dates and numbers, and British English for everybody else. */
export const dateLocale = (locale: string): string => (/^en\b/i.test(locale) ? locale : 'en-GB')

/** Hour and minute for a format, as a clock of the person's shows them: "9:05 PM" and "09:05", alone and in ranges alike. */
export function clock(locale: string): { hour: 'numeric' | '2-digit'; minute: '2-digit' } {
  const { hour12 = false } = new Intl.DateTimeFormat(dateLocale(locale), { hour: 'numeric' }).resolvedOptions()
  return { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' }
}

/** The time of day of a moment, e.g. "14:03"; the zone as in `exactTime`. */
export const clockTime = (at: number, locale: string, zone?: string): string => new Intl.DateTimeFormat(dateLocale(locale), { ...clock(locale), ...inZone(zone) }).format(at)

/** `at` in full, e.g. "Saturday 21 November 2026, 14:03 GMT+1". `zone` is an IANA name; without it, the person's own. */
export function exactTime(at: string, locale: string, zone?: string): string {
  return new Intl.DateTimeFormat(dateLocale(locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...clock(locale),
    timeZoneName: 'short',
    ...inZone(zone),
  }).format(new Date(at))
}

/** `at` to the second for a column, e.g. "21 Nov 2026, 14:03:22"; the zone as in `exactTime`. */
export function columnTime(at: string, locale: string, zone?: string): string {
  return new Intl.DateTimeFormat(dateLocale(locale), { dateStyle: 'medium', timeStyle: 'medium', ...inZone(zone) }).format(new Date(at))
}

/** The person's own zone by its IANA name, e.g. "America/New_York". */
export const zoneName = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The same for people: "America/New York". */
export const ownZone = (): string => zoneName().replaceAll('_', ' ')

/** How long ago `at` was at `now` (milliseconds), in words; after 30 days, and for a time to come, the date. */
export function relativeTime(at: string, now: number, locale: string, zone?: string): string {
  const age = now - Date.parse(at)
  // The service's clock and the person's differ by seconds, and nobody reads "in 2 seconds" as news.
  if (age > -5 * MINUTE && age < MINUTE) return 'just now'
  if (age >= MINUTE && age < HOUR) return times(Math.floor(age / MINUTE), 'minute')
  if (age >= HOUR && age < DAY) return times(Math.floor(age / HOUR), 'hour')
  if (age >= DAY && age < 31 * DAY) return times(Math.floor(age / DAY), 'day')
  return new Intl.DateTimeFormat(dateLocale(locale), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(age < 0 ? clock(locale) : {}),
    ...inZone(zone),
  }).format(new Date(at))
}
