// Which messages a delta is asked for.
import type { Query } from '../query.ts'

/** The only filter of a message delta (concepts/delta-query-messages). */
export const MAIL_FILTER = /^receivedDateTime (ge|gt) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/

/** The earliest time of arrival that the filter lets through. */
export function since(query: Query): number {
  const [, comparison, time] = MAIL_FILTER.exec(query.$filter ?? '') ?? []
  return time === undefined ? -Infinity : Date.parse(time) + (comparison === 'gt' ? 1 : 0)
}
