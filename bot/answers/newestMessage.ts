// Finds the newest message of one direction among those that a person may see.
import type { Actor } from '../../api/model/actor.ts'
import type { Communications, MessageRow } from '../../api/model/message.ts'
import type { Query } from '../../api/query/query.ts'
import type { Side } from '../understand/intent.ts'

/**
 * @returns message: the newest of that side; when there is none, the newest of the other or a private one; null when there is none at all.
 *   newer: the newest of all, if it is another one. about: what they were looked for in
 * @throws AppError as Query.communications does
 */
export async function newestMessage(
  query: Query,
  actor: Actor,
  customerId: string,
  side: Side,
): Promise<{ message: MessageRow | null; newer: MessageRow | null; about: Communications }> {
  const first = await query.communications(actor, customerId, {})
  const newest = first.items[0] ?? null
  let page = first
  for (;;) {
    const found = page.items.find(({ direction }) => side === 'any' || direction === side)
    if (found !== undefined) return { message: found, newer: found.id === newest?.id ? null : newest, about: first }
    // Mail is kept for 14 days, so this ends; a page is 100 messages and one is held at a time.
    if (page.next === null) return { message: newest, newer: null, about: first }
    page = await query.communications(actor, customerId, { after: page.next, limit: 100 })
  }
}
