// The local trial: three processes, the simulated tenants connected, one address.
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { call, connectTenants, localMasterKey, startThree, type Part } from './house.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '4300' },
    world: { type: 'string', default: 'small' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: '.outpost' },
  },
})

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
    if (stopping) return
    console.error(`The ${name} has ended (code ${code}). Its last words:\n${part.output().split('\n').slice(-15).join('\n')}`)
    void stop(1)
  })
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))

try {
  const folder = resolve(values.data)
  // The simulated world is made anew at each start, so the trial's database is too.
  rmSync(join(folder, 'database'), { recursive: true, force: true })
  console.log('Starting database, simulated Microsoft 365 and Outpost …')
  const { origin } = await startThree({
    database: { folder: join(folder, 'database') },
    simulator: { port: Number(values.port), world: values.world, seed: Number(values.seed) },
    masterKey: localMasterKey(folder),
    // A trial is watched, so it reads often.
    environment: { OUTPOST_SYNC_SECONDS: '5' },
    started: watch,
  })
  console.log('Connecting the simulated tenants …')
  await connectTenants(origin)
  await call(origin, 'POST', '/simulator/channel', { action: 'add' })
  console.log(`\nOutpost runs at ${origin}\nThe page plays Microsoft Teams; all data is simulated. Press Ctrl-C to end.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
}
