// A guarded upsert ("replace if mine is not older, else insert") ends as a duplicate key when the stored version is newer.
// That is the wished outcome, not an error.
import { MongoBulkWriteError } from 'mongodb'

/** Runs an unordered bulk write of guarded upserts; duplicate keys are swallowed, anything else is thrown. */
export async function ignoreOlder(write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error
    const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
    if (error.result.getWriteConcernError() !== undefined || errors.some(({ code }) => code !== 11000)) throw error
  }
}
