// Delta queries over a change log: concepts/delta-query-overview, and the habits that public issues report.
import { hash } from '../world/random.ts'
import type { Change, ChangeLog } from '../world/model.ts'
import { linkTo, open, seal, type Call } from './call.ts'
import { graphError, badRequest } from './errors.ts'
import type { Refusal } from '../http.ts'
import type { Query } from './query.ts'

/**
 * What a token remembers: its container, the next change to tell, the length of the log when the round began (removals before
 * that are nobody's business in a first round), how many it has told, and whether the last page was an empty one.
 */
interface Cursor { of: string; at: number; began: number; first: boolean; told: number; rested: boolean; query: Query }

export interface DeltaSource {
  of: string
  log: ChangeLog
  /** Path of the links, which need not be spelled as the request was. */
  path: string
  size: number
  /** A first round with a filter ends after so many items (concepts/delta-query-messages). */
  limit: (query: Query) => number
  /** Refuses what cannot be asked for. */
  check: (query: Query) => void
  accept: (change: Change, query: Query) => boolean
  render: (change: Change, query: Query) => unknown
  expired: (call: Call) => Refusal
}

/** One page of a delta round. */
export function deltaPage(call: Call, source: DeltaSource): Record<string, unknown> {
  const { log } = source
  const token = call.query.$skiptoken ?? call.query.$deltatoken
  let cursor: Cursor
  if (token === undefined || token === 'latest') {
    source.check(call.query)
    const at = token === 'latest' ? log.entries.length : 0
    cursor = { of: source.of, at, began: log.entries.length, first: true, told: 0, rested: false, query: { ...call.query } }
    delete cursor.query.$deltatoken
  } else {
    const opened = open(call.sim, token) as unknown as Cursor | null
    if (!opened) throw source.expired(call)
    if (opened.of !== source.of) throw badRequest('The sync state does not belong to this resource.', 'SyncStateInvalid')
    cursor = opened
    if (call.query.$deltatoken !== undefined) cursor = { ...cursor, began: log.entries.length, first: false, told: 0, rested: false }
  }
  const value: unknown[] = []
  const chance = hash(`${call.sim.seed}|${source.of}|${cursor.at}`)
  const more = cursor.at < log.entries.length
  // Empty pages with a next link and repeated items are allowed; the seed says where they come.
  if (more && !cursor.rested && chance % 7 === 0) return { value, '@odata.nextLink': link('$skiptoken', { ...cursor, rested: true }) }
  const tells = (index: number): Change | undefined => {
    const change = log.entries[index] as Change
    if (!log.isLatest(change) || (change.removed && cursor.first && index < cursor.began)) return undefined
    return source.accept(change, cursor.query) ? change : undefined
  }
  let at = cursor.at
  const again = more && at > 0 && source.size > 1 && chance % 5 === 0 ? tells(at - 1) : undefined
  if (again) value.push(source.render(again, cursor.query))
  let told = cursor.told
  const limit = cursor.first ? source.limit(cursor.query) : Infinity
  for (; at < log.entries.length && value.length < source.size && told < limit; at++) {
    const change = tells(at)
    if (!change) continue
    value.push(source.render(change, cursor.query))
    told++
  }
  if (told >= limit) at = log.entries.length
  const next = { ...cursor, at, told, rested: false }
  return { value, ...(at < log.entries.length ? { '@odata.nextLink': link('$skiptoken', next) } : { '@odata.deltaLink': link('$deltatoken', next) }) }

  function link(name: '$skiptoken' | '$deltatoken', state: Cursor): string {
    return linkTo(source.path, name, seal(call.sim, { ...state }))
  }
}

/** Exchange keeps only the last few generations of a folder's state (docs#2350). */
export const syncStateNotFound = (call: Call): Refusal => graphError(410, 'SyncStateNotFound',
  `The sync state generation is not found; generation=${call.sim.tokenGeneration - 1};[highest=${call.sim.tokenGeneration}].`)
