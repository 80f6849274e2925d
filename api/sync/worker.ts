// The worker: takes units that are due, one lease each, and does a round of a stream or a job. Any number of workers can share a database.
import { randomUUID } from 'node:crypto'
import { toAppError } from '../errors.ts'
import { ensureUnits } from './ensureUnits.ts'
import type { WorkerOptions } from './options.ts'
import { runUnit } from './run.ts'
import { removeOrphans } from './takeBack.ts'
import { Units, type UnitDoc } from './units.ts'

export interface Worker {
  /** Takes no more work, calls off what runs (its bookmark keeps the place), and gives the leases back. */
  stop(): Promise<void>
}

const atOnce = 6
const pollMilliseconds = 250
/** What is missing and what nobody owns any more is looked for at the start and then every ten minutes, at the usual pace. */
const pausesBetweenTidying = 5

export function startWorker(options: WorkerOptions): Worker {
  const { db, log } = options
  const owner = randomUUID()
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
      const free = atOnce - running.size
      if (free > 0) {
        for (const unitId of await db(Units).due(free + running.size)) {
          if (stopping || running.size >= atOnce) break
          if (running.has(unitId)) continue
          const unit = await db(Units).claim(unitId, owner, options.leaseSeconds)
          if (unit !== null) start(unit)
        }
      }
    } catch (error) {
      log.error('worker.poll', toAppError(error))
    }
    looking = false
    look(endedMeanwhile ? 0 : pollMilliseconds)
    endedMeanwhile = false
  }

  function start(unit: UnitDoc): void {
    // One for each: Node keeps a little of every request for as long as a signal lives that can call it off.
    const ending = new AbortController()
    if (stopping) ending.abort()
    running.set(unit._id, { ending, work: runUnit(options, unit, ending.signal).finally(() => ended(unit._id)) })
  }

  /** Its place is free, and what it has read may have set something in motion. */
  function ended(unitId: string): void {
    running.delete(unitId)
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
