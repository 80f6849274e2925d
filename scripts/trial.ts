// The local trial: three processes, the simulated tenants connected, one address.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { takeLock } from '../infra/embedded-mongo/lock.ts'
import { call, connectTenants, localMasterKey, startThree, type Part } from './house.ts'

const usage = `npm start -- [options]
  --port N                    where Outpost is opened; 4300 unless told otherwise, here or by PORT
  --world small|large|tiny    how much there is in the simulated Microsoft 365; small unless told otherwise
  --seed N                    other data of the same size; 1 unless told otherwise
  --data FOLDER               where the trial keeps its databases and its key; .outpost unless told otherwise
  --help                      says this`

function read() {
  const text = (value: string) => ({ type: 'string', default: value }) as const
  try {
    return parseArgs({
      options: { port: text(process.env.PORT ?? '4300'), world: text('small'), seed: text('1'), data: text('.outpost'), help: { type: 'boolean', default: false } },
    }).values
  } catch (error) {
    // Its first sentence says what; the next ones are advice for other programs.
    console.error(`${(error as Error).message.split('. ')[0]}.\n\n${usage}`)
    process.exit(1)
  }
}

const values = read()
if (values.help) {
  console.log(usage)
  process.exit(0)
}

const parts: Part[] = []
let stopping = false

/** The product first, so that it can give its leases back; the database last. */
async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  for (const part of [...parts].reverse()) await part.stop()
  process.exit(code)
}

function watch(name: string, part: Part): void {
  parts.push(part)
  part.child.once('exit', (code) => {
    // When one part does not start, the others are told to end: they are not why.
    if (stopping || part.child.killed) return
    console.error(`The ${name} has ended (code ${code}). Its last words:\n${part.output().split('\n').slice(-15).join('\n')}`)
    void stop(1)
  })
}

/** An empty folder for the database of this port: the simulated world is made anew at each start, and so is what was read of it. */
function emptied(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    takeLock(folder)
  } catch (error) {
    throw new Error(`${(error as Error).message} A trial runs there already. End it, or start this one elsewhere: npm start -- --port 4400`, { cause: error })
  }
  rmSync(folder, { recursive: true })
  return folder
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))

try {
  const folder = resolve(values.data)
  const port = Number(values.port)
  console.log('Starting database, simulated Microsoft 365 and Outpost …')
  const { origin } = await startThree({
    database: { folder: emptied(join(folder, `database-${port}`)) },
    simulator: { port, world: values.world, seed: Number(values.seed) },
    masterKey: localMasterKey(folder),
    // A trial is watched, so it reads often.
    // All tenants are connected at once, by one person.
    environment: { OUTPOST_SYNC_SECONDS: '5', OUTPOST_LIMIT_TEST: '100' },
    started: watch,
  })
  console.log('Connecting the simulated tenants …')
  await connectTenants(origin)
  await call(origin, 'POST', '/simulator/channel', { action: 'add' })
  console.log(`\nOutpost runs at ${origin}\nThe page plays Microsoft Teams; all data is simulated. Press Ctrl-C to end.`)
} catch (error) {
  // Where a part has just died, its end says more than the request that it did not answer.
  await wait(200)
  if (!stopping) console.error(error instanceof Error ? error.message : error)
  await stop(1)
}
