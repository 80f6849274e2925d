// One request to Graph on its way through the simulator, and the links that lead to further pages.
import { createHmac } from 'node:crypto'
import type { Simulation } from '../simulation.ts'
import type { Tenant } from '../world/model.ts'
import { badRequest, graphError } from './errors.ts'
import type { Operation } from './description.ts'
import { filtered, only, project, type Fields, type Prefer, type Query } from './query.ts'

/** `path` is without `/v1.0`. */
export interface GraphRequest { method: string; path: string; search: URLSearchParams; headers: Record<string, string | undefined>; body: unknown }
export interface GraphAnswer { status: number; headers: Record<string, string>; body: unknown }

/** A request whose sender is known and allowed. */
export interface Call {
  sim: Simulation; tenant: Tenant
  operation: Operation; params: string[]; path: string
  query: Query; prefer: Prefer
  /** Answers another request of the same sender: what $batch needs. */
  answer: (request: GraphRequest) => Promise<GraphAnswer>
  request: GraphRequest
}

export type Handler = (call: Call) => unknown

const ROOT = 'https://graph.microsoft.com/v1.0'

export const context = (what: string): Record<string, string> => ({ '@odata.context': `${ROOT}/$metadata#${what}` })

/** Everything a further page needs, as one opaque word. */
export function seal(sim: Simulation, data: Record<string, unknown>): string {
  const text = Buffer.from(JSON.stringify({ ...data, g: sim.tokenGeneration })).toString('base64url')
  return `${signature(sim, text)}${text}`
}

function signature(sim: Simulation, text: string): string {
  return createHmac('sha256', sim.boot).update(text).digest('base64url').slice(0, 12)
}

/** Opens such a word; null when it is of another run of the simulator or has been made to expire. */
export function open(sim: Simulation, token: string): Record<string, unknown> | null {
  const text = token.slice(12)
  if (signature(sim, text) !== token.slice(0, 12)) return null
  const data = JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>
  return data.g === sim.tokenGeneration ? data : null
}

/** An absolute link of Graph to this path with that token. */
export const linkTo = (path: string, name: '$skiptoken' | '$deltatoken', token: string): string => `${ROOT}${path}?${name}=${token}`

/** One page of a list. A link holds the options of the first page inside its token, so `items` and `render` get those. */
export function listPage<T>(call: Call, defaultSize: number, items: (query: Query) => T[], render: (item: T, query: Query) => unknown): Record<string, unknown> {
  const { $skiptoken } = call.query
  const state = $skiptoken === undefined ? { at: 0, query: call.query } : (open(call.sim, $skiptoken) as { at: number; query: Query } | null)
  if (!state?.query) throw graphError(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired and can no longer be included in your request.')
  if (!/^\d*$/.test(state.query.$top ?? '')) throw badRequest(`Invalid value '${state.query.$top ?? ''}' for $top query option found.`)
  const all = items(state.query)
  const end = state.at + Math.max(1, Math.min(call.prefer.pageSize ?? Number(state.query.$top ?? defaultSize), 999))
  return {
    value: all.slice(state.at, end).map((item) => render(item, state.query)),
    ...(end < all.length ? { '@odata.nextLink': linkTo(call.path, '$skiptoken', seal(call.sim, { at: end, query: state.query })) } : {}),
  }
}

/** A list of objects of one kind; `expand` gives the properties that `$expand` asks for, and makes that option known. */
export function list<T>(
  call: Call, what: string, fields: Fields<T>, items: T[], defaults: readonly string[] = Object.keys(fields),
  expand?: (item: T, wanted: string | undefined) => Record<string, unknown>,
): Record<string, unknown> {
  only(call.query, '$filter', ...(expand ? ['$expand'] : []))
  const page = listPage(call, 100, (q) => filtered(fields, items, q.$filter), (item, q) => (
    { ...project(fields, item, q.$select, defaults, call.operation), ...expand?.(item, q.$expand) }))
  return { ...context(what), ...page }
}

/** One object with its context. */
export function entity<T>(call: Call, what: string, fields: Fields<T>, item: T, defaults = Object.keys(fields)): Record<string, unknown> {
  return { ...context(`${what}/$entity`), ...project(fields, item, call.query.$select, defaults, call.operation) }
}
