import { useEffect, useState } from 'react'
import type { StreamStatus } from '../../api/model/stream.ts'
import type { Tenant } from '../../api/model/tenant.ts'
import { api } from '../client/api.ts'

const SECOND = 1000

/** Another text as soon as another round of the stream has ended, well or not. */
const lastTry = ({ stream, mailbox, lastSuccessAt, lastError, notGranted }: StreamStatus) => `${stream} ${mailbox} ${lastSuccessAt} ${lastError?.at} ${notGranted?.at}`

/**
 * The tenant as it is now: asked for every second while something is being read or waits for it, at first or since a sync was
 * asked for. `follow` takes the tenant as it was before that.
 */
export function usePolled(listed: Tenant): { tenant: Tenant; syncing: boolean; follow: (before: Tenant) => void } {
  const [seen, setSeen] = useState<{ listed: Tenant; tenant: Tenant }>({ listed, tenant: listed })
  const [tries, setTries] = useState<readonly string[]>([])
  const tenant = seen.listed === listed ? seen.tenant : listed
  // A stream waits until a worker is free: that nothing runs yet, or just now, is not the end. One that Microsoft asks to wait does
  // so, whoever asks for it, and perhaps for long: its card says so.
  const waits = (stream: StreamStatus) =>
    (stream.lastSuccessAt === null && stream.lastError === null && stream.notGranted === undefined) || (tries.includes(lastTry(stream)) && stream.lastError?.code !== 'throttled')
  const syncing = tenant.streams.some((stream) => stream.running || waits(stream))

  useEffect(() => {
    if (!syncing) return
    let gone = false
    const timer = setTimeout(() => {
      api.tenant(listed.id).then(
        (next) => gone || setSeen({ listed, tenant: next }),
        // One lost answer changes nothing: the next second asks again.
        () => gone || setSeen((last) => ({ ...last })),
      )
    }, SECOND)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [syncing, seen, listed])

  const follow = (before: Tenant) => {
    setSeen({ listed, tenant: before })
    setTries(before.streams.map(lastTry))
  }
  return { tenant, syncing, follow }
}
