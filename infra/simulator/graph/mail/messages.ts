// Messages and their attachments.
import { bodyOf, previewOf } from '../../world/mail/bodies.ts'
import type { Attachment, Message } from '../../world/mail/messages.ts'
import { hash } from '../../world/random.ts'
import { context, listPage, type Call, type Handlers, type Json } from '../call.ts'
import { deltaPage, syncStateNotFound } from '../delta.ts'
import { badRequest, noItem, unknown } from '../errors.ts'
import { iso, only, project, type Fields, type Query } from '../query.ts'
import { folderOf } from './folders.ts'
import { findMessage, immutableId, mutableId } from './ids.ts'
import { mailboxOf, recipient } from './mailbox.ts'

/** The only filter of a message delta (concepts/delta-query-messages). */
export const MAIL_FILTER = /^receivedDateTime (ge|gt) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/

/** The earliest time of arrival that the filter lets through. */
function since(query: Query): number {
  const [, comparison, time] = MAIL_FILTER.exec(query.$filter ?? '') ?? []
  return time === undefined ? -Infinity : Date.parse(time) + (comparison === 'gt' ? 1 : 0)
}

const idOf = ({ prefer }: Call, key: string, moves: number): string => (prefer.immutableIds ? immutableId({ key }) : mutableId(key, moves))

const messageFields = (call: Call): Fields<Message> => ({
  id: (m) => idOf(call, m.key, m.moves),
  lastModifiedDateTime: (m) => iso(m.receivedAt),
  receivedDateTime: (m) => iso(m.receivedAt),
  sentDateTime: (m) => iso(m.sentAt),
  hasAttachments: (m) => m.attachments.length > 0,
  internetMessageId: (m) => m.internetMessageId ?? undefined,
  subject: (m) => m.subject,
  bodyPreview: previewOf,
  parentFolderId: (m) => m.folderId,
  conversationId: (m) => m.conversationId,
  isRead: (m) => m.isRead,
  isDraft: (m) => m.isDraft,
  body: (m) => bodyOf(m, call.prefer.textBodies),
  webLink: (m) => `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(idOf(call, m.key, m.moves))}&exvsurl=1&viewmodel=ReadMessageItem`,
  // A message without a sender has neither property.
  sender: (m) => (m.from ? recipient(m.from) : undefined),
  from: (m) => (m.from ? recipient(m.from) : undefined),
  toRecipients: (m) => m.to.map(recipient),
  ccRecipients: (m) => m.cc.map(recipient),
  bccRecipients: (m) => m.bcc.map(recipient),
})

/** v1.0 messages have no property for it: sensitivity is the extended property PidTagSensitivity. */
const SENSITIVITY_EXPAND = /^singleValueExtendedProperties\(\$filter=id eq 'Integer 0x0*36'( or id eq 'String 0x0*1A')?\)$/i

function renderMessage(call: Call, message: Message, { $select, $expand }: Query): Json {
  const shown = project(messageFields(call), message, $select)
  if ($expand === undefined) return shown
  const [asked, withClass] = SENSITIVITY_EXPAND.exec($expand) ?? []
  if (asked === undefined) throw unknown(`$expand=${$expand}`)
  // Absent where nobody ever set it; some programs write the normal value explicitly. PidTagMessageClass every message has.
  const set = message.sensitivity !== 0 || hash(message.key) % 2 === 0
  const properties = [...(set ? [{ id: 'Integer 0x36', value: String(message.sensitivity) }] : []), ...(withClass ? [{ id: 'String 0x1a', value: 'IPM.Note' }] : [])]
  return properties.length === 0 ? shown : { ...shown, singleValueExtendedProperties: properties }
}

function messageDelta(call: Call): Json {
  const mailbox = mailboxOf(call)
  const folder = folderOf(mailbox, call.params[1])
  const page = deltaPage(call, {
    of: `messages|${folder.id}`,
    log: folder.log,
    size: call.prefer.pageSize ?? 10,
    // Links come back spelled in another way than one asked (delta-query-messages).
    path: `/users/${encodeURIComponent(call.params[0])}/mailfolders('${encodeURIComponent(folder.id)}')/messages/delta`,
    limit: (query) => (query.$filter === undefined ? Infinity : 5000),
    check: (query) => {
      only(query, '$filter', '$expand')
      if (query.$top !== undefined) throw unknown('$top in a message delta')
      if (query.$filter !== undefined && !MAIL_FILTER.test(query.$filter))
        throw badRequest("only a value of 'receivedDateTime ge value' is supported.", 'ErrorInvalidUrlQuery')
    },
    accept: (change, query) => change.removed !== undefined || (mailbox.messages.get(change.id)?.receivedAt ?? -Infinity) >= since(query),
    render: (change, query) => {
      // Moved and deleted look the same from here (docs#21752).
      if (change.removed) return { id: idOf(call, change.id, change.moves ?? 0), '@removed': { reason: 'deleted' } }
      return { '@odata.type': '#microsoft.graph.message', ...renderMessage(call, mailbox.messages.get(change.id) as Message, query) }
    },
    expired: syncStateNotFound,
  })
  return { ...context('Collection(message)'), ...page }
}

const ATTACHMENT: Fields<Attachment> = {
  id: (a) => a.id, name: (a) => a.name, contentType: (a) => a.contentType, size: (a) => a.content.length, isInline: () => false,
}

function messageOf(call: Call): Message {
  const found = findMessage(mailboxOf(call), call.params[1])
  if (!found) throw noItem()
  return found
}

function attachments(call: Call): Json {
  const [user, id] = call.params
  const { attachments } = messageOf(call)
  const type = { '@odata.type': '#microsoft.graph.fileAttachment' }
  const render = (a: Attachment, query: Query): Json => ({ ...type, ...project(ATTACHMENT, a, query.$select) })
  return { ...context(`users('${user}')/messages('${id}')/attachments`), ...listPage(call, () => attachments, render) }
}

export const messages: Handlers = {
  '/users/{user-id}/mailFolders/{mailFolder-id}/messages/delta()': messageDelta,
  '/users/{user-id}/messages/{message-id}': (call) => ({ ...context('messages/$entity'), ...renderMessage(call, messageOf(call), call.query) }),
  '/users/{user-id}/messages/{message-id}/attachments': attachments,
}
