// One go at a unit that a worker has claimed: the lease is kept beside the work, and what came of it is written when the lease is given back.
import { Changes } from '../changes/rows.ts'
import { Marks } from '../database/markRows.ts'
import { AppError, toAppError } from '../errors.ts'
import type { Graph } from '../graph/graph.ts'
import { id, type Log } from '../log.ts'
import { pauseSeconds, wishAfter, type Go, type Job } from './job.ts'
import { laneOf } from './lane.ts'
import { openParts } from './parts.ts'
import { NotYet, type Round } from './round.ts'
import { pauseAfter } from './schedule.ts'
import type { Stream } from './stream.ts'
import { takeBackIfRemoved } from './takeBack.ts'
import { isOfTenant, Units, type Outcome, type UnitDoc, type UnitOfTenant } from './units.ts'
import type { WorkerOptions } from './options.ts'

/** Of what could not be read so many are kept by name; all are counted. */
const mostUnread = 20

type Fields = NonNullable<Parameters<Log['info']>[1]>

/** What a worker and a round that it has begun tell each other. */
interface Between {
  /** Calls off what is under way. */
  readonly ending: AbortSignal
  /** Graph has answered, whatever it has said. */
  readonly answered: () => void
}

/** Never throws: what goes wrong is written to the unit, or to the log where even that cannot be done. */
export async function runUnit(options: WorkerOptions, unit: UnitDoc, worker: Between): Promise<void> {
  const stream = options.streams.find(({ name }) => name === unit.stream)
  const job = options.jobs.find(({ name }) => name === unit.stream)
  const fields = fieldsOf(unit, stream, job)
  const keepLease = keeperOf(options, unit, worker.ending)
  // A request can take longer than a lease, so the lease is kept alive beside the work.
  const heartbeat = setInterval(() => void keepLease().catch(() => undefined), (options.leaseSeconds * 1000) / 3)
  try {
    if (stream !== undefined && isOfTenant(unit)) await runStream(options, stream, unit, { keepLease, ...worker }, fields)
    else if (job !== undefined && unit.of !== undefined) await runJob(options, job, unit, { of: unit.of, keepLease }, fields)
    // Of a release that had it.
    else await options.db(Units).remove([unit._id])
  } catch (thrown) {
    if (thrown instanceof NotYet) await wait(options, unit, thrown.seconds, fields)
    else await fail(options, unit, toAppError(thrown), { stream, fields })
  } finally {
    clearInterval(heartbeat)
  }
}

function fieldsOf(unit: UnitDoc, stream: Stream | undefined, job: Job | undefined): Fields {
  if (job !== undefined) return { job: id(job.name), [job.about]: id(unit.of ?? '-') }
  const more = Object.entries(stream?.logged?.(unit) ?? {}).map(([name, value]) => [name, id(value)])
  return { tenant: id(unit.tenantId ?? '-'), stream: id(unit.stream), ...(Object.fromEntries(more) as Fields) }
}

function keeperOf({ db, leaseSeconds }: WorkerOptions, unit: UnitDoc, ending: AbortSignal): Round['keepLease'] {
  let lost = false
  return async (change) => {
    if (lost || ending.aborted) throw new AppError('leaseLost')
    if (!(await db(Units).renew(unit._id, unit.epoch, leaseSeconds, change))) {
      lost = true
      throw new AppError('leaseLost')
    }
    Object.assign(unit, change)
  }
}

/** A client that tells of each answer. */
const telling = (graph: Graph, answered: () => void): Graph => ({
  get: (...asked) => graph.get(...asked).finally(answered),
  batch: (items) => graph.batch(items).finally(answered),
})

async function runStream(options: WorkerOptions, stream: Stream, unit: UnitOfTenant, { keepLease, ending, answered }: Pick<Round, 'keepLease'> & Between, fields: Fields): Promise<void> {
  const { db, log, now, ownClientId, syncSeconds } = options
  const started = Date.now()
  const opened = await options.tenants.open(unit.tenantId, { ending })
  if (opened === null) return db(Units).remove([unit._id])
  const lane = stream.lane === undefined ? null : laneOf(stream.lane, unit.tenantId)
  const round: Round = { ...opened, graph: telling(opened.graph, answered), db, ownClientId, unit, now, lane, keepLease, parts: openParts(unit.attempts) }
  const items = await stream.read(round).finally(() => takeBackIfRemoved(options, unit))
  const partly = round.parts.outcome()
  if (partly !== null) log.warn('sync.partly', { ...fields, unread: partly.unread.length, code: id(partly.unread[0]!.code) })
  await conclude(options, stream, unit, {
    outcome: {
      lastSuccessAt: now(), lastError: partly === null ? null : errorRow(partly.error, now()), unread: partly?.unread.slice(0, mostUnread) ?? [], items,
      // What was taken for the fault of a part is not waited for anew.
      attempts: partly === null ? 0 : unit.attempts,
    },
    inSeconds: stream.pace?.(syncSeconds) ?? syncSeconds,
    // Whoever has the failure in view, or that nothing was read yet, learns that it is over.
    tell: partly !== null || unit.lastError !== null || unit.lastSuccessAt === null,
    fields,
  })
  log.info('sync.done', { ...fields, items, milliseconds: Date.now() - started })
}

interface Conclusion {
  readonly outcome: Outcome
  /** Until the next round. */
  readonly inSeconds: number
  /** Whether open tabs are told. */
  readonly tell: boolean
  readonly fields: Fields
}

/**
 * What came of a round is noted, what follows from it is asked for, and then the lease is given back: whoever sees a unit at rest sees what
 * follows asked for, and what is cut off between the two is done again.
 */
async function conclude(options: WorkerOptions, stream: Stream, unit: UnitOfTenant, conclusion: Conclusion): Promise<void> {
  const { db, jobs, leaseSeconds } = options
  const follows = conclusion.tell || jobs.some(({ follows }) => follows?.restsOn.includes(stream.name) === true)
  if (follows && !(await db(Units).renew(unit._id, unit.epoch, leaseSeconds, conclusion.outcome))) return
  await follow(options, stream, unit, conclusion)
  await db(Units).finish(unit, conclusion.inSeconds, conclusion.outcome)
}

/**
 * What follows from a round that has been noted. It makes no failure of a success: what is not done here is found to be missing after the
 * next round.
 */
async function follow({ db, now, jobs, log }: WorkerOptions, stream: Stream, unit: UnitOfTenant, { tell, fields }: Pick<Conclusion, 'tell' | 'fields'>): Promise<void> {
  try {
    if (tell) await db(Changes).add(now(), [{ kind: 'tenants', customerId: null }])
    await db(Marks).settle(stream.rows.map(({ name }) => name), unit.tenantId)
    await wishAfter(db, jobs, unit, now())
  } catch (error) {
    log.error('sync.follow', toAppError(error), fields)
  }
}

async function runJob({ db, now, log }: WorkerOptions, job: Job, unit: UnitDoc, { of, keepLease }: Pick<Go, 'keepLease'> & { of: string }, fields: Fields): Promise<void> {
  const started = Date.now()
  await job.run(db, of, { now: now(), epoch: unit.epoch, keepLease })
  if (job.once !== true || !(await db(Units).end(unit))) await db(Units).finish(unit, pauseSeconds, { lastSuccessAt: now(), lastError: null, attempts: 0 })
  log.info('job.done', { ...fields, milliseconds: Date.now() - started })
}

const errorRow = (error: AppError, at: Date) => ({ code: error.code, message: error.message, at })

async function fail(options: WorkerOptions, unit: UnitDoc, error: AppError, { stream, fields }: { stream: Stream | undefined; fields: Fields }): Promise<void> {
  const { db, log, now, syncSeconds } = options
  // What waits for a person says nothing of how often Microsoft may be asked.
  const attempts = error.retry === 'person' ? 0 : unit.attempts + 1
  log.error('sync.failed', error, { ...fields, attempts })
  try {
    if (error.code === 'leaseLost') return await db(Units).finish(unit, 0, {})
    const [inSeconds, outcome] = [pauseAfter(error, attempts, syncSeconds, Math.random()), { attempts, lastError: errorRow(error, now()) }]
    // What was read before it failed says something, and so does that the rest was not.
    if (stream !== undefined && isOfTenant(unit)) await conclude(options, stream, unit, { outcome, inSeconds, tell: true, fields })
    else await db(Units).finish(unit, inSeconds, outcome)
  } catch (second) {
    // The database is away: the lease runs out and the unit is taken up again from its bookmark.
    log.error('sync.unfinished', toAppError(second), fields)
  }
}

async function wait({ db, log }: WorkerOptions, unit: UnitDoc, seconds: number, fields: Fields): Promise<void> {
  log.info('sync.waits', { ...fields, seconds })
  await db(Units).finish(unit, seconds, {}).catch((error: unknown) => log.error('sync.unfinished', toAppError(error), fields))
}
