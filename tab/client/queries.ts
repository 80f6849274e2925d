// What the tab has asked the service for, and when it asks again: when the service says that something changed.
import { QueryClient, type Query } from '@tanstack/react-query'
import type { Change, News } from '../../api/changes/model.ts'
import type { Listen } from './changes.ts'
import { askAgain, isBringingMore } from './outage.ts'
import type { RequestFailed } from './requestFailed.ts'

/** Which changes make what is shown old. */
export type Watch = {
  kinds: readonly Change['kind'][]
  /** Only this customer's changes, and those that name no customer. */
  customerId?: string
}

declare module '@tanstack/react-query' {
  interface Register {
    /** All requests go through `request.ts`, which raises nothing else. */
    defaultError: RequestFailed
    queryMeta: { watch?: Watch | undefined }
  }
}

/**
 * Nothing is kept that is not in view, and nothing is asked for twice by itself, but in an outage: what may be old is said by the
 * service, and a failure is shown at once, with a way to try again.
 */
export const newQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { gcTime: 0, retry: false, refetchInterval: askAgain, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always' },
      mutations: { gcTime: 0, networkMode: 'always' },
    },
  })

const concerns = (watch: Watch | undefined, { kind, customerId }: News) =>
  watch !== undefined &&
  (kind === 'everything' || (watch.kinds.includes(kind) && (watch.customerId === undefined || customerId === null || customerId === watch.customerId)))

// A sync tells of every page; one question is enough for all of a burst.
const BURST_MS = 300

/** Asks again for all in view that a change concerns, until the returned function is called. */
export function renewOnChanges(queries: QueryClient, listen: Listen): () => void {
  const due = new Map<Query, ReturnType<typeof setTimeout>>()
  const underWay = new Set<Query>()

  const renew = async (query: Query) => {
    const alone = { queryKey: query.queryKey, exact: true, type: 'active' } as const
    // The answer on its way may be older than the change, but it is shown, not called off: while changes come faster than answers,
    // none would ever be seen. A next page is called off, because it belongs to the list as it was; `usePages` wants it still.
    if (query.state.fetchStatus !== 'idle' && !isBringingMore(query)) {
      if (underWay.has(query)) return
      underWay.add(query)
      await queries.refetchQueries(alone, { cancelRefetch: false })
      underWay.delete(query)
    }
    await queries.refetchQueries(alone)
  }

  const soon = (query: Query) => {
    if (due.has(query)) return
    const timer = setTimeout(() => {
      due.delete(query)
      void renew(query)
    }, BURST_MS)
    due.set(query, timer)
  }
  const stop = listen((change) => {
    queries.getQueryCache().findAll({ type: 'active', predicate: ({ meta }) => concerns(meta?.watch, change) }).forEach(soon)
  })
  return () => {
    stop()
    due.forEach((timer) => clearTimeout(timer))
  }
}
