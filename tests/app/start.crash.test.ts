// What the person at the terminal reads when the trial starts, and when the product or the simulator cannot.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startProduct, startSimulator } from '../../scripts/house.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
})
afterAll(() => house.close())

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
