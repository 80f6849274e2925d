import { z } from 'zod'
import { endpoint, given, sizedPage } from '../http/endpoint.ts'
import { holderListSchema, licencesSchema } from './model.ts'
import { licenceQueries } from './query.ts'

const holderPage = sizedPage.extend({ search: z.string().max(200).optional().describe('Words; each of them stands in the name, the address or a licence.') })

export const licenceEndpoints = [
  endpoint({
    method: 'get', path: '/customers/:id/licences', summary: 'Licences of a customer', answer: licencesSchema,
    handle: ({ actor, id }, on) => licenceQueries.licences(on, actor, id),
  }),
  endpoint({
    method: 'get', path: '/customers/:id/licences/holders', summary: 'Who holds the licences of a customer', query: holderPage, answer: holderListSchema,
    handle: ({ actor, id, query }, on) => licenceQueries.licenceHolders(on, actor, id, given(query)),
  }),
]
