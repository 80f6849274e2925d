// The description of the REST API, made from the table of endpoints and their schemas.
import { z } from 'zod'
import { rolesWith } from '../access/rights.ts'
import type { Endpoint } from './endpoint.ts'
import { failureSchema } from './model.ts'

const csv = {
  content: { 'text/csv': { schema: { type: 'string' } } },
  headers: { 'X-Outpost-Cut-At': { description: 'How many rows the file holds, where it ends before the list does. Its last row says so as well.', schema: { type: 'integer' } } },
}
const json = (schema: object) => ({ 'application/json': { schema } })
const toSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const document = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  delete document.$schema
  return document
}

/** An OpenAPI 3.1 document. */
export function describeApi(endpoints: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const { method, path, summary, right, query, body, status, answer } of endpoints) {
    const name = path.replace(/:(\w+)/g, '{$1}')
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, id]) => ({ name: id, in: 'path', required: true, schema: { type: 'string' } }))
    const querySchema = query === null ? {} : (toSchema(query, 'input') as { properties?: Record<string, { description?: string }> })
    const inQuery = Object.entries('properties' in querySchema ? (querySchema.properties ?? {}) : {}).map(([id, schema]) => ({ name: id, in: 'query', schema }))
    ;(paths[name] ??= {})[method === 'del' ? 'delete' : method] = {
      summary,
      description: `For the roles ${rolesWith(right).join(', ')}.`,
      parameters: [...inPath, ...inQuery],
      ...(body === null ? {} : { requestBody: { required: true, content: json(toSchema(body, 'input')) } }),
      responses: {
        [status]: { description: 'Success', ...(answer === null ? csv : { content: json(toSchema(answer, 'output')) }) },
        default: { description: 'Anything else, with a sentence for people', content: json(toSchema(failureSchema, 'output')) },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Outpost', version: '1' },
    servers: [{ url: '/api/v1' }],
    security: [{ teams: [] }],
    components: { securitySchemes: { teams: { type: 'http', scheme: 'bearer', description: 'A Teams single sign-on token.' } } },
    paths,
  }
}
