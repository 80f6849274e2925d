// The mailbox that a request is about, and addresses as Exchange shows them.
import { findUser } from '../../world/accounts.ts'
import type { Mailbox } from '../../world/mail/mailbox.ts'
import type { Recipient } from '../../world/mail/messages.ts'
import type { Call } from '../call.ts'
import { graphError } from '../errors.ts'

/** The mailbox that a path names; 404 in the words of the directory or of Exchange. */
export function mailboxOf({ tenant, params }: Call): Mailbox {
  const user = findUser(tenant, params[0])
  if (!user) throw graphError(404, 'ErrorInvalidUser', `The requested user '${params[0]}' is invalid.`)
  const mailbox = tenant.mailboxes.get(user.id)
  const state = tenant.mailboxStates.get(user.id) ?? 'ok'
  if (state === 'removed' || state === 'missing') throw graphError(404, 'ResourceNotFound', 'Resource could not be discovered.')
  if (!mailbox || state !== 'ok')
    throw graphError(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.')
  return mailbox()
}

export const recipient = ({ name, address }: Recipient): { emailAddress: Recipient } =>
  ({ emailAddress: { ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) } })
