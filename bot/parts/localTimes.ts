// Times as the reading person's clock shows them.

export interface LocalTimes {
  /** IANA name of the zone that the times are in; UTC when the person's is not known. */
  readonly zone: string
  /** A time with its zone, e.g. "Fri, 21 Nov 2026, 15:04 GMT+1"; "never" for null. */
  at(iso: string | null): string
  /** From a time to another; the day is told once when it is the same. */
  span(start: string, end: string): string
  /** A day of the calendar, YYYY-MM-DD, e.g. "Fri, 21 Nov 2026". */
  day(date: string): string
}

const dayParts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
const timeParts = { hour: '2-digit', minute: '2-digit' } as const

/** @param timezone IANA, as the person's client tells it; UTC when it is not told or unknown, and then the times say so */
export function localTimes(locale: string | null, timezone: string | null): LocalTimes {
  // The sentences are English, so the date is, too: in the person's own English if there is one.
  const language = locale !== null && /^en\b/i.test(locale) ? locale : 'en-GB'
  const works = (zone: string, tongue: string): boolean => {
    try {
      return new Intl.DateTimeFormat(tongue, { timeZone: zone }).format(0) !== ''
    } catch {
      return false
    }
  }
  const zone = timezone !== null && works(timezone, 'en-GB') ? timezone : 'UTC'
  const tongue = works(zone, language) ? language : 'en-GB'
  const format = (parts: Intl.DateTimeFormatOptions, timeZone = zone) => new Intl.DateTimeFormat(tongue, { ...parts, timeZone })
  const [full, date, time, named] = [
    format({ ...dayParts, ...timeParts, timeZoneName: 'short' }), format(dayParts), format(timeParts), format({ ...timeParts, timeZoneName: 'short' }),
  ]
  const plainDay = format(dayParts, 'UTC')
  const known = (iso: string): number => (Number.isNaN(Date.parse(iso)) ? 0 : Date.parse(iso))
  return {
    zone,
    at(iso) {
      const moment = iso === null ? Number.NaN : Date.parse(iso)
      return Number.isNaN(moment) ? 'never' : full.format(moment)
    },
    span(start, end) {
      const [from, to] = [known(start), known(end)]
      if (date.format(from) !== date.format(to)) return `${date.format(from)}, ${time.format(from)} – ${full.format(to)}`
      return `${date.format(from)}, ${time.format(from)} – ${named.format(to)}`
    },
    day: (iso) => plainDay.format(known(`${iso.slice(0, 10)}T00:00:00Z`)),
  }
}
