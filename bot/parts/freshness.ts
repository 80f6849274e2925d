// How old an answer can be, in one line.
import type { Freshness } from '../../api/sync/model.ts'
import { harmless } from './card.ts'
import type { LocalTimes } from './localTimes.ts'

/** No round of it has ended yet, well or badly. */
export const neverTried = ({ current, asOf, lastError, notGranted }: Freshness): boolean =>
  current === 0 && asOf === null && lastError === null && notGranted === undefined

/**
 * @param errors whether the last error may be told: it can name a mailbox, so never outside a private chat
 */
export function freshnessLine(freshness: Freshness, times: LocalTimes, errors: boolean): string {
  const { of, current, asOf, lastError, notGranted } = freshness
  const { one, many } = freshness.words
  if (of === 0) return `No ${one} is connected yet.`
  if (neverTried(freshness)) return of === 1 ? `The ${one} is being read for the first time.` : `${String(of)} ${many} are being read for the first time.`
  const read = `${String(current)} of ${String(of)} ${of === 1 ? one : many} read at the last try`
  const age = asOf === null ? 'not yet read completely' : `as of ${times.at(asOf)}`
  const error = errors && lastError !== null ? ` Last error, ${times.at(lastError.at)}: ${harmless(lastError.message)}` : ''
  const missing = notGranted === undefined ? '' : ` ${notGranted.message}`
  return `${read}, ${age}.${missing}${error}`
}

/**
 * "There is none", where that is known. What has not been read completely can hold what was not found.
 * @param none the sentence, when everything was read
 * @returns the sentence, and whether it is known
 */
export function noneIn(freshness: Freshness, none: string): { readonly text: string; readonly known: boolean } {
  const { of, asOf } = freshness
  if (asOf !== null) return { text: none, known: true }
  const { one, many } = freshness.words
  if (of === 0) return { text: `Not known: no ${one} is connected.`, known: false }
  return { text: `Not known yet: ${of === 1 ? `the ${one} has not` : `not all of ${String(of)} ${many} have`} been read.`, known: false }
}
