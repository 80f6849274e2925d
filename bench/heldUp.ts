// npm run bench:heldUp: the delay of the product's event loop while it is idle, and while people open mails that were built to hold
// it up. While they are opened it is to stay within 50 ms of idle at p99.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { call, connectTenants, localMasterKey, startThree, stopThree, tokenOf, type Persona } from '../scripts/house.ts'

const seconds = 20
const readers = 4
const bodies = {
  nested: '<div>'.repeat(100_000),
  'left open': '<b><p>a'.repeat(100_000),
  links: '<a href=x>'.repeat(100_000),
  styles: '<p style="background:url(((((,;color:red">x</p>'.repeat(20_000),
  long: '<p>more and more</p>'.repeat(100_000),
  growing: '&'.repeat(1_000_000),
}

const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'))
process.env.NODE_OPTIONS = `--import ${pathToFileURL(join(import.meta.dirname, 'eventLoop.mjs')).href}`
const house = await startThree({
  database: { folder: join(folder, 'database') }, simulator: { world: 'tiny' }, masterKey: localMasterKey(folder), environment: { OUTPOST_SYNC_SECONDS: '3600' },
})
delete process.env.NODE_OPTIONS
const { origin, product } = house
const direct = `http://127.0.0.1:${product.port}`
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface Delay {
  p50: number
  p99: number
  max: number
}
/** Since it was asked before. */
async function delay(): Promise<Delay> {
  const told = once(product.child, 'message')
  product.child.send('delay')
  return ((await told) as [Delay])[0]
}
const line = (name: string, { p50, p99, max }: Delay) => console.log(`${name.padEnd(24)}${[p50, p99, max].map((value) => `${value.toFixed(1)} ms`.padEnd(12)).join('')}`)

try {
  const admin = (await call<Persona[]>(origin, 'GET', '/simulator/personas')).find(({ role }) => role === 'Admin')!
  const token = await tokenOf(origin, admin.upn)
  const get = <T>(path: string) => call<T>(direct, 'GET', path, undefined, token)
  for (const [subject, body] of Object.entries(bodies)) {
    await call(origin, 'POST', '/simulator/mail', { mailbox: admin.upn, from: 'kim.kettle@contoso.com', to: [admin.upn], subject, contentType: 'html', body })
  }
  await connectTenants(origin)
  const { items } = await get<{ items: { id: string; name: string }[] }>('/api/v1/customers?search=Contoso')
  const ids: string[] = []
  for (const subject of Object.keys(bodies)) {
    for (let id: string | undefined; id === undefined; await pause(250)) {
      const page = await get<{ items: { id: string; subject: string | null }[] }>(`/api/v1/customers/${items[0]!.id}/messages?limit=100`)
      id = page.items.find((row) => row.subject === subject)?.id
      if (id !== undefined) ids.push(id)
    }
  }
  await pause(10_000)

  console.log(`delay of the event loop p50         p99         max      (each over ${seconds} s)`)
  await delay()
  await pause(seconds * 1000)
  const idle = await delay()
  line('idle', idle)
  const end = performance.now() + seconds * 1000
  const opened = await Promise.all(Array.from({ length: readers }, async (_, reader) => {
    let count = 0
    for (; performance.now() < end; count++) await get(`/api/v1/messages/${ids[(reader + count) % ids.length]!}/body`)
    return count
  }))
  const busy = await delay()
  line(`${opened.reduce((a, b) => a + b, 0)} opened by ${readers}`, busy)
  console.log(`\np99 beyond idle: ${(busy.p99 - idle.p99).toFixed(1)} ms, to be 50 at most`)
} finally {
  await stopThree(house)
  rmSync(folder, { recursive: true, force: true })
}
