// JSON batching: concepts/json-batching.
import type { Call, GraphRequest } from './call.ts'
import { badRequest, unknown } from './errors.ts'

export const BATCH = '/$batch'

interface Item { id: string; method: string; url: string; headers?: Record<string, string>; body?: unknown; dependsOn?: string[] }

/** Answers up to twenty requests at once, each with a status of its own, in an order of their own. */
export async function batch(call: Call): Promise<unknown> {
  const items = ((call.request.body ?? {}) as { requests?: Item[] }).requests
  if (!Array.isArray(items) || items.length === 0) throw badRequest('Invalid batch payload format.')
  if (items.length > 20) throw badRequest('Number of batch request steps exceeds the maximum value of 20.')
  if (new Set(items.map((i) => i.id.toLowerCase())).size !== items.length) throw badRequest('Request id values must be unique.')
  if (items.some((i) => !i.url.startsWith('/'))) throw badRequest('Request URLs in a batch are relative.')
  if (items.some((i) => i.dependsOn?.length || i.body !== undefined)) throw unknown('dependsOn or a body in a batch')
  const responses = await Promise.all(items.map(async (item) => {
    const { status, headers, body } = await call.answer(requestOf(item))
    return { id: item.id, status, headers: withNames(headers, (name) => name.replace(/(^|-)\w/g, (c) => c.toUpperCase())), body }
  }))
  return { responses: responses.reverse() }
}

/** Paths of the requests in a batch, without their queries; of what is no batch none. */
export function partsOf(body: unknown): string[] {
  const { requests } = (body ?? {}) as { requests?: unknown }
  return Array.isArray(requests) ? requests.map((item: Partial<Item> | null) => String(item?.url).replace(/\?.*$/s, '')) : []
}

function requestOf({ method, url, headers = {} }: Item): GraphRequest {
  const { pathname, searchParams } = new URL(url, 'https://graph.microsoft.com')
  return { method, path: pathname, search: searchParams, headers: withNames(headers, (name) => name.toLowerCase()), body: undefined }
}

const withNames = (headers: Record<string, string>, spell: (name: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [spell(name), value]))
