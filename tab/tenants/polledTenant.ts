import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Tenant } from '../../api/connections/model.ts'
import type { StreamStatus } from '../../api/sync/model.ts'
import { oneTenant } from './requests.ts'

const SECOND = 1000

/** Another text as soon as another round of the stream has ended, well or not. */
const lastTry = ({ stream, mailbox, lastSuccessAt, lastError, notGranted }: StreamStatus) => `${stream} ${mailbox} ${lastSuccessAt} ${lastError?.at} ${notGranted?.at}`

// A stream waits until a worker is free: that nothing runs yet, or just now, is not the end. One that Microsoft asks to wait does
// so, whoever asks for it, and perhaps for long: its card says so.
const waits = (stream: StreamStatus, tries: readonly string[]) =>
  (stream.lastSuccessAt === null && stream.lastError === null && stream.notGranted === undefined) || (tries.includes(lastTry(stream)) && stream.lastError?.code !== 'throttled')

const isSyncing = ({ streams }: Tenant, tries: readonly string[]) => streams.some((stream) => stream.running || waits(stream, tries))

/**
 * The tenant as it is now: asked for every second while something is being read or waits for it, at first or since a sync was
 * asked for. `follow` takes the tenant as it was before that.
 * @param at when the list was read in which it stands as `listed`; what is newer begins anew from there
 */
export function usePolled(listed: Tenant, at: number): { tenant: Tenant; syncing: boolean; follow: (before: Tenant) => void } {
  const [followed, setFollowed] = useState<{ count: number; at: number; before: Tenant; tries: readonly string[] }>({ count: 0, at, before: listed, tries: [] })
  const { count, tries } = followed
  const start = followed.at === at ? followed.before : listed
  const { data: tenant } = useQuery({
    queryKey: ['tenant', listed.id, at, count],
    queryFn: ({ signal }) => oneTenant(listed.id, signal),
    initialData: start,
    // What is at hand is new: the next second is soon enough. One lost answer changes nothing, the second after it asks again.
    staleTime: Infinity,
    // What is not connected any more is not asked for again.
    enabled: ({ state }) => state.error?.status !== 404 && isSyncing(state.data ?? start, tries),
    refetchInterval: SECOND,
    refetchIntervalInBackground: true,
  })
  const follow = (before: Tenant) => setFollowed({ count: count + 1, at, before, tries: before.streams.map(lastTry) })
  return { tenant, syncing: isSyncing(tenant, tries), follow }
}
