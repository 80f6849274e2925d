// Actions of the audit log in words, for the tab and for exports. Apart from the schemas, which stay out of the browser.
import type { AuditAction } from '../access/auditModel.ts'

export const actionWords: Record<AuditAction, string> = {
  'message.open': 'Opened a message',
  'meeting.open': 'Opened a meeting',
  'tenant.connect': 'Connected a tenant',
  'tenant.update': 'Changed a tenant',
  'tenant.sync': 'Asked for a sync',
  'tenant.disconnect': 'Disconnected a tenant',
  'mailbox.remove': 'Took a mailbox off the list',
  'customer.create': 'Added a customer',
  'customer.update': 'Changed a customer',
  'channel.role': 'Said what a channel is for',
  'domain.add': 'Added a domain',
  'domain.remove': 'Removed a domain',
  'security.export': 'Exported the security of customers',
  'audit.export': 'Exported the audit log',
}

/** In the place of a name. */
export const deletedCustomer = 'a customer that was deleted'
/** Whom the directory does not know, or not any more. */
export const nobodyKnown = 'Somebody who is not in the directory'
