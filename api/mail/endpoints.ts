import { endpoint, given, sizedPage } from '../http/endpoint.ts'
import { mailActions } from './actions.ts'
import { communicationsSchema, messageBodySchema } from './model.ts'
import { mailQueries } from './query.ts'

export const mailEndpoints = [
  endpoint({
    method: 'get', path: '/customers/:id/communications', summary: 'Mail with a customer that the asking person may see', query: sizedPage,
    answer: communicationsSchema, handle: ({ actor, id, query }, on) => mailQueries.communications(on, actor, id, given(query)),
  }),
  endpoint({
    method: 'get', path: '/messages/:id/body', summary: 'Open a message: audited, then fetched from the mailbox, never stored', cost: 'open',
    answer: messageBodySchema, handle: ({ actor, id }, on) => mailActions.openBody(on, actor, id),
  }),
]
