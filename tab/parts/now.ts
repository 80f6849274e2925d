import { useEffect, useState } from 'react'

/** The present in milliseconds, renewed every half minute, so that "2 minutes ago" grows old in view and meetings end. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  // A time that arrived after the last tick must not lie in the future.
  return Math.max(now, Date.now() - 30_000)
}
