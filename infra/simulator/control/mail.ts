// Mail by hand: sent, moved and deleted through /simulator/mail.
import { Refusal, textOf, type Body } from '../http.ts'
import type { Simulation } from '../simulation.ts'
import { SENSITIVITIES } from '../graph/calendar/events.ts'
import { findMessage, immutableId } from '../graph/mail/ids.ts'
import { findUser } from '../world/accounts.ts'
import { toMessage } from '../world/mail/fill.ts'
import { addFolder, insert, wellKnown, type Folder, type Mailbox } from '../world/mail/mailbox.ts'
import type { Attachment, Message, Recipient } from '../world/mail/messages.ts'

/** The mailbox of that user principal name. */
export function mailboxByUpn(sim: Simulation, upn: unknown): Mailbox {
  for (const tenant of sim.world.tenants) {
    const user = typeof upn === 'string' ? findUser(tenant, upn) : undefined
    const open = user && tenant.mailboxes.get(user.id)
    if (open) return open()
  }
  throw new Refusal(404, 'There is no such mailbox.')
}

/** A folder by well-known name, id or display name; a name that is new becomes a folder in the inbox. */
function folderBy(sim: Simulation, mailbox: Mailbox, name = 'inbox'): Folder {
  const existing = wellKnown(mailbox, name) ?? mailbox.folders.get(name) ?? [...mailbox.folders.values()].find((f) => f.name === name)
  return existing ?? addFolder(mailbox, sim.random, name, (wellKnown(mailbox, 'inbox') as Folder).id)
}

/** An address as a text or an object. */
export function recipient(value: unknown): Recipient {
  if (typeof value === 'string') return { address: value }
  if (typeof value !== 'object' || value === null) throw new Refusal(400, 'An address is a text or { name?, address }.')
  const { name, address } = value as { name?: unknown; address?: unknown }
  return { ...(typeof name === 'string' ? { name } : {}), ...(typeof address === 'string' ? { address } : {}) }
}

const recipients = (value: unknown): Recipient[] => (Array.isArray(value) ? value.map(recipient) : [recipient(value)])

const attachment = (sim: Simulation, { name, contentType, content }: Body): Attachment => ({
  id: `AAMkAttachment${sim.random.token(30)}`,
  name: textOf(name) ?? 'file.txt',
  contentType: textOf(contentType) ?? 'application/octet-stream',
  content: Buffer.from(textOf(content) ?? ''),
})

/** By the number that PidTagSensitivity has for it. */
export function sensitivityOf(value: unknown): Message['sensitivity'] {
  const found = SENSITIVITIES.findIndex((name) => name === (value ?? 'normal'))
  if (found < 0) throw new Refusal(400, `sensitivity is one of ${SENSITIVITIES.join(', ')}.`)
  return found as Message['sensitivity']
}

/** The owner of a mailbox. */
export const ownerOf = ({ user }: Mailbox): Recipient => ({ name: user.displayName, address: user.userPrincipalName })

/** A contact at the first customer, for whoever does not care who writes. */
export function somebody(sim: Simulation): Recipient {
  const users = [...(sim.world.tenants[1]?.users.values() ?? [])]
  const user = users.find((u) => u.mail !== null && u.accountEnabled && u.userType === 'Member')
  return { name: user?.displayName ?? 'Somebody', address: user?.mail ?? 'somebody@stranger.example' }
}

/** POST /simulator/mail. */
export function postMail(sim: Simulation, body: Body): { id: string } {
  const mailbox = mailboxByUpn(sim, body.mailbox)
  const folder = folderBy(sim, mailbox, textOf(body.folder))
  const sent = ['sentitems', 'drafts', 'outbox'].includes(folder.wellKnown ?? '')
  const [sender, reader] = sent ? [ownerOf(mailbox), somebody(sim)] : [somebody(sim), ownerOf(mailbox)]
  const at = body.at === undefined ? sim.clock.now() : Date.parse(textOf(body.at) ?? '')
  if (Number.isNaN(at)) throw new Refusal(400, 'at is not a time.')
  const receivedAt = Math.floor(at / 1000) * 1000
  const draft = {
    from: body.omitFrom === true ? null : recipient(body.from ?? sender),
    to: recipients(body.to ?? reader),
    cc: recipients(body.cc ?? []),
    bcc: recipients(body.bcc ?? []),
    subject: textOf(body.subject) ?? 'No subject',
    attachments: ((body.attachments ?? []) as Body[]).map((one) => attachment(sim, one)),
    customers: [],
    canaries: [],
  }
  const message: Message = {
    ...toMessage(sim.random, draft, folder.id, sent ? receivedAt : receivedAt - 2000, receivedAt),
    sensitivity: sensitivityOf(body.sensitivity),
    isDraft: folder.wellKnown === 'drafts',
    isRead: sent,
    expectedCustomers: null,
    body: { contentType: body.contentType === 'html' ? 'html' : 'text', content: textOf(body.body) ?? '' },
    ...(typeof body.preview === 'string' ? { preview: body.preview } : {}),
    ...(typeof body.internetMessageId === 'string' ? { internetMessageId: body.internetMessageId } : {}),
  }
  insert(mailbox, message)
  sim.events.emit('change', 'mail')
  return { id: immutableId(message) }
}

/** POST /simulator/mail/bulk: one message in fifty is a customer's, the others are newsletters. */
export function bulkMail(sim: Simulation, body: Body): { count: number; withCustomer: number } {
  const mailbox = mailboxByUpn(sim, body.mailbox)
  const folder = folderBy(sim, mailbox, textOf(body.folder))
  const count = Number(body.count)
  if (!Number.isInteger(count) || count < 1 || count > 200_000) throw new Refusal(400, 'count is a number from 1 to 200000.')
  const owner = ownerOf(mailbox)
  const contact = somebody(sim)
  const shop = { name: 'Weekly Bargains', address: 'bargains@news.example' }
  const customer = sim.world.tenants[1]?.customer?.name ?? ''
  for (let i = 0; i < count; i++) {
    const ours = i % 50 === 7
    const draft = ours
      ? { from: contact, to: [owner], subject: `Bulk question ${i}`, customers: [customer], canaries: [] }
      : { from: shop, to: [owner], subject: `Bulk offer ${i}`, customers: [], canaries: [] }
    const at = Math.floor((sim.clock.now() - 60_000 - (i / count) * 13 * 86_400_000) / 1000) * 1000
    insert(mailbox, toMessage(sim.random, draft, folder.id, at - 2000, at))
  }
  sim.events.emit('change', 'mail')
  return { count, withCustomer: Math.max(0, Math.ceil((count - 7) / 50)) }
}

function locate(sim: Simulation, id: string): { mailbox: Mailbox; message: Message } {
  for (const tenant of sim.world.tenants)
    for (const open of tenant.mailboxes.values()) {
      const message = findMessage(open(), id)
      if (message) return { mailbox: open(), message }
    }
  throw new Refusal(404, 'There is no such message.')
}

function takeOut(mailbox: Mailbox, message: Message): void {
  mailbox.messages.delete(message.key)
  mailbox.folders.get(message.folderId)?.log.record(message.key, { removed: 'deleted', moves: message.moves })
}

/** POST /simulator/mail/{id}/move: gone from one folder, new in the other, the same immutable id. */
export function moveMail(sim: Simulation, id: string, body: Body): { id: string } {
  const { mailbox, message } = locate(sim, id)
  const target = folderBy(sim, mailbox, textOf(body.folder))
  if (target.id !== message.folderId) {
    takeOut(mailbox, message)
    insert(mailbox, { ...message, folderId: target.id, moves: message.moves + 1 })
  }
  sim.events.emit('change', 'mail')
  return { id: immutableId(message) }
}

/** DELETE /simulator/mail/{id}: gone for good. */
export function deleteMail(sim: Simulation, id: string): void {
  const { mailbox, message } = locate(sim, id)
  takeOut(mailbox, message)
  sim.events.emit('change', 'mail')
}
