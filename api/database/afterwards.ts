// What comes after a change that is written: it tells others, and hurries what comes by itself.
import { toAppError } from '../errors.ts'

/**
 * Does what only hurries. Where the database takes no more of it, the change itself is done all the same, and whoever made it must not
 * be told that nothing was: the schedule finds it with its next round.
 * @throws what is no trouble of the database
 */
export async function afterwards(hurry: () => Promise<unknown>): Promise<void> {
  try {
    await hurry()
  } catch (error) {
    if (!['databaseUnavailable', 'databaseClosed'].includes(toAppError(error).code)) throw error
  }
}
