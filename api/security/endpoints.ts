import { endpoint } from '../http/endpoint.ts'
import { securityActions } from './actions.ts'
import { securitySchema } from './model.ts'
import { security } from './query.ts'

export const securityEndpoints = [
  endpoint({ method: 'get', path: '/security', summary: 'Security across customers, worst first', answer: securitySchema, handle: ({ actor }, on) => security(on, actor) }),
  endpoint({ method: 'get', path: '/security.csv', summary: 'The same for spreadsheets', cost: 'export', answer: null, handle: ({ actor }, on) => securityActions.exportSecurity(on, actor) }),
]
