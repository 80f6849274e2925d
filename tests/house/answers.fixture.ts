// Holds every answer of the REST API to the schema that its endpoint describes: a field too many tells somebody something, and a field
// too few breaks whoever reads by the description.
import { expect } from 'vitest'
import { failureSchema } from '../../api/http/model.ts'
import { endpoints } from '../../api/subjects.ts'

const patterns = endpoints.map((endpoint) => ({
  endpoint,
  method: endpoint.method === 'del' ? 'DELETE' : endpoint.method.toUpperCase(),
  path: new RegExp(`^${endpoint.path.replace(/\./g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
  // A path without an id goes before one with an id that could be called so.
  ids: endpoint.path.split(':').length,
})).sort((a, b) => a.ids - b.ids)

const isOfOutpost = (body: unknown): body is object => typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object'

/** @param path below /api/v1, with its query; @param body as it came, parsed where it is JSON */
export function expectDescribed(method: string, path: string, { status, body }: { status: number; body: unknown }): void {
  const bare = path.replace(/\?.*/s, '')
  const found = patterns.find((one) => one.method === method && one.path.test(bare))?.endpoint
  const about = `the answer to ${method} ${path} (${status})`
  // Where the product is away, whoever stands before it answers.
  if (status >= 400) return isOfOutpost(body) ? expect(failureSchema.parse(body), about).toEqual(body) : undefined
  if (found === undefined) return
  expect(status, about).toBe(found.status)
  if (found.answer === null) expect(body, about).toBeTypeOf('string')
  else expect(found.answer.parse(body), about).toEqual(body)
}
