// Opens the body of a message for a person: rights first, then the audit row, then the fetch. Nothing of it is stored.
import type { Recipient } from '@microsoft/microsoft-graph-types'
import sanitizeHtml from 'sanitize-html'
import { AppError } from '../errors.ts'
import { openGraph } from '../graph/client.ts'
import { isPrivate, readMessageBody } from '../graph/mail.ts'
import type { Actor } from '../model/actor.ts'
import type { MessageBody } from '../model/message.ts'
import { audienceOf } from '../query/actor.ts'
import type { MessageDoc } from '../store/messages.ts'
import type { ActionOptions } from './actions.ts'

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
    for (const sibling of await store.messages.siblings(doc, audience)) {
      const body = await fetchBody(options, actor, sibling).catch(() => null)
      if (body !== null) return { ...body, id: doc._id }
    }
    throw error
  }
}

async function fetchBody({ store, vault, graph: graphOptions }: ActionOptions, actor: Actor, doc: MessageDoc): Promise<MessageBody> {
  const tenant = await store.tenants.get(doc.tenantId)
  const units = await store.units.ofStream([doc.tenantId], 'mail')
  // The list of mailboxes decides at this moment, whatever rows are still there.
  const listed = units.some((unit) => unit.facts?.userId === doc.mailboxId)
  if (tenant === null || !listed) throw new AppError('gone')
  const graph = openGraph(graphOptions, { tenantId: tenant._id, clientId: tenant.clientId, clientSecret: vault.open(tenant._id, tenant.secret) })
  const { message, attachments } = await readMessageBody(graph, doc.mailboxId, doc.messageId)
  // The sender's mark may have come after the last sync.
  if (isPrivate(message)) throw new AppError('privateItem')
  const mayKnowBcc = actor.role === 'admin' || actor.userId === doc.mailboxId
  const { content, contentType } = message.body ?? {}
  return {
    id: doc._id,
    subject: message.subject ?? '',
    at: doc.receivedAt.toISOString(),
    from: message.from ? toAddress(message.from) : null,
    to: (message.toRecipients ?? []).map(toAddress),
    cc: (message.ccRecipients ?? []).map(toAddress),
    bcc: mayKnowBcc ? (message.bccRecipients ?? []).map(toAddress) : [],
    html: contentType === 'text' ? plainToHtml(content ?? '') : sanitise(content ?? ''),
    attachments: attachments.map(({ name, contentType, size }) => ({ name: name ?? '', contentType: contentType ?? null, size: size ?? null })),
  }
}

const toAddress = ({ emailAddress }: Recipient) => ({ name: emailAddress?.name ?? null, address: emailAddress?.address ?? '' })

const plainToHtml = (text: string): string => `<pre style="white-space:pre-wrap">${sanitizeHtml(text, { allowedTags: [], disallowedTagsMode: 'escape' })}</pre>`

const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]+\)$/i, /^[a-z]+$/i]
const length = [/^-?[\d.]+(px|pt|em|rem|%)?$/]

/**
 * What may be shown of a stranger's HTML: text and its layout. Nothing that runs, loads, submits, or covers the page. Images
 * are left out, because loading one tells the sender that the mail was read. Links stay readable as text with their address.
 */
export function sanitise(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      'p', 'div', 'span', 'br', 'hr', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li',
      'dl', 'dt', 'dd', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'font', 'center', 'a',
    ],
    allowedAttributes: {
      '*': ['style', 'align', 'dir', 'lang'],
      td: ['colspan', 'rowspan', 'width', 'valign', 'bgcolor'],
      th: ['colspan', 'rowspan', 'width', 'valign', 'bgcolor'],
      table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
      font: ['color', 'size'],
      a: ['title'],
    },
    allowedStyles: {
      '*': {
        color: colour,
        'background-color': colour,
        'text-align': [/^(left|right|center|justify)$/],
        'font-weight': [/^(normal|bold|\d{3})$/],
        'font-style': [/^(normal|italic)$/],
        'font-size': length,
        'text-decoration': [/^(none|underline|line-through)$/],
        'margin-left': length,
        'padding-left': length,
        'border-left': [/^[\d.]+(px|pt) (solid|dashed) #[0-9a-f]{3,6}$/i],
      },
    },
    // The frame is sandboxed, so a link leads nowhere; its target is shown where the pointer rests.
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: attributes.href === undefined ? {} : { title: attributes.href.slice(0, 500) } }),
    },
    nestingLimit: 100,
  })
}
