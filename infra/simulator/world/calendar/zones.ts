// Time zones by the names that Windows gives them. A wall clock is told in milliseconds, as if it hung in Greenwich.

const IANA: Record<string, string> = {
  UTC: 'UTC', 'GMT Standard Time': 'Europe/London', 'W. Europe Standard Time': 'Europe/Berlin', 'Eastern Standard Time': 'America/New_York',
  'Pacific Standard Time': 'America/Los_Angeles', 'India Standard Time': 'Asia/Kolkata', 'Tokyo Standard Time': 'Asia/Tokyo',
  'AUS Eastern Standard Time': 'Australia/Sydney', 'E. South America Standard Time': 'America/Sao_Paulo',
}

/** Names that stand in events although no list has them; Exchange reckons with UTC then. */
export const ODD_ZONES = ['tzone://Microsoft/Utc', 'Customized Time Zone'] as const

/** Whether a request may ask for times in this zone: by Windows' name or by IANA's. */
export function isZone(name: string): boolean {
  return name in IANA || Object.values(IANA).includes(name)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What the clock on a wall in the zone shows. */
export function wallOf(at: number, zone: string): number {
  const name = IANA[zone] ?? (isZone(zone) ? zone : 'UTC')
  if (name === 'UTC') return at
  let clock = clocks.get(name)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
    clocks.set(name, clock)
  }
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(part.year as number, (part.month as number) - 1, part.day, part.hour, part.minute, part.second) + (((at % 1000) + 1000) % 1000)
}

/** When the wall clock shows that; a time that the clock skips in spring is taken an hour later. */
export function instantOf(wall: number, zone: string): number {
  const guess = wall - (wallOf(wall, zone) - wall)
  const better = wall - (wallOf(guess, zone) - guess)
  return wallOf(better, zone) === wall ? better : Math.max(guess, better)
}
