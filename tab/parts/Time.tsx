import { useNow } from './now.ts'
import { useSession } from './session.ts'
import { exactTime, relativeTime } from './time.ts'

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
