// A guarded upsert ("replace if mine is not older, else insert") ends as a duplicate key when the stored version is newer.
// That is the wished outcome, not an error.
import { MongoBulkWriteError, MongoServerError } from 'mongodb'
import { AppError } from '../errors.ts'

/** One guarded upsert. @returns false when the stored version is newer */
export async function replaceNewer(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000) return false
    throw error
  }
}

/** Runs an unordered bulk write of guarded upserts; duplicate keys are swallowed, anything else is thrown. */
export async function ignoreOlder(write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error
    const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
    // A lost connection comes as a bulk error too, without write errors: nothing says then that anything was written.
    const onlyOlder = errors.every(({ code }) => code === 11000)
    if (errors.length === 0) throw new AppError('databaseUnavailable', { cause: error })
    if (!onlyOlder || error.result.getWriteConcernError() !== undefined) throw error
  }
}
