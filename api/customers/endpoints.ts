import { endpoint, given } from '../http/endpoint.ts'
import { customerActions } from './actions.ts'
import { customerInputSchema, customerPatchSchema, customerSchema } from './model.ts'
import { customer } from './query.ts'

export const customerEndpoints = [
  endpoint({
    method: 'post', path: '/customers', summary: 'Create a customer', right: 'manageCustomers', body: customerInputSchema, status: 201, answer: customerSchema,
    handle: ({ actor, body }, on) => customerActions.createCustomer(on, actor, body),
  }),
  endpoint({ method: 'get', path: '/customers/:id', summary: 'A customer', answer: customerSchema, handle: ({ actor, id }, on) => customer(on, actor, id) }),
  endpoint({
    method: 'patch', path: '/customers/:id', summary: 'Change or archive a customer', right: 'manageCustomers', body: customerPatchSchema, answer: customerSchema,
    handle: ({ actor, id, body }, on) => customerActions.updateCustomer(on, actor, id, given(body)),
  }),
]
