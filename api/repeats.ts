// A trouble is told when it begins, and then once a minute with how often it came again: a database that is away for an hour is a few
// lines, not a few megabytes.

type Line = Readonly<Record<string, unknown>>

const windowMilliseconds = 60_000
/** Of different troubles at a time; beyond that each is told. */
const mostKept = 1_000
/** They name one request or count, and do not make another trouble. */
const passing = new Set(['request', 'graphRequest', 'attempts', 'milliseconds', 'repeated'])

const keyOf = (event: string, fields: Line): string => JSON.stringify([event, Object.entries(fields).filter(([name]) => !passing.has(name))])

/** @returns the same write, with which what repeats itself is counted */
export function withoutRepeats(write: (event: string, fields: Line) => void): (event: string, fields: Line) => void {
  const kept = new Map<string, { count: number }>()

  function open(key: string, event: string, fields: Line): void {
    const repeats = { count: 0 }
    kept.set(key, repeats)
    setTimeout(() => {
      kept.delete(key)
      if (repeats.count === 0) return
      write(event, { ...fields, repeated: repeats.count })
      open(key, event, fields)
    }, windowMilliseconds).unref()
  }

  return (event, fields) => {
    const key = keyOf(event, fields)
    const known = kept.get(key)
    if (known !== undefined) return void (known.count += 1)
    if (kept.size < mostKept) open(key, event, fields)
    write(event, fields)
  }
}
