// Whether the service answers at all. It is asked again by itself, and said once for the whole tab, not beside each question.
import { useEffect, useState } from 'react'
import { useQueryClient, type Query } from '@tanstack/react-query'
import { RequestFailed } from './requestFailed.ts'

/** How long until it is asked again. */
export const ASK_AGAIN_MS = 10_000

/** True when the service, or its database, is away: another time the same may well be answered. */
export const isOutage = (error: unknown): boolean =>
  error instanceof RequestFailed && (['unreachable', 'databaseUnavailable'].includes(error.code) || (error.code === 'noAnswer' && [502, 503, 504].includes(error.status)))

/** A next page is asked for by whoever wants it, who is told there. */
export const isBringingMore = ({ state }: Query<unknown, RequestFailed>): boolean => state.fetchMeta?.fetchMore !== undefined

/** For questions: when the one is to be asked again by itself that failed in an outage. */
export const askAgain = (query: Query<unknown, RequestFailed>): number | false => (isOutage(query.state.error) && !isBringingMore(query) ? ASK_AGAIN_MS : false)

/** What has kept a question in view unanswered; null while all are answered. `retry` asks all of them now. */
export function useOutage(): { error: RequestFailed | null; retry: () => void } {
  const queries = useQueryClient()
  const [errors, setErrors] = useState<ReadonlyMap<string, RequestFailed>>(new Map())
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        const { queryHash, state } = event.query
        const failed = event.type === 'updated' && event.action.type === 'error' && isOutage(state.error) && !isBringingMore(event.query as Query<unknown, RequestFailed>)
        const answered = event.type === 'removed' || (event.type === 'updated' && (event.action.type === 'success' || event.action.type === 'error'))
        if (failed) setErrors((before) => new Map(before).set(queryHash, state.error as RequestFailed))
        else if (answered) setErrors((before) => (before.has(queryHash) ? new Map([...before].filter(([name]) => name !== queryHash)) : before))
      }),
    [queries],
  )
  const retry = () => void queries.refetchQueries({ type: 'active', predicate: (query) => isOutage(query.state.error) })
  return { error: [...errors.values()][0] ?? null, retry }
}
