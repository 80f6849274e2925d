// Finds the newest messages of one side, or the oldest one, among those that a person may see.
import type { Actor } from '../../api/access/model.ts'
import type { MessageList, MessageRow } from '../../api/mail/model.ts'
import type { Query } from '../../api/subjects.ts'
import { isAt, type Candidate } from '../understand/nameForms.ts'
import type { Side } from './forms.ts'

type Filter = Parameters<Query['messages']>[2]

/**
 * What is received need not be the customer's: a stranger's mail to its people and ours is, too. "From" a customer means written
 * by one of its own people, or sent by one of them for somebody else.
 */
function isOf({ direction, from, sender }: MessageRow, side: Side, { domains }: Candidate): boolean {
  if (side === 'any') return true
  return direction === side && (side === 'out' || [from, sender].some((one) => one?.side === 'customer' && isAt(one.address, domains)))
}

interface Asking {
  readonly query: Pick<Query, 'messages'>
  readonly actor: Actor
}

interface Wanted {
  readonly customer: Candidate
  readonly side: Side
  /** So many are looked for. */
  readonly most: number
  readonly filter: Filter
}

/** Mail is kept for 14 days, so this ends; a page is 100 messages and one is held at a time. */
async function* pagesOf({ query, actor }: Asking, customer: Candidate, filter: Filter): AsyncGenerator<MessageList> {
  let page = await query.messages(actor, customer.id, filter)
  for (;;) {
    yield page
    if (page.next === null) return
    page = await query.messages(actor, customer.id, { ...filter, after: page.next, limit: 100 })
  }
}

/**
 * @returns items: newest first. more: whether there are others. about: the first page of what they were looked for in
 * @throws AppError as Query.messages does
 */
export async function newestMessages(
  asking: Asking,
  { customer, side, most, filter }: Wanted,
): Promise<{ items: MessageRow[]; more: boolean; about: MessageList }> {
  const items: MessageRow[] = []
  let about: MessageList | null = null
  for await (const page of pagesOf(asking, customer, filter)) {
    about ??= page
    items.push(...page.items.filter((message) => isOf(message, side, customer)))
    if (items.length > most) break
  }
  return { items: items.slice(0, most), more: items.length > most, about: about! }
}

/**
 * The oldest one of what is kept.
 * @returns about: the first page of what it was looked for in
 * @throws AppError as Query.messages does
 */
export async function oldestMessage(asking: Asking, { customer, side, filter }: Omit<Wanted, 'most'>): Promise<{ message: MessageRow | null; about: MessageList }> {
  let about: MessageList | null = null
  let message: MessageRow | null = null
  for await (const page of pagesOf(asking, customer, filter)) {
    about ??= page
    message = page.items.findLast((one) => isOf(one, side, customer)) ?? message
  }
  return { message, about: about! }
}
