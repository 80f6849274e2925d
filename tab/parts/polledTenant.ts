import { useEffect, useState } from 'react'
import type { Tenant } from '../../api/model/tenant.ts'
import { api } from '../client/api.ts'

const SECOND = 1000
/** A wish to sync is taken by a worker a moment later; until then nothing runs yet, and that is not the end. */
const PATIENCE_MS = 5 * SECOND

/** The tenant as it is now: while something is being read, asked for every second. */
export function usePolled(listed: Tenant): { tenant: Tenant; syncing: boolean; follow: () => void } {
  const [seen, setSeen] = useState<{ listed: Tenant; tenant: Tenant }>({ listed, tenant: listed })
  const [until, setUntil] = useState(0)
  const tenant = seen.listed === listed ? seen.tenant : listed
  const running = tenant.streams.some((stream) => stream.running)
  const syncing = running || until > 0

  useEffect(() => {
    if (!syncing) return
    let gone = false
    const timer = setTimeout(() => {
      api.tenant(listed.id).then(
        (next) => {
          if (gone) return
          setSeen({ listed, tenant: next })
          setUntil((before) => (next.streams.some((stream) => stream.running) || Date.now() > before ? 0 : before))
        },
        // One lost answer changes nothing: the next second asks again.
        () => gone || setSeen((before) => ({ ...before })),
      )
    }, SECOND)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [syncing, seen, listed])

  return { tenant, syncing, follow: () => setUntil(Date.now() + PATIENCE_MS) }
}
