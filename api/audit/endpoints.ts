import { z } from 'zod'
import { auditActionSchema, auditListSchema } from '../access/auditModel.ts'
import { after, endpoint, given } from '../http/endpoint.ts'
import { auditActions } from './actions.ts'
import { auditQueries } from './query.ts'

const auditFilter = z.object({ action: auditActionSchema.optional(), userId: z.string().trim().toLowerCase().pipe(z.guid()).optional() })

export const auditEndpoints = [
  endpoint({
    method: 'get', path: '/audit', summary: 'The audit log, newest first', right: 'readAudit', query: auditFilter.extend({ after }), answer: auditListSchema,
    handle: ({ actor, query }, on) => auditQueries.audit(on, actor, given(query)),
  }),
  endpoint({
    method: 'get', path: '/audit.csv', summary: 'The same for spreadsheets', right: 'readAudit', query: auditFilter, answer: null,
    handle: ({ actor, query }, on) => auditActions.exportAudit(on, actor, given(query)),
  }),
]
