// A position in a list, as the opaque text that clients pass back for the next page: of lists sorted by time and id, and of lists that are sorted here.
import { AppError } from '../errors.ts'

export interface Position {
  readonly at: Date
  readonly id: string
}

export function toText({ at, id }: Position): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url')
}

/** @throws AppError `invalidInput` for a text that `toText` did not make */
export function fromText(text: string | undefined): Position | null {
  if (text === undefined || text === '') return null
  const [time, id] = Buffer.from(text, 'base64url').toString('utf8').split(' ')
  const at = new Date(Number(time))
  if (!id || Number.isNaN(at.getTime())) throw new AppError('invalidInput', { problems: [{ field: 'after', message: 'This is not a position that Outpost gave out.' }] })
  return { at, id }
}

/**
 * A page of a list that is whole in memory.
 * @param positionOf tells one row from every other; @param after the position of the last row of the page before
 * @throws AppError `invalidInput` for a position that is not in the list, or no longer: guessing where it stood could leave somebody out
 */
export function pageOf<T>(rows: readonly T[], positionOf: (row: T) => string, { after, limit }: { after: string | undefined; limit: number }): { items: T[]; next: string | null } {
  const last = after === undefined || after === '' ? null : rows.findIndex((row) => positionOf(row) === after)
  if (last === -1) throw new AppError('invalidInput', { sentence: 'The list has changed since the page before. Load it again from the start.' })
  const start = last === null ? 0 : last + 1
  const items = rows.slice(start, start + limit)
  return { items, next: start + limit >= rows.length ? null : positionOf(items.at(-1)!) }
}
