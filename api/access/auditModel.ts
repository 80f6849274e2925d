// The audit log: one row an action, ids only; what they are called is looked up at reading.
import { z } from 'zod'

export const auditActionSchema = z.enum([
  'message.open',
  'meeting.open',
  'tenant.connect',
  'tenant.update',
  'tenant.sync',
  'tenant.disconnect',
  'mailbox.remove',
  'customer.create',
  'customer.update',
  'channel.role',
  'domain.add',
  'domain.remove',
  'security.export',
  'audit.export',
])
export type AuditAction = z.infer<typeof auditActionSchema>

export const auditRowSchema = z.object({
  id: z.string(),
  at: z.string(),
  userId: z.string().describe('Object id of the person who acted.'),
  userName: z.string().nullable().describe('By the directory, at the time of reading.'),
  action: auditActionSchema,
  target: z.string().describe('Id of what was acted on.'),
  targetName: z.string().describe('What it is called at the time of reading; in words where it is no longer there.'),
  customerId: z.string().nullable(),
  customerName: z.string().nullable().describe('The same of the customer; null where none is concerned.'),
  detail: z.string().nullable().describe('In words; never an address or a subject.'),
})
export type AuditRow = z.infer<typeof auditRowSchema>

export const auditListSchema = z.object({ items: z.array(auditRowSchema), next: z.string().nullable() })
export type AuditList = z.infer<typeof auditListSchema>
