// What a house stands on: a database and a simulated Microsoft 365. They are started once in a worker, and made anew for each
// house without a new process. A house that will kill them, or that needs other ones, gets its own.
import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, startDatabase, startGround, stopGround, type Ground, type Part } from '../../scripts/house.ts'

export interface GroundOptions {
  readonly world: 'small' | 'tiny' | 'large'
  readonly seed: number
  /** True: processes of its own, that may be killed. */
  readonly alone: boolean
  /** Further arguments of the embedded database; only alone. */
  readonly databaseArguments: string[]
}

export interface HouseGround extends Ground {
  /** Starts the embedded database again on the same data. @param args instead of those at first */
  startDatabase(args?: string[]): Promise<Part>
  /** To be called when the house on it is closed. */
  leave(): Promise<void>
}

interface Owned extends HouseGround {
  readonly folder: string
}

async function start({ world, seed, databaseArguments }: GroundOptions): Promise<Owned> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-'))
  const data = join(folder, 'database')
  const given = process.env.MONGODB_TEST_URI
  try {
    const parts = await startGround({ database: given === undefined ? { folder: data, args: databaseArguments } : { uri: given }, simulator: { world, seed } })
    let { database } = parts
    return {
      ...parts,
      folder,
      get database() {
        return database
      },
      async startDatabase(args = databaseArguments) {
        database = (await startDatabase(data, args)).part
        return database
      },
      async leave() {
        await stopGround({ ...parts, database })
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

let kept: Promise<Owned> | null = null

/** Vitest ends a worker with this signal, and gives it no time to wait for anything. */
function endWithWorker({ database, simulator, folder }: Owned): void {
  process.once('SIGTERM', () => {
    for (const part of [database, simulator]) part?.child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
    process.kill(process.pid, 'SIGTERM')
  })
}

/** @returns a world as at its start, and an address of a database in which a name of one's own is empty */
export async function groundFor(options: GroundOptions): Promise<HouseGround> {
  if (options.alone) return start(options)
  const first = kept === null
  kept ??= start(options)
  const ground = await kept.catch((error: unknown) => {
    kept = null
    throw error
  })
  if (first) endWithWorker(ground)
  else await call(ground.origin, 'POST', '/simulator/reset', { world: options.world, seed: options.seed })
  return { ...ground, leave: () => Promise.resolve() }
}
