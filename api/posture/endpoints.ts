import { endpoint, given, sizedPage } from '../http/endpoint.ts'
import { accountListSchema, mfaAnswerSchema, postureSchema } from './model.ts'
import { postureQueries } from './query.ts'

const accountPage = sizedPage.extend({ mfa: mfaAnswerSchema.shape.capable.optional().describe('Only accounts with this answer.') })

export const postureEndpoints = [
  endpoint({
    method: 'get', path: '/customers/:id/posture', summary: 'How well a customer is protected', answer: postureSchema,
    handle: ({ actor, id }, on) => postureQueries.posture(on, actor, id),
  }),
  endpoint({
    method: 'get', path: '/customers/:id/accounts', summary: 'The accounts that the MFA coverage of a customer counts', query: accountPage,
    answer: accountListSchema, handle: ({ actor, id, query }, on) => postureQueries.accounts(on, actor, id, given(query)),
  }),
]
