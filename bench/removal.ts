// npm run bench:removal [mails]: a customer with very much mail is archived, while somebody else asks for the list of customers, one request
// after the other. Nobody may be refused; how long they wait is shown beside how long they wait when nothing is removed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient, type Document } from 'mongodb'
import { call, connectTenants, hurried, localMasterKey, startThree, stopThree, tokenOf, type Persona } from '../scripts/house.ts'

const mails = Number(process.argv[2] ?? 95_000)
const portion = 5_000
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const quantile = (values: readonly number[], q: number) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN
const line = (name: string, waits: readonly number[]) => console.log(`${`${name} × ${waits.length}`.padEnd(34)}${[0.5, 0.95, 1].map((q) => `${quantile(waits, q).toFixed(1)} ms`.padEnd(12)).join('')}`)

const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'))
const house = await startThree({
  database: { folder: join(folder, 'database') }, simulator: { world: 'small' }, masterKey: localMasterKey(folder),
  environment: { ...hurried, OUTPOST_SYNC_SECONDS: '3600' },
})
const { origin, product, uri } = house
const client = await new MongoClient(uri).connect()

try {
  const admin = (await call<Persona[]>(origin, 'GET', '/simulator/personas')).find(({ role }) => role === 'Admin')!
  const token = await tokenOf(origin, admin.upn)
  const ask = <T>(method: string, path: string, body?: unknown) => call<T>(`http://127.0.0.1:${product.port}`, method, `/api/v1${path}`, body, token)
  await connectTenants(origin)
  const { items: [customer] } = await ask<{ items: { id: string }[] }>('GET', '/customers?search=Contoso')
  const messages = client.db('outpost').collection('messages')
  let copy: Document | null = null
  for (; copy === null; await pause(500)) copy = await messages.findOne({ customerId: customer!.id, private: false })
  await pause(10_000)
  for (let n = 0; n < mails; n += portion) {
    await messages.insertMany(Array.from({ length: Math.min(portion, mails - n) }, (_, i) => ({ ...copy, _id: `planted-${n + i}` as never, immutableId: `planted-${n + i}`, mailKey: `planted-${n + i}` })))
  }
  await pause(5_000)

  async function waitsWhile(goesOn: () => boolean): Promise<number[]> {
    const waits: number[] = []
    while (goesOn()) {
      const from = performance.now()
      await ask('GET', '/customers')
      waits.push(performance.now() - from)
    }
    return waits
  }
  const end = performance.now() + 10_000
  console.log(`${''.padEnd(34)}p50         p95         longest`)
  line('nothing is removed', await waitsWhile(() => performance.now() < end))

  let removing = true
  const others = waitsWhile(() => removing)
  const from = performance.now()
  await ask('PATCH', `/customers/${customer!.id}`, { archived: true })
  const answered = performance.now() - from
  while ((await messages.countDocuments({ customerId: customer!.id }, { limit: 1 })) > 0) await pause(100)
  const removed = performance.now() - from
  removing = false
  line(`while ${mails} mails are removed`, await others)
  console.log(`\nthe archiving was answered after ${answered.toFixed(0)} ms; the last mail had gone after ${(removed / 1000).toFixed(1)} s`)
} finally {
  await client.close()
  await stopThree(house)
  rmSync(folder, { recursive: true, force: true })
}
