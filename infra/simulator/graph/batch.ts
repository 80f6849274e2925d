// JSON batching: concepts/json-batching.
import type { Call, GraphAnswer } from './call.ts'
import { badRequest, unknown } from './errors.ts'

interface Item { id: string; method: string; url: string; headers?: Record<string, string>; body?: unknown; dependsOn?: string[] }

/** Answers up to twenty requests at once, each with a status of its own, in an order of their own. */
export async function batch(call: Call): Promise<unknown> {
  const items = ((call.request.body ?? {}) as { requests?: Item[] }).requests
  if (!Array.isArray(items) || items.length === 0) throw badRequest('Invalid batch payload format.')
  if (items.length > 20) throw badRequest('Number of batch request steps exceeds the maximum value of 20.')
  if (new Set(items.map((i) => i.id.toLowerCase())).size !== items.length) throw badRequest('Request id values must be unique.')
  if (items.some((i) => i.dependsOn?.length)) throw unknown('dependsOn in a batch')
  const responses = await Promise.all(items.map(async (item) => {
    if (!item.url.startsWith('/')) throw badRequest('Request URLs in a batch are relative.')
    if (item.body !== undefined && !Object.keys(item.headers ?? {}).some((h) => h.toLowerCase() === 'content-type')) throw badRequest('Write request id : ' + item.id + ' does not contain Content-Type header or body.')
    const url = new URL(item.url, 'https://graph.microsoft.com')
    const headers = Object.fromEntries(Object.entries(item.headers ?? {}).map(([k, v]) => [k.toLowerCase(), v]))
    const { status, headers: answered, body }: GraphAnswer = await call.answer({ method: item.method, path: url.pathname, search: url.searchParams, headers, body: item.body })
    const named = Object.fromEntries(Object.entries({ ...answered, 'content-type': 'application/json' }).map(([k, v]) => [k.replace(/(^|-)\w/g, (c) => c.toUpperCase()), v]))
    return { id: item.id, status, headers: named, body }
  }))
  return { responses: responses.reverse() }
}
