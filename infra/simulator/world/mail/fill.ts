// What a technician finds in the mailbox when the world begins.
import type { User } from '../accounts.ts'
import type { Calendar } from '../calendar/meetings.ts'
import { seeded, type Random } from '../random.ts'
import { Stage, type Cast, type Draft } from '../stage.ts'
import { addFolder, emptyMailbox, insert, once, wellKnown, type Folder, type Mailbox } from './mailbox.ts'
import type { Message, Recipient } from './messages.ts'
import { SCENES, TINY } from './scenes.ts'

const DAY = 86_400_000

export interface Shared { message: Message; recipients: User[] }

/** Makes a message of a draft. */
export function toMessage(random: Random, draft: Draft, folderId: string, sentAt: number, receivedAt: number): Message {
  const { customers, sent, ...said } = draft
  const host = draft.from?.address?.split('@')[1]?.toLowerCase() ?? 'mail.example'
  return {
    key: random.token(28), moves: 0, folderId, internetMessageId: `<${random.guid()}@${host}>`, conversationId: newConversation(random),
    sentAt, receivedAt, isDraft: false, isRead: sent ?? random.chance(0.6), expectedCustomers: customers,
    cc: [], bcc: [], sensitivity: 0, attachments: [], ...said,
  }
}

const newConversation = (random: Random): string => `AAQkAD${random.token(32)}=`

/** Mail of a customer to several technicians: one Message-ID and sent time, another copy, id and arrival time in each mailbox. */
export function sharedMail(cast: Cast): Shared[] {
  const random = seeded(cast.seed, 'shared')
  if (cast.tiny || cast.technicians.length < 2) return []
  return Array.from({ length: Math.ceil((cast.perMailbox * cast.technicians.length) / 25) }, () => {
    const start = random.int(cast.technicians.length)
    const recipients = [0, 1, 2].map((i) => cast.technicians[(start + i) % cast.technicians.length] as User)
      .slice(0, random.chance(0.4) ? 3 : 2).filter((user, i, all) => all.indexOf(user) === i)
    const stage = new Stage(random, { me: recipients[0] as User, colleagues: recipients, customers: cast.customers })
    const draft = stage.play((s) => {
      const c = s.customer()
      const to: Recipient[] = recipients.map((u) => ({ name: u.displayName, address: u.userPrincipalName }))
      return { from: s.contact(c), to, cc: [s.stranger()], subject: `${s.subject()} (all of you)`, customers: [c.name] }
    })
    const sentAt = moment(cast.start, random)
    return { message: toMessage(random, draft, '', sentAt, sentAt), recipients }
  })
}

/** Generates a technician's mailbox, newest message first. */
export function fillMailbox(cast: Cast, user: User, shared: Shared[], calendar: () => Calendar | undefined): Mailbox {
  const random = seeded(cast.seed, 'mailbox', user.userPrincipalName)
  const mailbox = emptyMailbox(random, user, cast.technicians.indexOf(user) % 3 === 1, !cast.tiny, once(() => calendar() ?? new Map()))
  const id = (name: string): string => (wellKnown(mailbox, name) as Folder).id
  const children = new Map<string, string>()
  if (!cast.tiny) {
    for (const c of cast.customers.slice(0, 3)) children.set(c.tenant.customer?.name ?? '', addFolder(mailbox, random, c.tenant.name, id('inbox')).id)
    children.set('deleted', addFolder(mailbox, random, 'Old projects', id('deleteditems')).id)
  }
  const stage = new Stage(random, { me: user, colleagues: cast.technicians.filter((t) => t !== user || cast.tiny), customers: cast.customers })
  const indices = cast.tiny ? TINY : Array.from({ length: cast.perMailbox }, (_, i) => (i < SCENES.length ? i : random.int(SCENES.length)))
  const made: Message[] = []
  for (const index of indices) {
    const draft = stage.play(SCENES[index] as (typeof SCENES)[number])
    const old = !cast.tiny && random.chance(0.1)
    const sentAt = old ? cast.start - Math.floor((15 + random.next() * 60) * DAY) : moment(cast.start, random)
    const message = toMessage(random, draft, folderFor(draft), sentAt, draft.sent ? sentAt : sentAt + 1000 * (1 + random.int(40)))
    message.isDraft = message.folderId === id('drafts')
    if (message.isDraft) Object.assign(message, { from: null, internetMessageId: random.chance(0.5) ? message.internetMessageId : null })
    // An answer belongs to the conversation that it answers.
    const answered = (m: Message): boolean =>
      m.from !== null && m.receivedAt < sentAt && m.sensitivity === 0 && m.expectedCustomers?.join() === draft.customers.join()
    const question = draft.subject.startsWith('RE: ') ? made.find(answered) : undefined
    if (question) Object.assign(message, { conversationId: question.conversationId, subject: `RE: ${question.subject}` })
    made.push(message)
  }
  for (const { message, recipients } of shared) {
    if (!recipients.includes(user)) continue
    const [key, conversationId] = [random.token(28), newConversation(random)]
    made.push({ ...message, key, conversationId, folderId: id('inbox'), receivedAt: message.sentAt + 1000 * (1 + random.int(9)) })
  }
  made.sort((a, b) => b.receivedAt - a.receivedAt)
  for (const message of made) insert(mailbox, message)
  return mailbox

  function folderFor(draft: Draft): string {
    if (cast.tiny) return id(draft.sent ? 'sentitems' : 'inbox')
    if (draft.sent) return id(random.chance(0.9) ? 'sentitems' : random.pick(['drafts', 'outbox', 'drafts']))
    if (draft.customers.length === 0) return id(random.pick(['inbox', 'inbox', 'inbox', 'inbox', 'junkemail', 'deleteditems', 'archive']))
    const child = children.get(draft.customers[0] as string)
    if (child !== undefined && random.chance(0.3)) return child
    if (random.chance(0.03)) return children.get('deleted') ?? id('deleteditems')
    return id(random.pick(['inbox', 'inbox', 'inbox', 'inbox', 'inbox', 'inbox', 'archive', 'deleteditems']))
  }
}

/** Some whole second within the last 13.5 days, so that no test stands on the edge of the fourteenth. */
function moment(start: number, random: Random): number {
  return Math.floor((start - 60_000 - random.next() * 13.5 * DAY) / 1000) * 1000
}
