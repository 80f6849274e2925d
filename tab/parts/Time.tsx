import { useEffect, useState } from 'react'
import { useSession } from './session.ts'
import { exactTime, relativeTime } from './time.ts'

/** The present in milliseconds, renewed every half minute, so that "2 minutes ago" grows old in view. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  // A time that arrived after the last tick must not lie in the future.
  return Math.max(now, Date.now() - 30_000)
}

/** Shows how long ago `at` (ISO 8601) was, and on pointing at it the exact time in the person's zone. */
export function Time({ at }: { at: string }) {
  const { locale } = useSession()
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at, locale)}>
      {relativeTime(at, now, locale)}
    </time>
  )
}
