// Views that are fetched when they are first wanted. The service may be away then, or a release may have taken the file away.
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { isOutage } from '../client/outage.ts'
import { RequestFailed } from '../client/requestFailed.ts'
import { Failed, Loading } from '../parts/States.tsx'
import { whoAmI } from './requests.ts'

const MARK = 'outpost.loadedAgainAt'
const ONCE_MS = 5 * 60_000

/** Loads the whole tab again, which brings the files of the present release; once, so that it never goes round and round. @returns whether it does */
function loadAgain(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(MARK) ?? 0) < ONCE_MS) return false
    sessionStorage.setItem(MARK, String(Date.now()))
    location.reload()
    return true
  } catch {
    // Where nothing can be remembered, the person presses the button.
    return false
  }
}

async function fetched<P>(load: () => Promise<{ default: ComponentType<P> }>): Promise<ComponentType<P>> {
  try {
    return (await load()).default
  } catch {
    // Raises while the service is away. When it answers, it is this file alone that cannot be had: browsers remember a failed one.
    await whoAmI()
    // Nothing is said in the moment until the page goes.
    if (loadAgain()) return new Promise(() => undefined)
    throw new RequestFailed(0, 'viewMissing', 'This page could not be shown. Load Outpost again.')
  }
}

/** @param name tells the views apart */
export function later<P extends object>(name: string, load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  return function Later(props: P) {
    const { data: View, error } = useQuery({ queryKey: ['view', name], queryFn: () => fetched(load), staleTime: Infinity, gcTime: Infinity })
    if (View !== undefined) return <View {...props} />
    return error === null || isOutage(error) ? <Loading label="Loading" /> : <Failed error={error} retry={() => location.reload()} />
  }
}
