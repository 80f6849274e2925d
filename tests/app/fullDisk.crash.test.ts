// A disk that is full, and a clock that jumps: readiness says so in words, writes are refused with 503, and what was acknowledged is kept.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { MongoClient } from 'mongodb'
import { expect, it } from 'vitest'
import type { CustomerList } from '../../api/overview/model.ts'
import type { Readiness } from '../../api/http/model.ts'
import { call, startDatabase, startThree, stopThree, tokenOf, type Persona } from '../../scripts/house.ts'
import { openHouse } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

/** A database of somebody else's has another disk. Windows has no such limit on files. */
const embedded = process.env.MONGODB_TEST_URI === undefined && process.platform !== 'win32'
/** In blocks of 512 bytes: what a file of the database may have. */
const blocks = 40_000

const readinessAt = async (origin: string) => {
  const response = await fetch(`${origin}/readyz`)
  return { httpStatus: response.status, ...((await response.json()) as Readiness) }
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  const gone = new Promise((done) => process.once('exit', done))
  process.kill('SIGTERM')
  await gone
}

it.runIf(embedded)('a disk that is full', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-full-'))
  // Who ignores the signal gets an error from the write instead, as from a disk without room.
  const database = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "${process.execPath}" dist/node/database.js --data "${folder}"`], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const uri = await new Promise<string>((resolve) => createInterface({ input: database.stdout! }).on('line', (line) => line.startsWith('MONGODB_URI=') && resolve(line.slice('MONGODB_URI='.length))))
  const masterKey = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 89) % 251)).toString('base64')
  const house = await startThree({ database: { uri }, simulator: { world: 'tiny' }, masterKey })
  const client = new MongoClient(uri)
  let roomy: ChildProcess | null = null
  const { origin } = house
  try {
    const admin = (await call<Persona[]>(origin, 'GET', '/simulator/personas')).find(({ role }) => role === 'Admin')!
    const token = await tokenOf(origin, admin.upn)
    const add = (name: string) => fetch(`${origin}/api/v1/customers`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }, body: JSON.stringify({ name, domains: [`${name.toLowerCase()}.example`] }) })
    const names = async () => (await call<CustomerList>(origin, 'GET', '/api/v1/customers', undefined, token)).items.map(({ name }) => name)
    const acknowledged = ['Before']
    expect((await add('Before')).status).toBe(201)
    expect(await readinessAt(origin)).toMatchObject({ httpStatus: 200, status: 'ready' })

    const others = client.db('somebody').collection('else')
    // As large as fits, then smaller, until not even a row fits.
    for (let size = 1_000_000; size >= 100; size /= 10) while (await others.insertOne({ fill: 'x'.repeat(size) }).then(() => true, () => false));
    expect(await readinessAt(origin)).toMatchObject({ httpStatus: 503, status: 'notReady', troubles: [{ code: 'databaseClosed', message: expect.stringContaining('its disk is full') as string }] })
    // What others have given back takes a few more.
    const refused = await until('a write is refused', async () => {
      const name = `While${acknowledged.length}`
      const answer = await add(name)
      if (answer.status === 201) acknowledged.push(name)
      return answer.status === 201 ? null : answer
    })
    expect({ status: refused.status, body: (await refused.json()) as unknown }).toMatchObject({ status: 503, body: { error: { code: 'databaseClosed', message: expect.stringContaining('Nothing was changed') as string } } })
    expect((await names()).sort(), 'what was acknowledged, and no more').toEqual(acknowledged.sort())

    // Room is made.
    await ended(database)
    roomy = (await startDatabase(folder)).part.child
    await until('it is ready again', async () => (await readinessAt(origin)).status === 'ready')
    expect((await add('Afterwards')).status).toBe(201)
    expect((await names()).sort()).toEqual([...acknowledged, 'Afterwards'].sort())
  } finally {
    await client.close()
    await stopThree(house)
    for (const one of [database, roomy]) if (one !== null) await ended(one)
    rmSync(folder, { recursive: true, force: true })
  }
})

it.runIf(embedded)('a database whose clock has jumped: it serves, and says so', async () => {
  const house = await openHouse({ world: 'tiny', alone: true })
  try {
    await house.killDatabase(['--clock-offset-seconds', '3600'])
    const said = await until('it has found its database again', async () => {
      const found = await readinessAt(house.origin)
      return found.status === 'ready' ? found : null
    })
    expect(said).toMatchObject({ httpStatus: 200, troubles: [{ code: 'clockWrong', message: expect.stringMatching(/36\d\d seconds apart.*NTP/) as string }] })
    await house.synced()
  } finally {
    await house.close()
  }
})
