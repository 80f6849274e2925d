// What an answer of Graph says. Microsoft's types promise more than the wire keeps: what is of another kind than it should be has not
// been said. Whoever takes a value out of an answer takes it with one of these.

/** A text; null where none is said. */
export const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Longer than any id of Graph (an event's in a series, the longest, has about 250), and four fit into one key of an index. */
const mostIdBytes = 400

/** What an object is called by its directory or mailbox; null where it is not said. It becomes part of keys, so it is never empty and has an end. */
export function idIn(value: unknown): string | null {
  const id = textIn(value)
  return id === null || id === '' || Buffer.byteLength(id) > mostIdBytes ? null : id
}

/** A whole number from 0 on; null where none is said. */
export const countIn = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null)

/** Yes or no; null where neither is said. */
export const yesOrNoIn = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

/** A moment; null where none is said. */
export function momentIn(value: unknown): Date | null {
  const moment = new Date(textIn(value) ?? '')
  return Number.isNaN(moment.getTime()) ? null : moment
}
