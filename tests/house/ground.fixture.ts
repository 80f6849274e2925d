// What a house stands on: a database and a simulated Microsoft 365. They are started once in a worker, and made anew for each
// house without a new process. A house that will kill them, or that needs other ones, gets its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, startDatabase, startGround, stopGround, type Ground, type Part } from '../../scripts/house.ts'
import { atEndOfWorker } from './worker.fixture.ts'

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
  readonly leave: () => Promise<void>
}

async function start({ world, seed, databaseArguments }: GroundOptions): Promise<HouseGround> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-'))
  const data = join(folder, 'database')
  const given = process.env.MONGODB_TEST_URI
  try {
    const parts = await startGround({ database: given === undefined ? { folder: data, args: databaseArguments } : { uri: given }, simulator: { world, seed } })
    let { database } = parts
    return {
      ...parts,
      get database() {
        return database
      },
      async startDatabase(args = databaseArguments) {
        database = (await startDatabase(data, args)).part
        return database
      },
      leave: async () => {
        await stopGround({ ...parts, database })
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

let kept: HouseGround | null = null

/** @returns a world as at its start, and an address of a database in which a name of one's own is empty */
export async function groundFor(options: GroundOptions): Promise<HouseGround> {
  if (options.alone) return start(options)
  if (kept === null) {
    kept = await start(options)
    atEndOfWorker(kept.leave)
  } else await call(kept.origin, 'POST', '/simulator/reset', { world: options.world, seed: options.seed })
  return { ...kept, leave: () => Promise.resolve() }
}
