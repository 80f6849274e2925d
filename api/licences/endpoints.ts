import { endpoint } from '../http/endpoint.ts'
import { licencesSchema } from './model.ts'
import { licenceQueries } from './query.ts'

export const licenceEndpoints = [
  endpoint({
    method: 'get', path: '/customers/:id/licences', summary: 'Licences of a customer and who holds them', answer: licencesSchema,
    handle: ({ actor, id }, on) => licenceQueries.licences(on, actor, id),
  }),
]
