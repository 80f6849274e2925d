// A lease of the whole database: for work that is done by one copy of the process at a time, at a start or by hand.
import { randomUUID } from 'node:crypto'
import { MongoServerError, type Db } from 'mongodb'
import { AppError } from '../errors.ts'

/** Lies beside the versions of the collections. */
interface LeaseRow {
  _id: string
  owner: string | null
  until: Date
}

const leaseMilliseconds = 15_000
const waitMilliseconds = 500

/**
 * Does something that one copy of the process at a time may do; the others wait.
 * @param name of the lease; @param work gets what keeps the lease, which throws when another copy has taken it: then nothing more may be written
 */
export async function withLease<T>(db: Db, name: string, work: (keep: () => Promise<void>) => Promise<T>): Promise<T> {
  const leases = db.collection<LeaseRow>('schema')
  const owner = randomUUID()
  const until = { $add: ['$$NOW', leaseMilliseconds] }
  const take = async (): Promise<boolean> => {
    await leases.updateOne({ _id: name }, { $setOnInsert: { owner: null, until: new Date(0) } }, { upsert: true }).catch(ignoreTwin)
    const taken = await leases.updateOne({ _id: name, $expr: { $or: [{ $lte: ['$until', '$$NOW'] }, { $eq: ['$owner', owner] }] } }, [{ $set: { owner, until } }])
    return taken.matchedCount === 1
  }
  const keep = async () => {
    const kept = await leases.updateOne({ _id: name, owner }, [{ $set: { until } }])
    if (kept.matchedCount === 0) throw new AppError('leaseLost')
  }
  while (!(await take())) await new Promise((resolve) => setTimeout(resolve, waitMilliseconds))
  // One step can take longer than the lease.
  const heartbeat = setInterval(() => void keep().catch(() => undefined), leaseMilliseconds / 3)
  try {
    return await work(keep)
  } finally {
    clearInterval(heartbeat)
    await leases.updateOne({ _id: name, owner }, { $set: { owner: null, until: new Date(0) } }).catch(() => undefined)
  }
}

/** Two copies that start at once both make the row. */
function ignoreTwin(error: unknown): void {
  if (!(error instanceof MongoServerError && error.code === 11000)) throw error
}
