import { z } from 'zod'
import { after, endpoint, given } from '../http/endpoint.ts'
import { customerListSchema } from './model.ts'
import { overviewQueries } from './query.ts'

const customerPage = z.object({
  after,
  search: z.string().max(200).optional().describe('Part of a name, alias or domain.'),
  archived: z.enum(['true', 'false']).default('false').transform((text) => text === 'true'),
})

export const overviewEndpoints = [
  endpoint({
    method: 'get', path: '/customers', summary: 'Customers by name', query: customerPage, answer: customerListSchema,
    handle: ({ actor, query }, on) => overviewQueries.customers(on, actor, given(query)),
  }),
]
