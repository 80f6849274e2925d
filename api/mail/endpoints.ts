import { endpoint, given, sizedPage } from '../http/endpoint.ts'
import { mailActions } from './actions.ts'
import { messageListSchema, messageBodySchema } from './model.ts'
import { mailQueries } from './query.ts'

export const mailEndpoints = [
  endpoint({
    method: 'get', path: '/customers/:id/messages', summary: 'Mail with a customer that the asking person may see', query: sizedPage,
    answer: messageListSchema, handle: ({ actor, id, query }, on) => mailQueries.messages(on, actor, id, given(query)),
  }),
  endpoint({
    method: 'get', path: '/messages/:id/body', summary: 'Open a message: audited, then fetched from the mailbox, never stored', cost: 'open',
    answer: messageBodySchema, handle: ({ actor, id }, on) => mailActions.openBody(on, actor, id),
  }),
]
