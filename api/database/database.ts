// The connection to MongoDB, and the way from whatever is stored there to the shapes of today.
import { MongoClient } from 'mongodb'
import { AppError } from '../errors.ts'
import { databaseIn, type Database, type Described } from './collection.ts'
import { inTime } from './deadline.ts'
import { migrate } from './migrations.ts'

const limits = { appName: 'outpost', serverSelectionTimeoutMS: 10_000, waitQueueTimeoutMS: 10_000, ignoreUndefined: false }
const probeMilliseconds = 3_000
/** A full disk still takes a date in the place of a date: it has to be something that needs room. */
const probeFill = '0'.repeat(16_384)

export interface OpenDatabase {
  readonly db: Database
  /** Writes a row: a database can answer every question and take no write. @returns its clock; throws when it does not take the write in time */
  probe(): Promise<Date>
  close(): Promise<void>
}

/** One command, when it has ended. */
export interface HeardCommand {
  readonly name: string
  readonly milliseconds: number
  readonly failed: boolean
}

/**
 * Connects, and brings what is stored to the shapes of today: one copy of the process at a time, the others wait for it.
 * @param uri connection string
 * @param collections all that there are
 * @param heard is told of each command
 * @throws AppError `databaseUnavailable` when the database does not answer within 10 seconds; `databaseNewer`; `databaseUnmigrated`
 */
export async function openDatabase(uri: string, name: string, collections: readonly Described[], heard?: (command: HeardCommand) => void): Promise<OpenDatabase> {
  // A connection that died without a word is given up after a while, and nobody queues for one for ever.
  const client = new MongoClient(uri, { ...limits, socketTimeoutMS: 30_000, monitorCommands: heard !== undefined })
  if (heard !== undefined) {
    const told = (failed: boolean) => ({ commandName, duration }: { commandName: string; duration: number }) => heard({ name: commandName, milliseconds: duration, failed })
    client.on('commandSucceeded', told(false)).on('commandFailed', told(true))
  }
  const db = client.db(name)
  try {
    await client.connect()
    await inTime(db.command({ ping: 1 }), probeMilliseconds)
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
  const probe = async () => {
    const rows = db.collection<{ _id: string; at: Date; fill: string }>('schema')
    const write = (fill: string) => rows.findOneAndUpdate({ _id: 'probe' }, [{ $set: { at: '$$NOW', fill } }], { upsert: true, returnDocument: 'after' })
    const row = await inTime(write(probeFill), probeMilliseconds)
    await inTime(write(''), probeMilliseconds)
    return row!.at
  }
  return { db: databaseIn(db), probe, close: () => client.close() }
}
