// Finds the newest messages of one side among those that a person may see.
import type { Actor } from '../../api/access/model.ts'
import type { Communications, MessageRow } from '../../api/mail/model.ts'
import type { Query } from '../../api/subjects.ts'
import { isAt, type Candidate } from '../understand/nameForms.ts'
import type { Side } from './forms.ts'

type Filter = Parameters<Query['communications']>[2]

/**
 * What is received need not be the customer's: a stranger's mail to its people and ours is, too. "From" a customer means written
 * by one of its own people, or sent by one of them for somebody else.
 */
function isOf({ direction, from, sender }: MessageRow, side: Side, { domains }: Candidate): boolean {
  if (side === 'any') return true
  return direction === side && (side === 'out' || [from, sender].some((one) => one?.side === 'customer' && isAt(one.address, domains)))
}

interface Wanted {
  readonly customer: Candidate
  readonly side: Side
  /** So many are looked for. */
  readonly most: number
  readonly filter: Filter
}

/**
 * @returns items: newest first. more: whether there are others. about: the first page of what they were looked for in
 * @throws AppError as Query.communications does
 */
export async function newestMessages(
  { query, actor }: { readonly query: Pick<Query, 'communications'>; readonly actor: Actor },
  { customer, side, most, filter }: Wanted,
): Promise<{ items: MessageRow[]; more: boolean; about: Communications }> {
  const about = await query.communications(actor, customer.id, filter)
  const items: MessageRow[] = []
  let page = about
  for (;;) {
    items.push(...page.items.filter((message) => isOf(message, side, customer)))
    // Mail is kept for 14 days, so this ends; a page is 100 messages and one is held at a time.
    if (items.length > most || page.next === null) return { items: items.slice(0, most), more: items.length > most, about }
    page = await query.communications(actor, customer.id, { ...filter, after: page.next, limit: 100 })
  }
}
