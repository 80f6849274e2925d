// Writes a small dump of a database that this code wrote: the tiny world, read once, with an alert in a channel, a question in a
// chat, opened mail and a changed customer. One is kept for each shape of the database that people may have
// (tests/fixtures), and migrations are tested on it. Usage: node --import tsx scripts/dump.ts FILE
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { EJSON } from 'bson'
import { MongoClient } from 'mongodb'
import { call, connectTenants, giveAlertsTo, startThree, stopThree, tokenOf, type Persona } from './house.ts'

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('Name the file to write, e.g. tests/fixtures/database-0.1.0.json.gz')

const folder = mkdtempSync(join(tmpdir(), 'outpost-dump-'))
const house = await startThree({
  database: { folder: join(folder, 'database') }, simulator: { world: 'tiny' }, masterKey: createHash('sha256').update('outpost').digest('base64'),
  environment: { MONGODB_DATABASE: 'dump' },
})
const { origin, product } = house
const client = new MongoClient(house.uri)
const db = client.db('dump')

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 600) throw new Error(`${what}: not within a minute`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

try {
  await call(origin, 'POST', '/simulator/channel', { action: 'add' })
  await giveAlertsTo(origin)
  await connectTenants(origin)
  await until('the first round', async () => (await db.collection('units').countDocuments()) > 0 && (await db.collection('units').countDocuments({ lastSuccessAt: null, lastError: null })) === 0)
  await until('a card', async () => (await db.collection('cards').countDocuments({ state: 'posted' })) > 0)
  const admin = (await call<Persona[]>(origin, 'GET', '/simulator/personas')).find(({ role }) => role === 'Admin')!
  const token = await tokenOf(origin, admin.upn)
  const api = <T>(method: string, path: string, body?: unknown) => call<T>(origin, method, `/api/v1${path}`, body, token)
  const { items: [customer] } = await api<{ items: { id: string }[] }>('GET', '/customers')
  await api('PATCH', `/customers/${customer!.id}`, { aliases: ['Headquarters'] })
  const { items } = await api<{ items: { id: string; private: boolean }[] }>('GET', `/customers/${customer!.id}/messages`)
  await api('GET', `/messages/${items.find((message) => !message.private)!.id}/body`)
  await call(origin, 'POST', '/simulator/chat', { from: admin.upn, text: 'mfa', where: 'personal' })
  await product.stop()
  const dump: Record<string, unknown[]> = {}
  for (const { name } of await db.listCollections().toArray()) dump[name] = await db.collection(name).find().toArray()
  const indexes: Record<string, unknown[]> = {}
  for (const name of Object.keys(dump)) indexes[name] = await db.collection(name).indexes()
  writeFileSync(file, gzipSync(EJSON.stringify({ documents: dump, indexes }, { relaxed: false })))
  for (const [name, documents] of Object.entries(dump).sort()) process.stdout.write(`${name} ${documents.length}\n`)
} finally {
  await client.close()
  await stopThree(house)
  rmSync(folder, { recursive: true, force: true })
}
