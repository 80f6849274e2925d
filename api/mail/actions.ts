// Opens the body of a message for a person: rights first, then the audit row, then the fetch. Nothing of it is stored.
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import { audienceOf, mayKnowBcc } from '../access/rights.ts'
import type { Acting } from '../context.ts'
import { requireShown } from '../customers/shown.ts'
import { AppError } from '../errors.ts'
import { countIn, textIn } from '../graph/said.ts'
import { inMailbox } from '../mailboxes/inMailbox.ts'
import { refusePrivate } from '../mailboxes/mark.ts'
import { addressesIn } from '../mailboxes/people.ts'
import { openedTextOf } from '../mailboxes/opened.ts'
import { normalAddress } from '../people/address.ts'
import { readMessageBody } from './graph.ts'
import { markOf } from './mark.ts'
import type { MessageBody } from './model.ts'
import { Messages, type MessageDoc } from './rows.ts'
import { mailStream } from './stream.ts'

/**
 * @param messageId id of a row that the actor was shown
 * @throws AppError `notFound` (unknown, or not for this actor: the same answer), `privateItem`, `gone`, and Graph's
 */
async function openBody(on: Acting, actor: Actor, messageId: string): Promise<MessageBody> {
  const { db, now } = on
  const audience = audienceOf(actor)
  const doc = await db(Messages).get(messageId, audience)
  if (doc === null) throw new AppError('notFound')
  await requireShown(db, doc)
  if (doc.private) throw new AppError('privateItem')
  await db(Audit).add(actor, now(), { action: 'message.open', target: doc._id, customerId: doc.customerId })
  try {
    return await fetchBody(on, actor, doc)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'gone') throw error
    // Deleted in this mailbox; a colleague's copy that the actor may see serves as well.
    let reason: unknown = error
    for (const sibling of await db(Messages).siblings(doc, audience)) {
      try {
        return { ...(await fetchBody(on, actor, sibling)), id: doc._id }
      } catch (other) {
        // Only where every copy is gone the mail is gone.
        if (!(other instanceof AppError) || other.code !== 'gone') reason = other
      }
    }
    throw reason
  }
}

async function fetchBody(on: Acting, actor: Actor, doc: MessageDoc): Promise<MessageBody> {
  const { message, attachments } = await inMailbox(on, mailStream.name, doc, (graph) => readMessageBody(graph, doc.mailboxId, doc.immutableId))
  // The sender's mark may have come after the last sync.
  refusePrivate(markOf(message))
  const [author] = [...addressesIn([message.from]), ...addressesIn([message.sender])].filter(({ address }) => normalAddress(address) !== null)
  return {
    id: doc._id,
    subject: textIn(message.subject) ?? '',
    at: doc.receivedAt.toISOString(),
    from: author ?? addressesIn([message.from])[0] ?? null,
    to: addressesIn(message.toRecipients),
    cc: addressesIn(message.ccRecipients),
    bcc: mayKnowBcc(actor, doc) ? addressesIn(message.bccRecipients) : [],
    ...(await openedTextOf(on, message)),
    attachments: attachments.map(({ name, contentType, size }) => ({ name: textIn(name) ?? '', contentType: textIn(contentType), size: countIn(size) })),
  }
}

export const mailActions = { openBody }
