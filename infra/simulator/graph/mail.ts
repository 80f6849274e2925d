// Mail folders, messages and attachments of one mailbox.
import type { Attachment, Change, Folder, Mailbox, Message, Recipient } from '../world/model.ts'
import { bodyOf, plain, previewOf } from '../world/bodies.ts'
import { wellKnown } from '../world/mailbox.ts'
import { hash } from '../world/random.ts'
import { findUser } from '../world/world.ts'
import { context, entity, listPage, type Call, type Handler } from './call.ts'
import { deltaPage, syncStateNotFound } from './delta.ts'
import { badRequest, graphError, noItem, noMailbox, unknown } from './errors.ts'
import { iso, MAIL_FILTER, only, project, type Fields, type Query } from './query.ts'

/** The id that does not change when a message moves within its mailbox (concepts/outlook-immutable-id). */
export const immutableId = (message: { key: string }): string => `AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A${message.key}AAA`

const mutableId = (key: string, moves: number): string => `AAMkADNkYTI2NjVmAGYAAAAA${key}BwD${moves.toString(36).padStart(4, '0')}AAA=`

/** The message with that id, in either format; a mutable id from before a move finds nothing. */
export function findMessage(mailbox: Mailbox, id: string): Message | undefined {
  const immutable = /^AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A(.{28})AAA$/.exec(id)
  const mutable = /^AAMkADNkYTI2NjVmAGYAAAAA(.{28})BwD(.{4})AAA=$/.exec(id)
  const message = mailbox.messages.get((immutable ?? mutable)?.[1] ?? '')
  return message && (immutable || message.moves === parseInt(mutable?.[2] ?? '', 36)) ? message : undefined
}

/** The mailbox that a path names; 404 in the words of the directory or of Exchange. */
export function mailboxOf(call: Call): Mailbox {
  const user = findUser(call.tenant, call.params[0] as string)
  if (!user) throw graphError(404, 'ErrorInvalidUser', `The requested user '${call.params[0] as string}' is invalid.`)
  const mailbox = call.tenant.mailboxes.get(user.id)
  const state = call.tenant.mailboxStates.get(user.id) ?? 'ok'
  if (state === 'removed' || state === 'missing') throw graphError(404, 'ResourceNotFound', 'Resource could not be discovered.')
  if (!mailbox || state !== 'ok') throw noMailbox()
  return mailbox()
}

function folderOf(mailbox: Mailbox, id: string): Folder {
  const folder = mailbox.folders.get(id) ?? wellKnown(mailbox, id)
  if (!folder) throw noItem()
  return folder
}

const FOLDER: Fields<{ mailbox: Mailbox; folder: Folder }> = {
  id: ({ folder }) => folder.id,
  displayName: ({ folder }) => folder.name,
  parentFolderId: ({ folder }) => folder.parentId,
  childFolderCount: ({ mailbox, folder }) => [...mailbox.folders.values()].filter((f) => f.parentId === folder.id).length,
  unreadItemCount: ({ folder }) => folder.unread,
  totalItemCount: ({ folder }) => folder.total,
  isHidden: () => false,
}
const FOLDER_DEFAULTS = Object.keys(FOLDER)

export const recipient = (r: Recipient): { emailAddress: Recipient } => ({ emailAddress: { ...(r.name === undefined ? {} : { name: r.name }), ...(r.address === undefined ? {} : { address: r.address }) } })
const SENSITIVITY = ['Normal', 'Personal', 'Private', 'Company-Confidential'] as const

function messageFields(call: Call): Fields<Message> {
  const body = (m: Message): unknown => {
    const kept = bodyOf(m)
    return call.prefer.textBodies ? { contentType: 'text', content: plain(kept) } : kept
  }
  const id = (m: Message): string => (call.prefer.immutableIds ? immutableId(m) : mutableId(m.key, m.moves))
  return {
    id,
    createdDateTime: (m) => iso(m.receivedAt), lastModifiedDateTime: (m) => iso(m.receivedAt),
    changeKey: (m) => `CQAAABYAAAB${m.key.slice(0, 10)}${m.version}`,
    categories: () => [],
    receivedDateTime: (m) => iso(m.receivedAt), sentDateTime: (m) => iso(m.sentAt),
    hasAttachments: (m) => m.attachments.length > 0,
    internetMessageId: (m) => m.internetMessageId ?? undefined,
    subject: (m) => m.subject, bodyPreview: (m) => previewOf(m), importance: () => 'normal',
    parentFolderId: (m) => m.folderId, conversationId: (m) => m.conversationId, conversationIndex: (m) => Buffer.from(m.conversationId.slice(6, 22)).toString('base64url'),
    isDeliveryReceiptRequested: () => null, isReadReceiptRequested: () => false, isRead: (m) => m.isRead, isDraft: (m) => m.isDraft,
    webLink: (m) => `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id(m))}&exvsurl=1&viewmodel=ReadMessageItem`,
    inferenceClassification: () => 'focused', body, uniqueBody: body,
    // A message without a sender has neither property.
    sender: (m) => (m.from ? recipient(m.from) : undefined), from: (m) => (m.from ? recipient(m.from) : undefined),
    toRecipients: (m) => m.to.map(recipient), ccRecipients: (m) => m.cc.map(recipient), bccRecipients: (m) => m.bcc.map(recipient), replyTo: () => [],
    flag: () => ({ flagStatus: 'notFlagged' }),
    // Only what came through transport has headers: nothing in Sent Items, no draft.
    internetMessageHeaders: (m) => m.isDraft || m.from?.address === undefined || m.from.address.toLowerCase().endsWith('@proseware.com') ? undefined
      : [{ name: 'Message-ID', value: m.internetMessageId ?? '' }, { name: 'Date', value: new Date(m.sentAt).toUTCString() },
        ...(m.sensitivity > 0 ? [{ name: 'Sensitivity', value: SENSITIVITY[m.sensitivity] }] : [])],
  }
}
// message resource: headers and unique body only when selected, relationships only when expanded.
const MESSAGE_DEFAULTS = ['createdDateTime', 'lastModifiedDateTime', 'changeKey', 'categories', 'receivedDateTime', 'sentDateTime', 'hasAttachments', 'internetMessageId', 'subject',
  'bodyPreview', 'importance', 'parentFolderId', 'conversationId', 'conversationIndex', 'isDeliveryReceiptRequested', 'isReadReceiptRequested', 'isRead', 'isDraft', 'webLink',
  'inferenceClassification', 'body', 'sender', 'from', 'toRecipients', 'ccRecipients', 'bccRecipients', 'replyTo', 'flag']

/** v1.0 messages have no property for it: sensitivity is the extended property PidTagSensitivity. */
const SENSITIVITY_EXPAND = /^singleValueExtendedProperties\(\$filter=id eq '(Integer 0x0*36)'\)$/i

function renderMessage(call: Call, message: Message, query: Query): Record<string, unknown> {
  const out = project(messageFields(call), message, query.$select, MESSAGE_DEFAULTS, call.operation)
  if (query.$expand !== undefined) {
    if (!SENSITIVITY_EXPAND.test(query.$expand)) throw unknown(`$expand=${query.$expand}`)
    // Absent where nobody ever set it; some programs write the normal value explicitly.
    if (message.sensitivity > 0 || hash(message.key) % 2 === 0) out.singleValueExtendedProperties = [{ id: 'Integer 0x36', value: String(message.sensitivity) }]
  }
  return { '@odata.etag': `W/"CQAAABYAAAB${message.key.slice(0, 10)}${message.version}"`, ...out }
}

const list = (folders: Mailbox['folders'], parentId: string): Folder[] => [...folders.values()].filter((f) => f.parentId === parentId)

function folderList(call: Call, parentId: (mailbox: Mailbox) => string): Record<string, unknown> {
  const mailbox = mailboxOf(call)
  only(call.query)
  const page = listPage(call, 10, () => list(mailbox.folders, parentId(mailbox)), (folder, q) => project(FOLDER, { mailbox, folder }, q.$select, FOLDER_DEFAULTS, call.operation))
  return { ...context(`users('${call.params[0] as string}')/mailFolders`), ...page }
}

function since(query: Query): number {
  const m = MAIL_FILTER.exec(query.$filter ?? '')
  return m ? Date.parse(m[2] as string) + (m[1] === 'gt' ? 1 : 0) : -Infinity
}

function messageDelta(call: Call): Record<string, unknown> {
  const mailbox = mailboxOf(call)
  const folder = folderOf(mailbox, call.params[1] as string)
  const page = deltaPage(call, {
    of: `messages|${folder.id}`, log: folder.log, size: call.prefer.pageSize ?? 10,
    // Links come back spelled in another way than one asked (delta-query-messages).
    path: `/users/${encodeURIComponent(call.params[0] as string)}/mailfolders('${encodeURIComponent(folder.id)}')/messages/delta`,
    limit: (query) => (query.$filter === undefined ? Infinity : 5000),
    check: (query) => {
      if (query.$filter !== undefined && !MAIL_FILTER.test(query.$filter)) throw badRequest("The following parameters are not supported with change tracking over the 'Messages' resource: only a value of 'receivedDateTime ge value' is supported.", 'ErrorInvalidUrlQuery')
      if (query.$top !== undefined) throw unknown('$top in a message delta')
      only(query, '$filter', '$expand')
    },
    accept: (change, query) => change.removed !== undefined || (mailbox.messages.get(change.id)?.receivedAt ?? -Infinity) >= since(query),
    render: (change, query) => {
      // Moved and deleted look the same from here (docs#21752).
      if (change.removed) return { id: call.prefer.immutableIds ? immutableId({ key: change.id }) : mutableId(change.id, change.moves ?? 0), '@removed': { reason: 'deleted' } }
      return { '@odata.type': '#microsoft.graph.message', ...renderMessage(call, mailbox.messages.get(change.id) as Message, query) }
    },
    expired: syncStateNotFound,
  })
  return { ...context('Collection(message)'), ...page }
}

/** A plain list, newest first. */
function messageList(call: Call, messages: Message[]): Record<string, unknown> {
  only(call.query, '$filter', '$orderby', '$expand')
  const { $filter, $orderby = 'receivedDateTime desc' } = call.query
  if ($orderby !== 'receivedDateTime desc' || ($filter !== undefined && !MAIL_FILTER.test($filter))) throw unknown('this filter or order of messages')
  const page = listPage(call, 10, (q) => messages.filter((m) => m.receivedAt >= since(q)).sort((a, b) => b.receivedAt - a.receivedAt), (m, q) => renderMessage(call, m, q))
  return { ...context(`users('${call.params[0] as string}')/messages`), ...page }
}

function folderDelta(call: Call): Record<string, unknown> {
  const mailbox = mailboxOf(call)
  const page = deltaPage(call, {
    of: `folders|${mailbox.rootId}`, log: mailbox.folderLog, size: call.prefer.pageSize ?? 10, path: `/users/${encodeURIComponent(call.params[0] as string)}/mailFolders/delta`,
    limit: () => Infinity,
    check: (query) => only(query),
    accept: () => true,
    render: (change: Change, query) => (change.removed ? { id: change.id, '@removed': { reason: 'deleted' } }
      : project(FOLDER, { mailbox, folder: mailbox.folders.get(change.id) as Folder }, query.$select, FOLDER_DEFAULTS, call.operation)),
    expired: syncStateNotFound,
  })
  return { ...context('Collection(mailFolder)'), ...page }
}

const ATTACHMENT: Fields<Attachment> = {
  id: (a) => a.id, name: (a) => a.name, contentType: (a) => a.contentType, size: (a) => a.content.length, isInline: () => false,
  lastModifiedDateTime: () => null, contentId: () => null, contentLocation: () => null, contentBytes: (a) => a.content.toString('base64'),
}

function message(call: Call): Message {
  const found = findMessage(mailboxOf(call), call.params[1] as string)
  if (!found) throw noItem()
  return found
}

function attachments(call: Call): Record<string, unknown> {
  const found = message(call)
  const page = listPage(call, 50, () => found.attachments, (a, q) => ({ '@odata.type': '#microsoft.graph.fileAttachment', '@odata.mediaContentType': a.contentType, ...project(ATTACHMENT, a, q.$select, Object.keys(ATTACHMENT), call.operation) }))
  return { ...context(`users('${call.params[0] as string}')/messages('${call.params[1] as string}')/attachments`), ...page }
}

/** Handlers by template; all of them are throttled per mailbox. */
export const mailHandlers: Record<string, Handler> = {
  '/users/{user-id}/mailFolders': (call) => folderList(call, (m) => m.rootId),
  '/users/{user-id}/mailFolders/{mailFolder-id}': (call) => {
    const mailbox = mailboxOf(call)
    return entity(call, 'mailFolders', FOLDER, { mailbox, folder: folderOf(mailbox, call.params[1] as string) })
  },
  '/users/{user-id}/mailFolders/{mailFolder-id}/childFolders': (call) => folderList(call, (m) => folderOf(m, call.params[1] as string).id),
  '/users/{user-id}/mailFolders/delta()': folderDelta,
  '/users/{user-id}/mailFolders/{mailFolder-id}/messages/delta()': messageDelta,
  '/users/{user-id}/messages': (call) => messageList(call, [...mailboxOf(call).messages.values()]),
  '/users/{user-id}/mailFolders/{mailFolder-id}/messages': (call) => {
    const mailbox = mailboxOf(call)
    const { id } = folderOf(mailbox, call.params[1] as string)
    return messageList(call, [...mailbox.messages.values()].filter((m) => m.folderId === id))
  },
  '/users/{user-id}/messages/{message-id}': (call) => ({ ...context('messages/$entity'), ...renderMessage(call, message(call), call.query) }),
  '/users/{user-id}/messages/{message-id}/attachments': attachments,
  '/users/{user-id}/messages/{message-id}/attachments/{attachment-id}': (call) => {
    const found = message(call).attachments.find((a) => a.id === call.params[2])
    if (!found) throw noItem()
    return { '@odata.type': '#microsoft.graph.fileAttachment', ...entity(call, 'attachments', ATTACHMENT, found) }
  },
}
