// Times of the calendar. Graph: "dateTimeTimeZone resource type". Exchange sends a wall clock with seven fractional digits, and the
// zone that it hangs in beside it; it is asked for UTC, and has been seen to answer in the zone of the mailbox all the same.
import { TZDate } from '@date-fns/tz'
import { findIana } from 'windows-iana'

/** How Exchange and its clients spell UTC. */
const utcNames = new Set(['', 'utc', 'etc/utc', 'etc/gmt', 'z', 'tzone://microsoft/utc', 'coordinated universal time'])

function isIana(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/**
 * The zone of a name, which Exchange takes from Windows or from IANA.
 * @returns a name of IANA's; null for a name that nobody has but who made it ("Customized Time Zone")
 */
export function zoneOf(name: unknown): string | null {
  const text = typeof name === 'string' ? name.trim() : ''
  if (utcNames.has(text.toLowerCase())) return 'UTC'
  const [windows] = findIana(text)
  return windows ?? (isIana(text) ? text : null)
}

const wallClock = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?(Z|[+-]\d\d:\d\d)?$/

interface ZonedTime {
  readonly dateTime?: unknown
  readonly timeZone?: unknown
}

/** Whether a time names a zone that is known, or none: UTC then, as it was asked for. */
export const isZoneKnown = (value: ZonedTime | null | undefined): boolean => zoneOf(value?.timeZone) !== null

/**
 * The moment that a dateTimeTimeZone names, in its own zone. One with a zone that is not known is read as UTC, as it was asked for.
 * @param allDay it is a day, the same in every zone
 * @returns null where there is no time
 */
export function momentOf(value: ZonedTime | null | undefined, allDay: boolean): Date | null {
  const text = typeof value?.dateTime === 'string' ? value.dateTime.trim() : ''
  const parts = wallClock.exec(text)
  if (parts === null) return null
  const [year, month, day, hour, minute, second, milliseconds] = parts.slice(1, 8).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number]
  const offset = parts[8]
  const zone = allDay ? 'UTC' : (zoneOf(value?.timeZone) ?? 'UTC')
  const fraction = parts[7] === undefined ? 0 : milliseconds * 10 ** (3 - parts[7].length)
  const date = offset === undefined || allDay
    ? new Date(zone === 'UTC' ? Date.UTC(year, month - 1, day, hour, minute, second, fraction) : new TZDate(year, month - 1, day, hour, minute, second, fraction, zone).getTime())
    : new Date(text.replace(/(\.\d{3})\d+/, '$1'))
  return Number.isNaN(date.getTime()) ? null : date
}
