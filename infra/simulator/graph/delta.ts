// Delta queries over a change log: concepts/delta-query-overview, and the habits that public issues report.
import { hash } from '../world/random.ts'
import type { Change, ChangeLog } from '../world/changes.ts'
import { linkTo, open, seal, type Call } from './call.ts'
import { graphError } from './errors.ts'
import type { Refusal } from '../http.ts'
import type { Query } from './query.ts'

/**
 * What a token remembers: its container, the next change to tell, the length of the log when the reading began (removals before
 * that are nobody's business in a first reading), how many it has told, and whether the last page was an empty one.
 */
interface Cursor { of: string; at: number; began: number; first: boolean; told: number; rested: boolean; query: Query }

interface DeltaSource {
  of: string
  log: ChangeLog
  /** Path of the links, which need not be spelled as the request was. */
  path: string
  size: number
  /** Refuses what cannot be asked for. */
  check: (query: Query) => void
  /** A first reading with a filter ends after so many items (concepts/delta-query-messages). */
  limit?: (query: Query) => number
  accept?: (change: Change, query: Query) => boolean
  render: (change: Change, query: Query) => unknown
  expired: (call: Call) => Refusal
}

/** One page of a reading by delta. */
export function deltaPage(call: Call, source: DeltaSource): Record<string, unknown> {
  const { entries } = source.log
  const cursor = cursorOf(call, source)
  const link = (name: '$skiptoken' | '$deltatoken', state: Cursor): string => linkTo(source.path, name, seal(call.sim, { ...state }))
  const value: unknown[] = []
  const chance = hash(`${call.sim.seed}|${source.of}|${cursor.at}`)
  const more = cursor.at < entries.length
  // Empty pages with a next link and repeated items are allowed; the seed says where they come.
  if (more && !cursor.rested && chance % 7 === 0) return { value, '@odata.nextLink': link('$skiptoken', { ...cursor, rested: true }) }
  const tells = (index: number): Change | undefined => {
    const change = entries[index] as Change
    if (!source.log.isLatest(change) || (change.removed && cursor.first && index < cursor.began)) return undefined
    return source.accept?.(change, cursor.query) === false ? undefined : change
  }
  let { at, told } = cursor
  const again = more && at > 0 && source.size > 1 && chance % 5 === 0 ? tells(at - 1) : undefined
  if (again) value.push(source.render(again, cursor.query))
  const limit = (cursor.first ? source.limit?.(cursor.query) : undefined) ?? Infinity
  for (; at < entries.length && value.length < source.size && told < limit; at++) {
    const change = tells(at)
    if (!change) continue
    value.push(source.render(change, cursor.query))
    told++
  }
  if (told >= limit) at = entries.length
  const next = { ...cursor, at, told, rested: false }
  return { value, ...(at < entries.length ? { '@odata.nextLink': link('$skiptoken', next) } : { '@odata.deltaLink': link('$deltatoken', next) }) }
}

function cursorOf(call: Call, source: DeltaSource): Cursor {
  const { $skiptoken, $deltatoken } = call.query
  const fresh = { began: source.log.entries.length, told: 0, rested: false }
  const token = $skiptoken ?? $deltatoken
  if (token === undefined) {
    source.check(call.query)
    return { of: source.of, at: 0, first: true, query: call.query, ...fresh }
  }
  const opened = open(call.sim, token) as Cursor | null
  if (opened?.of !== source.of) throw source.expired(call)
  return $deltatoken === undefined ? opened : { ...opened, first: false, ...fresh }
}

/** Exchange keeps only the last few generations of a folder's state (docs#2350). */
export const syncStateNotFound = ({ sim: { tokenGeneration } }: Call): Refusal => graphError(410, 'SyncStateNotFound',
  `The sync state generation is not found; generation=${tokenGeneration - 1};[highest=${tokenGeneration}].`)
