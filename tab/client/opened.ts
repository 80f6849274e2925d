import { useEffect, useRef, useState } from 'react'
import { asRequestFailed, type RequestFailed } from './request.ts'

export interface Opened<T> {
  /** Null while it is fetched, and after a failure. */
  content: T | null
  error: RequestFailed | null
  retry: () => void
}

/** Fetches what `id` names when shown and forgets it when closed; a request that is left early is given up. */
export function useOpened<T>(id: string, fetch: (id: string, signal: AbortSignal) => Promise<T>): Opened<T> {
  const [state, setState] = useState<{ content: T | null; error: RequestFailed | null }>({ content: null, error: null })
  const [tries, setTries] = useState(0)
  const latest = useRef(fetch)
  latest.current = fetch
  useEffect(() => {
    const control = new AbortController()
    setState({ content: null, error: null })
    latest.current(id, control.signal).then(
      (content) => setState({ content, error: null }),
      (thrown: unknown) => {
        if (!control.signal.aborted) setState({ content: null, error: asRequestFailed(thrown) })
      },
    )
    return () => control.abort()
  }, [id, tries])
  return { ...state, retry: () => setTries((count) => count + 1) }
}
