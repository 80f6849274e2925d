// The worker: takes units that are due, one lease each, and does a round of a stream or a job. Any number of workers can share a database.
import { randomUUID } from 'node:crypto'
import { toAppError } from '../errors.ts'
import { ensureUnits } from './ensureUnits.ts'
import type { WorkerOptions } from './options.ts'
import { Places, type Taker } from './places.ts'
import { runUnit } from './run.ts'
import { removeOrphans } from './takeBack.ts'
import { Units, type UnitDoc } from './units.ts'

export interface Worker {
  /** Takes no more work, calls off what runs (its bookmark keeps the place), and gives the leases back. */
  stop(): Promise<void>
}

const pollMilliseconds = 250
/** Of a tenant's units so many are looked at for one that may run: no more than a few are held back by what runs. */
const lookedAt = 12
/** What is missing and what nobody owns any more is looked for at the start and then every ten minutes, at the usual pace. */
const pausesBetweenTidying = 5

export function startWorker(options: WorkerOptions): Worker {
  const { db, log } = options
  const owner = randomUUID()
  const places = new Places()
  const running = new Map<string, { readonly work: Promise<void>; readonly ending: AbortController }>()
  let stopping = false
  let looking = false
  let endedMeanwhile = false
  let timer: NodeJS.Timeout | undefined
  let tidyTimer: NodeJS.Timeout | undefined

  /** Looks for work after a while, or at once when there may be some. */
  function look(milliseconds: number): void {
    clearTimeout(timer)
    if (!stopping) timer = setTimeout(() => void poll(), milliseconds)
  }

  async function poll(): Promise<void> {
    if (looking) return
    looking = true
    try {
      await fillPlaces()
    } catch (error) {
      log.error('worker.poll', toAppError(error))
    }
    looking = false
    look(endedMeanwhile ? 0 : pollMilliseconds)
    endedMeanwhile = false
  }

  async function fillPlaces(): Promise<void> {
    const waiting = new Set(await db(Units).dueTakers())
    for (;;) {
      const [taker] = places.inTurn([...waiting], performance.now())
      if (taker === undefined || stopping) return
      const unit = await claimOf(taker)
      if (unit === null) waiting.delete(taker)
      else start(unit)
    }
  }

  /** The first of its units that may run and that no other worker has. */
  async function claimOf(taker: Taker): Promise<UnitDoc | null> {
    for (const unit of await db(Units).dueOf(taker, lookedAt)) {
      if (running.has(unit._id) || !places.isFree(taker, aloneIn(unit))) continue
      const claimed = await db(Units).claim(unit._id, owner, options.leaseSeconds)
      if (claimed !== null) return claimed
    }
    return null
  }

  const aloneIn = (unit: UnitDoc) => options.streams.find(({ name }) => name === unit.stream)?.aloneIn?.(unit) ?? null

  function start(unit: UnitDoc): void {
    // One for each: Node keeps a little of every request for as long as a signal lives that can call it off.
    const ending = new AbortController()
    if (stopping) ending.abort()
    places.taken(unit._id, { taker: unit.tenantId, alone: aloneIn(unit) }, performance.now())
    const answered = () => places.answered(unit._id, performance.now())
    running.set(unit._id, { ending, work: runUnit(options, unit, { ending: ending.signal, answered }).finally(() => ended(unit._id)) })
  }

  /** Its place is free, and what it has read may have set something in motion. */
  function ended(unitId: string): void {
    running.delete(unitId)
    places.ended(unitId, performance.now())
    if (looking) endedMeanwhile = true
    else look(0)
  }

  async function tidy(): Promise<void> {
    await ensureUnits(options).catch((error: unknown) => log.error('worker.units', toAppError(error)))
    await removeOrphans(options).catch((error: unknown) => log.error('worker.orphans', toAppError(error)))
    if (!stopping) tidyTimer = setTimeout(() => void tidy(), options.syncSeconds * 1000 * pausesBetweenTidying)
  }

  void tidy()
  void poll()
  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      clearTimeout(tidyTimer)
      const units = [...running.values()]
      for (const { ending } of units) ending.abort()
      await Promise.allSettled(units.map(({ work }) => work))
    },
  }
}
