// The connection to MongoDB, and the way from whatever is stored there to the shapes of today.
import { MongoClient } from 'mongodb'
import { AppError } from '../errors.ts'
import { databaseIn, type Database, type Described } from './collection.ts'
import { inTime } from './deadline.ts'
import { migrate } from './migrations.ts'

const limits = { appName: 'outpost', serverSelectionTimeoutMS: 10_000, waitQueueTimeoutMS: 10_000, ignoreUndefined: false }
const pingMilliseconds = 3_000

export interface OpenDatabase {
  readonly db: Database
  /** Answers when the database does; throws otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * Connects, and brings what is stored to the shapes of today: one copy of the process at a time, the others wait for it.
 * @param uri connection string
 * @param collections all that there are
 * @throws AppError `databaseUnavailable` when the database does not answer within 10 seconds; `databaseNewer`; `databaseUnmigrated`
 */
export async function openDatabase(uri: string, name: string, collections: readonly Described[]): Promise<OpenDatabase> {
  // A connection that died without a word is given up after a while, and nobody queues for one for ever.
  const client = new MongoClient(uri, { ...limits, socketTimeoutMS: 30_000 })
  const db = client.db(name)
  const ping = async () => {
    await inTime(db.command({ ping: 1 }), pingMilliseconds)
  }
  try {
    await client.connect()
    await ping()
  } catch (cause) {
    await client.close()
    throw new AppError('databaseUnavailable', { cause })
  }
  // Large collections take as long as they take: neither their rows nor their indexes come through a door that closes after 30 seconds.
  const patient = new MongoClient(uri, limits)
  try {
    await migrate(patient.db(name), collections)
  } catch (error) {
    await client.close()
    throw error
  } finally {
    await patient.close()
  }
  return { db: databaseIn(db), ping, close: () => client.close() }
}
