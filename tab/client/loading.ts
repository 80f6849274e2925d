// Data from the service: loaded when shown, asked for again when the service says that it changed.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Change } from '../../api/model/change.ts'
import { listenToChanges } from './changes.ts'
import { asRequestFailed, type RequestFailed } from './request.ts'

/** Which changes make what is shown old. */
export interface Watch {
  kinds: readonly Change['kind'][]
  /** Only this customer's changes, and those that name no customer. */
  customerId?: string
}

export interface Loaded<T> {
  value: T | null
  error: RequestFailed | null
  reload: () => void
}

export interface Pages<T, P> {
  /** Null until the first page is there. */
  items: readonly T[] | null
  /** The newest first page, for what stands beside its items. */
  first: P | null
  error: RequestFailed | null
  reload: () => void
  next: NextPage
}

export interface NextPage {
  /** Shows the next page; null when there is none. */
  more: (() => void) | null
  loading: boolean
  error: RequestFailed | null
}

interface Page<T> {
  items: readonly T[]
  next: string | null
}

const concerns = (watch: Watch, change: Change | 'anything') =>
  change === 'anything' ||
  (watch.kinds.includes(change.kind) &&
    (watch.customerId === undefined || change.customerId === null || change.customerId === watch.customerId))

function useWatch(watch: Watch | undefined, reload: () => void): void {
  const latest = useRef(watch)
  latest.current = watch
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = listenToChanges((change) => {
      if (latest.current === undefined || !concerns(latest.current, change)) return
      // A sync tells of every page; one refetch is enough for all of a burst.
      timer ??= setTimeout(() => {
        timer = undefined
        reload()
      }, 300)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [reload])
}

/**
 * Loads one thing. `key` names it: another key drops the old value, while a reload keeps it in view until the new one is
 * there. An error keeps the old value too.
 */
export function useLoaded<T>(key: string, load: () => Promise<T>, watch?: Watch): Loaded<T> {
  const [state, setState] = useState<{ key: string; value: T | null; error: RequestFailed | null }>({ key, value: null, error: null })
  const latest = useRef({ key, load, asked: 0, answered: 0 })
  latest.current.key = key
  latest.current.load = load

  const reload = useCallback(() => {
    const run = (latest.current.asked += 1)
    const wanted = latest.current.key
    setState((before) => (before.key === wanted ? before : { key: wanted, value: null, error: null }))
    // Not only the last question counts: while changes come faster than answers, none would ever be shown.
    const isNews = () => {
      if (latest.current.key !== wanted || run < latest.current.answered) return false
      latest.current.answered = run
      return true
    }
    latest.current.load().then(
      (value) => isNews() && setState({ key: wanted, value, error: null }),
      (thrown: unknown) => isNews() && setState((before) => ({ ...before, error: asRequestFailed(thrown) })),
    )
  }, [])

  useEffect(reload, [key, reload])
  useWatch(watch, reload)
  return state.key === key ? { ...state, reload } : { value: null, error: null, reload }
}

/** Loads a list page by page. A reload asks again for as many pages as are shown, so that nobody loses their place. */
export function usePages<T, P extends Page<T>>(key: string, load: (after: string | null) => Promise<P>, watch?: Watch): Pages<T, P> {
  const wanted = useRef({ key, pages: 1 })
  if (wanted.current.key !== key) wanted.current = { key, pages: 1 }
  const all = async (): Promise<P[]> => {
    const want = wanted.current
    const loaded: P[] = []
    for (let after: string | null = null; ; ) {
      const page: P = await load(after)
      loaded.push(page)
      after = page.next
      // Asked anew after each page: the person may have wanted one more since.
      if (after === null || loaded.length >= want.pages) return loaded
    }
  }
  const { value: base, error, reload } = useLoaded<P[]>(key, all, watch)
  const [extra, setExtra] = useState<{ of: P[]; pages: P[]; loading: boolean; error: RequestFailed | null } | null>(null)

  const mine = extra !== null && extra.of === base ? extra : null
  const pages = base === null ? null : [...base, ...(mine?.pages ?? [])]
  const after = pages?.at(-1)?.next ?? null

  const more = () => {
    if (base === null || pages === null || mine?.loading === true) return
    const shown = mine?.pages ?? []
    // Before the answer: a reload that overtakes it brings this page itself.
    wanted.current.pages = pages.length + 1
    setExtra({ of: base, pages: shown, loading: true, error: null })
    load(after).then(
      (page) => setExtra((before) => (before?.of === base ? { of: base, pages: [...shown, page], loading: false, error: null } : before)),
      (thrown: unknown) => setExtra((before) => (before?.of === base ? { ...before, loading: false, error: asRequestFailed(thrown) } : before)),
    )
  }

  return {
    items: pages?.flatMap((page) => page.items) ?? null,
    first: pages?.[0] ?? null,
    error,
    reload,
    next: { more: after === null ? null : more, loading: mine?.loading === true, error: mine?.error ?? null },
  }
}
