// A job is work behind the answers, a unit of its own for each thing that it is about (a customer, say): done by whichever worker takes it,
// and, where it follows from what streams have read, again when that has been read anew.
import type { Database } from '../database/collection.ts'
import { Units, type NewUnit } from './units.ts'

export interface Job {
  readonly name: string
  /** What its ids are ids of, in a word: `customer`. */
  readonly about: string
  /** Whether it is done for good when it is done, and its unit goes. */
  readonly once?: true
  /** Where it follows from what streams have read. */
  readonly follows?: Follows
  /** Does it, where there is something to do. May be repeated. @param of id of what it is about */
  run(db: Database, of: string, go: Go): Promise<void>
}

export interface Follows {
  /** Names of the streams whose rows it rests on. */
  readonly restsOn: readonly string[]
  /** Ids of what rests on rows of a tenant. */
  concerns(db: Database, tenantId: string): Promise<readonly string[]>
  /** After a round: which of these rest on something else by now than when they were done last, or have never been done. */
  outdated(db: Database, ids: readonly string[], read: RoundOf): Promise<readonly string[]>
}

/** A round that has ended. */
export interface RoundOf {
  readonly stream: string
  readonly tenantId: string
}

/** One go at a job, under a lease. */
export interface Go {
  readonly now: Date
  /** Of the lease: grows with each owner, so what is written under an older one must not take the place of what is there. */
  readonly epoch: number
  /** To be called between two portions of long work. @throws AppError `leaseLost`: stop at once */
  readonly keepLease: () => Promise<void>
}

/** Nothing is due until it is wished for. */
export const pauseSeconds = 10 * 365 * 24 * 3600

/** @param name of a job */
export const unitIdOf = (name: string, of: string): string => `${name}|${of}`

const unitOf = (job: Job, of: string): NewUnit => ({ _id: unitIdOf(job.name, of), tenantId: null, stream: job.name, own: { of } })

/** Asks for a job, now. */
export async function wishJob(db: Database, job: Job, ids: readonly string[], now: Date): Promise<void> {
  const units = ids.map((of) => unitOf(job, of))
  if (units.length === 0) return
  await db(Units).ensure(units, now)
  await db(Units).wishUnits(units.map(({ _id }) => _id))
}

/** Asks for every job about some things of a kind, now. */
export async function wishJobs(db: Database, jobs: readonly Job[], about: string, ids: readonly string[], now: Date): Promise<void> {
  for (const job of jobs) if (job.about === about) await wishJob(db, job, ids, now)
}

/** Asks for every job that rests on a stream, of what a round in a tenant has changed something for. */
export async function wishAfter(db: Database, jobs: readonly Job[], read: RoundOf, now: Date): Promise<void> {
  for (const job of jobs) {
    const { follows } = job
    if (follows?.restsOn.includes(read.stream) === true) await wishJob(db, job, await follows.outdated(db, await follows.concerns(db, read.tenantId), read), now)
  }
}
