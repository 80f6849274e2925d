// What the person at the terminal reads when the trial starts, and when the product or the simulator cannot.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProduct, startSimulator } from '../../scripts/house.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
})
afterAll(() => house?.close())

const sentenceOf = (start: Promise<unknown>) => start.then(() => 'started', (error: Error) => error.message)

it('Outpost says at the start what is missing or wrong, all at once.', async () => {
  const text = await sentenceOf(startProduct({ MONGODB_URI: 'nonsense', OUTPOST_TENANT_ID: 'contoso' }))
  for (const name of ['MONGODB_URI', 'OUTPOST_TENANT_ID', 'OUTPOST_CLIENT_ID', 'OUTPOST_BOT_ID', 'OUTPOST_BOT_SECRET', 'OUTPOST_MASTER_KEY', 'OUTPOST_PUBLIC_URL']) expect(text).toContain(`- ${name} `)
  expect(text).not.toContain('nonsense')
})

it('port taken', async () => {
  const taken: Server = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  expect(await sentenceOf(startProduct({ ...house.environment(), PORT: String(port) }))).toContain(`Port ${port} is already in use.`)
  expect(await sentenceOf(startSimulator({ port }))).toContain(`Port ${port} is taken.`)
  taken.close()
})

it('database unreachable', async () => {
  expect(await sentenceOf(startProduct({ ...house.environment(), MONGODB_URI: 'mongodb://127.0.0.1:9/' }))).toContain('Outpost cannot reach its database. Check that MONGODB_URI is right')
})

it('production with an origin that is not https', async () => {
  const text = await sentenceOf(startProduct({ ...house.environment(), NODE_ENV: 'production' }))
  for (const name of ['OUTPOST_PUBLIC_URL', 'OUTPOST_GRAPH_ORIGIN', 'OUTPOST_ENTRA_ORIGIN', 'OUTPOST_BOT_OPENID_URL']) expect(text).toContain(`${name} must begin with https://`)
})

it('the simulator in production', async () => {
  process.env.NODE_ENV = 'production'
  const text = await sentenceOf(startSimulator({ port: 0 }))
  process.env.NODE_ENV = 'test'
  expect(text).toMatch(/production/)
})

describe('npm start', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'outpost-trial-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 }))

  /** What a trial that does not start says, and how it ends. */
  const trial = async (args: string[], environment: NodeJS.ProcessEnv = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/trial.ts', '--world', 'tiny', '--data', folder, ...args], { env: { ...process.env, ...environment } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
    const code = await new Promise((resolve) => child.once('close', resolve))
    return { code, said }
  }

  it.each([
    ['a port that is none', ['--port', 'abc'], '--port must be a number from 0 to 65535.'],
    ['a world that is none', ['--port', '0', '--world', 'nonsense'], '--world must be small, large or tiny.'],
    ['a seed that is none', ['--port', '0', '--seed', 'x'], '--seed must be a whole number.'],
  ])('%s: says so, and blames nothing else', async (_, args, sentence) => {
    expect(await trial(args)).toEqual({ code: 1, said: `Starting database, simulated Microsoft 365 and Outpost …\n${sentence}\n` })
  })

  it('a port that is taken: says which, and how to take another', async () => {
    const { port } = new URL(house.origin)
    const { code, said } = await trial(['--port', port])
    expect({ code, last: said.split('\n').at(-2) }).toEqual({ code: 1, last: `Port ${port} is taken. Stop the process that uses it, or take another port: npm start -- --port 4400` })
    expect(said).not.toContain('has ended')
  })

  it('a part that dies during the start: says which', async () => {
    // A moment after it has said that it runs.
    const dying = `if (process.argv[1].endsWith('simulator.js')) console.log = (line) => {
      process.stdout.write(line + '\\n')
      setTimeout(() => process.exit(3), 200)
    }`
    const { code, said } = await trial(['--port', '0'], { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(dying)}` })
    expect(code).toBe(1)
    expect(said).toContain('The simulator has ended (code 3).')
  })

  it('an option that is none: says which, and names those that there are', async () => {
    const { code, said } = await trial(['--prot', '4400'])
    expect(code).toBe(1)
    expect(said).toMatch(/^Unknown option '--prot'\.\n/)
    for (const name of ['--port', '--world', '--seed', '--data', '--help']) expect(said).toContain(`\n  ${name} `)
    expect(await trial(['--help'])).toEqual({ code: 0, said: expect.stringContaining('--world small|large|tiny') as string })
  })

  it('a database of another trial that runs: refuses, and leaves it alone', async () => {
    const kept = join(folder, 'database-0')
    mkdirSync(kept, { recursive: true })
    writeFileSync(join(kept, 'server.lock'), JSON.stringify({ pid: process.pid, started: '', token: 'other' }))
    const { code, said } = await trial(['--port', '0'])
    expect(code).toBe(1)
    expect(said).toContain(`is in use by the server with process id ${process.pid}. A trial runs there already. End it, or start this one elsewhere: npm start -- --port 4400\n`)
    expect(existsSync(join(kept, 'server.lock'))).toBe(true)
    rmSync(kept, { recursive: true })
  })
})

it('npm start prints one address, and leaves nothing behind when npm is ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-trial-'))
  const npm = spawn('npm', ['start', '--', '--port', '0', '--world', 'tiny', '--data', folder], { stdio: ['ignore', 'pipe', 'ignore'] })
  let printed = ''
  npm.stdout.on('data', (chunk) => (printed += String(chunk)))
  const address = await until('the address', () => Promise.resolve(/^Outpost runs at (http:\/\/127\.0\.0\.1:\d+)$/m.exec(printed)?.[1]), 60)
  const page = () => fetch(address).then((response) => response.status, () => 'nobody there')
  expect(await page()).toBe(200)
  npm.kill('SIGTERM')
  await until('nobody listens any more', async () => (await page()) === 'nobody there')
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
}, 90_000)
