// Times as the reading person's clock shows them.

export interface Clock {
  /** A time with its zone, e.g. "Fri, 21 Nov 2026, 15:04 GMT+1"; "never" for null. */
  at(iso: string | null): string
}

/** @param timezone IANA, as the person's client tells it; UTC when it is not told or unknown, and then the times say so */
export function openClock(locale: string | null, timezone: string | null): Clock {
  const parts = {
    weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
  } as const
  // The sentences are English, so the date is, too: in the person's own English if there is one.
  const language = locale !== null && /^en\b/i.test(locale) ? locale : 'en-GB'
  const format = (zone: string, tongue: string) => new Intl.DateTimeFormat(tongue, { ...parts, timeZone: zone })
  const attempts = [() => format(timezone ?? 'UTC', language), () => format(timezone ?? 'UTC', 'en-GB'), () => format('UTC', 'en-GB')]
  let chosen = format('UTC', 'en-GB')
  for (const attempt of attempts) {
    try {
      chosen = attempt()
      break
    } catch {
      // An unknown zone or language: the next attempt knows it.
    }
  }
  return {
    at(iso) {
      const time = iso === null ? Number.NaN : Date.parse(iso)
      return Number.isNaN(time) ? 'never' : chosen.format(time)
    },
  }
}
