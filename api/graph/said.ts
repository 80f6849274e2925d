// What an answer of Graph says. Microsoft's types promise more than the wire keeps: what is of another kind than it should be has not
// been said. Whoever takes a value out of an answer takes it with one of these.

/** A text; null where none is said. */
export const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A whole number from 0 on; null where none is said. */
export const countIn = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null)

/** Yes or no; null where neither is said. */
export const yesOrNoIn = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

/** A moment; null where none is said. */
export function momentIn(value: unknown): Date | null {
  const moment = new Date(textIn(value) ?? '')
  return Number.isNaN(moment.getTime()) ? null : moment
}
