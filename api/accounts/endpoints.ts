import { meSchema } from '../access/model.ts'
import { endpoint } from '../http/endpoint.ts'
import { accountQueries } from './query.ts'

export const accountEndpoints = [endpoint({ method: 'get', path: '/me', summary: 'Who is asking', answer: meSchema, handle: ({ actor }, on) => accountQueries.me(on, actor) })]
