// Microsoft has been seen to answer with an empty or a short list where nothing had changed. A list that has lost most of what it
// held is therefore believed only when a second complete reading agrees. Pure.
import type { Tally } from '../database/readings.ts'
import { AppError } from '../errors.ts'

const doubtMilliseconds = 10 * 60_000
const fewest = 10

export interface Reading extends Tally {
  /** How many Microsoft's list has, kept or not. */
  readonly items: number
}

/** Whether a list has lost most of what it held: it came back empty, or with less than half of ten or more. */
export const isShort = ({ items, seen, unseen }: Reading): boolean => (items === 0 ? unseen > 0 : seen + unseen >= fewest && seen < unseen)

/**
 * @param doubtedAt when a reading of this list was doubted first; null: the last one was believed
 * @returns why nothing is removed for now; null when the reading is believed
 */
export function doubtAbout(reading: Reading, doubtedAt: Date | null, now: Date): AppError | null {
  const { items, seen, unseen } = reading
  if (!isShort(reading)) return null
  const left = doubtMilliseconds - (now.getTime() - (doubtedAt ?? now).getTime())
  if (left <= 0) return null
  return new AppError('listDoubted', {
    sentence: `Microsoft’s list came back ${items === 0 ? 'empty' : `with ${seen} of ${seen + unseen}`}. Outpost keeps what it had until a second reading, ten minutes later, agrees.`,
    retryAfterSeconds: Math.ceil(left / 1000),
  })
}
