import { z } from 'zod'
import { auditActionSchema, auditListSchema } from '../access/auditModel.ts'
import { after, endpoint, given } from '../http/endpoint.ts'
import { auditActions } from './actions.ts'
import { auditQueries } from './query.ts'

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

const day = z.iso.date('Enter a date, like 2026-05-31.').optional()
const filter = {
  action: auditActionSchema.optional(),
  userId: z.string().trim().toLowerCase().pipe(z.guid()).optional(),
  from: day.describe('The first day that is wanted.'),
  to: day.describe('The last day that is wanted.'),
  zone: z.string().max(100).refine(isZone, 'This is not the name of a time zone, like Europe/Berlin.').default('UTC').describe('Where those days begin and end, by its IANA name.'),
}
const inOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => from === undefined || to === undefined || from <= to
const backwards = { path: ['to'], error: 'The last day lies before the first.' }

export const auditEndpoints = [
  endpoint({
    method: 'get', path: '/audit', summary: 'The audit log, newest first', right: 'readAudit', query: z.object({ ...filter, after }).refine(inOrder, backwards), answer: auditListSchema,
    handle: ({ actor, query }, on) => auditQueries.audit(on, actor, given(query)),
  }),
  endpoint({
    method: 'get', path: '/audit.csv', summary: 'The same for spreadsheets, the newest 10,000 rows', right: 'readAudit', cost: 'export', query: z.object(filter).refine(inOrder, backwards), answer: null,
    handle: ({ actor, query }, on) => auditActions.exportAudit(on, actor, given(query)),
  }),
]
