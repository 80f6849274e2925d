// One request to Graph on its way through the simulator, and the links that lead to further pages.
import { createHmac } from 'node:crypto'
import type { Simulation } from '../simulation.ts'
import type { Tenant } from '../world/model.ts'
import { badRequest, graphError } from './errors.ts'
import type { Prefer } from './prefer.ts'
import { filtered, only, project, type Fields, type Query } from './query.ts'

/** `path` is without `/v1.0`. */
export interface GraphRequest { method: string; path: string; search: URLSearchParams; headers: Record<string, string | undefined>; body: unknown }
export interface GraphAnswer { status: number; headers: Record<string, string>; body: unknown }

/** A request whose sender is known and allowed. */
export interface Call {
  sim: Simulation
  tenant: Tenant
  /** What stands in the path where the operation's template has braces: as many as it has. */
  params: [string, string]
  path: string
  query: Query
  prefer: Prefer
  /** Answers another request of the same sender: what $batch needs. */
  answer: (request: GraphRequest) => Promise<GraphAnswer>
  request: GraphRequest
}

export type Json = Record<string, unknown>
export type Handler = (call: Call) => unknown
/** By the template of the operation in the description. */
export type Handlers = Record<string, Handler>

const ROOT = 'https://graph.microsoft.com/v1.0'

export const context = (what: string): Record<string, string> => ({ '@odata.context': `${ROOT}/$metadata#${what}` })

/** Everything a further page needs, as one opaque word. */
export function seal(sim: Simulation, data: Json): string {
  const text = Buffer.from(JSON.stringify({ ...data, g: sim.tokenGeneration })).toString('base64url')
  return `${signature(sim, text)}${text}`
}

function signature(sim: Simulation, text: string): string {
  return createHmac('sha256', sim.boot).update(text).digest('base64url').slice(0, 12)
}

/** Opens such a word; null when it is of another run of the simulator or has been made to expire. */
export function open(sim: Simulation, token: string): Json | null {
  const text = token.slice(12)
  if (signature(sim, text) !== token.slice(0, 12)) return null
  const data = JSON.parse(Buffer.from(text, 'base64url').toString()) as Json
  return data.g === sim.tokenGeneration ? data : null
}

/** An absolute link of Graph to this path with that token. */
export const linkTo = (path: string, name: '$skiptoken' | '$deltatoken', token: string): string => `${ROOT}${path}?${name}=${token}`

/** One page of a list. A link holds the options of the first page inside its token, so `items` and `render` get those. */
export function listPage<T>(call: Call, items: (query: Query) => T[], render: (item: T, query: Query) => unknown, defaultSize = 100): Json {
  const { $skiptoken } = call.query
  const state = $skiptoken === undefined ? { at: 0, query: call.query } : (open(call.sim, $skiptoken) as { at: number; query: Query } | null)
  if (!state?.query) throw graphError(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.')
  const { at, query } = state
  if (!/^\d*$/.test(query.$top ?? '')) throw badRequest(`Invalid value '${query.$top ?? ''}' for $top query option found.`)
  const all = items(query)
  const end = at + Math.max(1, Math.min(call.prefer.pageSize ?? Number(query.$top ?? defaultSize), 999))
  return {
    value: all.slice(at, end).map((item) => render(item, query)),
    ...(end < all.length ? { '@odata.nextLink': linkTo(call.path, '$skiptoken', seal(call.sim, { at: end, query })) } : {}),
  }
}

/** A list of objects of one kind; `expand` gives the properties that `$expand` asks for, and makes that option known. */
export function list<T>(call: Call, what: string, fields: Fields<T>, items: T[], expand?: (item: T, wanted: string) => Json): Json {
  only(call.query, '$filter', ...(expand ? ['$expand'] : []))
  const render = (item: T, { $select, $expand }: Query): Json =>
    ({ ...project(fields, item, $select), ...($expand === undefined ? {} : expand?.(item, $expand)) })
  return { ...context(what), ...listPage(call, (query) => filtered(fields, items, query.$filter), render) }
}

/** One object with its context. */
export function entity<T>(call: Call, what: string, fields: Fields<T>, item: T): Json {
  only(call.query)
  return { ...context(`${what}/$entity`), ...project(fields, item, call.query.$select) }
}
