// A position in a list sorted by time and id, as the opaque text that clients pass back for the next page.
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
