// Whether an opened mail is still there, by the list that it was opened from.
import type { MessageRow } from '../../api/mail/model.ts'

// Copies of one mail reach mailboxes within seconds; what comes later with the same words is another mail.
const APART_MS = 2 * 60_000

const words = ({ subject, from, to, cc }: MessageRow) => JSON.stringify([subject, from, to, cc])
const isCopy = (one: MessageRow, other: MessageRow) => words(one) === words(other) && Math.abs(Date.parse(one.at) - Date.parse(other.at)) < APART_MS

/**
 * The row in which the opened mail stands by now: its own, or that of another copy, because the newest one stands for all; its own as
 * well where the list does not reach so far down. Null when it is gone.
 */
export function standingMail(opened: MessageRow, items: readonly MessageRow[], reachesEnd: boolean): MessageRow | null {
  const found = items.find(({ id }) => id === opened.id) ?? items.find((row) => isCopy(row, opened))
  if (found !== undefined) return found
  const last = items.at(-1)
  return reachesEnd || (last !== undefined && last.at < opened.at) ? null : opened
}
