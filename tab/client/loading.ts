// Data from the service: asked for when shown, and again when the service says that it changed.
import { useEffect, useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { isOutage } from './outage.ts'
import type { Watch } from './queries.ts'
import type { RequestFailed } from './requestFailed.ts'

/** Something to ask the service for. */
export interface Question<T> {
  /** Names it: another key drops the old answer, while asking again keeps it in view until the new one is there. */
  key: readonly unknown[]
  /** The signal ends when nobody waits for the answer any more. */
  ask: (signal: AbortSignal) => Promise<T>
  watch?: Watch
}

/** The same for a list that comes page by page. `after` is what the page before called its next, null for the first one. */
export interface PagedQuestion<P> extends Omit<Question<P>, 'ask'> {
  ask: (after: string | null, signal: AbortSignal) => Promise<P>
}

/** How it stands with a question. */
export interface Load {
  /** True until there is a first answer or an error. An outage is none: it is asked again. */
  loading: boolean
  /** Beside the old value, when there is one. */
  error: RequestFailed | null
  reload: () => void
}

export interface Loaded<T> extends Load {
  value: T | null
  /** When the value was answered, in milliseconds; 0 before. */
  at: number
}

export interface Pages<P extends Page> extends Load {
  /** Null until the first page is there. */
  items: readonly P['items'][number][] | null
  /** The newest first page, for what stands beside its items. */
  first: P | null
  next: NextPage
}

export interface NextPage {
  /** Shows the next page; null when there is none. */
  more: (() => void) | null
  loading: boolean
  error: RequestFailed | null
}

interface Page {
  items: readonly unknown[]
  next: string | null
}

/** The error that is to be seen here: an outage is said above all, and ends by itself. Who tries again has pressed a button beside it, which must not go before the answer is there. */
function useError(key: readonly unknown[], error: RequestFailed | null, waiting: boolean): RequestFailed | null {
  const name = JSON.stringify(key)
  const [last, setLast] = useState({ name, error })
  const shown = isOutage(error) ? null : waiting && last.name === name ? last.error : error
  if (last.name !== name || last.error !== shown) setLast({ name, error: shown })
  return shown
}

/** Loads one thing. */
export function useLoaded<T>({ key, ask, watch }: Question<T>): Loaded<T> {
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => ask(signal), meta: { watch } })
  const error = useError(key, query.error, query.isPending)
  return { value: query.data ?? null, at: query.dataUpdatedAt, loading: query.data === undefined && error === null, error, reload: () => void query.refetch() }
}

/** Loads a list page by page. What is asked for again is as many pages as are shown, so that nobody loses their place. */
export function usePages<P extends Page>({ key, ask, watch }: PagedQuestion<P>): Pages<P> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    meta: { watch },
  })
  const { fetchNextPage, isFetching, isFetchingNextPage, hasNextPage, errorUpdateCount } = query
  const pages = query.data?.pages ?? null
  const count = pages?.length ?? 0
  const name = JSON.stringify(key)
  const [wish, setWish] = useState({ name, pages: 1, failures: 0 })
  const isWanted = wish.name === name && wish.pages > count && hasNextPage
  // Whatever failed since the person pressed, they look for the reason where they pressed.
  const hasFailed = isWanted && errorUpdateCount > wish.failures
  // A list that is asked for anew calls off its next page; whoever wants it gets that of the new list.
  const isMissing = isWanted && !hasFailed
  useEffect(() => {
    if (isMissing && !isFetching) void fetchNextPage()
  }, [isMissing, isFetching, fetchNextPage])

  const error = useError(key, hasFailed ? null : query.error, query.isPending)
  return {
    items: pages?.flatMap((page): readonly P['items'][number][] => page.items) ?? null,
    first: pages?.[0] ?? null,
    loading: pages === null && error === null,
    error,
    reload: () => void query.refetch(),
    next: {
      more: hasNextPage ? () => setWish({ name, pages: count + 1, failures: errorUpdateCount }) : null,
      loading: isMissing || isFetchingNextPage,
      error: hasFailed ? query.error : null,
    },
  }
}
