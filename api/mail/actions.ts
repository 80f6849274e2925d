// Opens the body of a message for a person: rights first, then the audit row, then the fetch. Nothing of it is stored.
import { AppError } from '../errors.ts'
import { openGraph } from '../graph/client.ts'
import { readMessageBody } from './graph.ts'
import { inTurn } from '../mailboxes/inTurn.ts'
import { markOf } from '../mailboxes/mark.ts'
import type { Actor } from '../access/model.ts'
import { normalAddress } from '../people/address.ts'
import type { MessageBody } from './model.ts'
import { audienceOf, mayKnowBcc } from '../access/actor.ts'
import type { MessageDoc } from './rows.ts'
import type { ActionOptions } from '../actions.ts'
import { addressesIn } from '../mailboxes/people.ts'
import { refusePrivate } from '../mailboxes/refusePrivate.ts'
import { htmlOf } from '../mailboxes/sanitise.ts'

/**
 * @param messageId id of a row that the actor was shown
 * @throws AppError `notFound` (unknown, or not for this actor: the same answer), `privateItem`, `gone`, and Graph's
 */
export async function openBody(options: ActionOptions, actor: Actor, messageId: string): Promise<MessageBody> {
  const { store, now } = options
  const audience = audienceOf(actor)
  const doc = await store.messages.get(messageId, audience)
  if (doc === null) throw new AppError('notFound')
  if (doc.private) throw new AppError('privateItem')
  await store.audit.add(actor, now(), { action: 'message.open', target: doc._id, customerId: doc.customerId })
  try {
    return await fetchBody(options, actor, doc)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'gone') throw error
    // Deleted in this mailbox; a colleague's copy that the actor may see serves as well.
    let reason: unknown = error
    for (const sibling of await store.messages.siblings(doc, audience)) {
      try {
        return { ...(await fetchBody(options, actor, sibling)), id: doc._id }
      } catch (other) {
        // Only where every copy is gone the mail is gone.
        if (!(other instanceof AppError) || other.code !== 'gone') reason = other
      }
    }
    throw reason
  }
}

async function fetchBody({ store, vault, graph: graphOptions }: ActionOptions, actor: Actor, doc: MessageDoc): Promise<MessageBody> {
  const tenant = await store.tenants.get(doc.tenantId)
  const units = await store.units.ofStream([doc.tenantId], 'mail')
  // The list of mailboxes decides at this moment, whatever rows are still there.
  const listed = units.some((unit) => unit.facts?.userId === doc.mailboxId)
  if (tenant === null || !listed) throw new AppError('gone')
  const graph = openGraph(graphOptions, { tenantId: tenant._id, clientId: tenant.clientId, clientSecret: vault.open(tenant._id, tenant.secret) })
  const { message, attachments } = await inTurn(doc.mailboxId, () => readMessageBody(graph, doc.mailboxId, doc.messageId))
  // The sender's mark may have come after the last sync.
  refusePrivate(markOf(message))
  const [author] = [...addressesIn([message.from]), ...addressesIn([message.sender])].filter(({ address }) => normalAddress(address) !== null)
  return {
    id: doc._id,
    subject: message.subject ?? '',
    at: doc.receivedAt.toISOString(),
    from: author ?? addressesIn([message.from])[0] ?? null,
    to: addressesIn(message.toRecipients),
    cc: addressesIn(message.ccRecipients),
    bcc: mayKnowBcc(actor, doc) ? addressesIn(message.bccRecipients) : [],
    html: htmlOf(message.body),
    attachments: attachments.map(({ name, contentType, size }) => ({ name: name ?? '', contentType: contentType ?? null, size: size ?? null })),
  }
}
