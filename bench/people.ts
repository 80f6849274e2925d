// npm run bench:people [seconds]: 200 people, each with the tab open and a click every four seconds, on the large world, with the limits and
// the syncing that a product has where nobody says otherwise. Nobody may be refused, and the p95 in the server must be 250 ms at most.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, connectTenants, environmentOn, hurried, localMasterKey, startProductFor, startThree, stopGround, tokenOf, type Persona } from '../scripts/house.ts'
import { openClicks, type Person } from './clicks.ts'

const count = 200
const clickMilliseconds = 4_000
const seconds = Number(process.argv[2] ?? 60)
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const quantile = (values: number[], q: number) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN
const three = (values: number[]) => [0.5, 0.95, 0.99].map((q) => `${quantile(values, q).toFixed(1)} ms`.padEnd(12)).join('')

const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'))
// Who connects 21 tenants in a minute asks for more than one may.
const first = await startThree({ database: { folder: join(folder, 'database') }, simulator: { world: 'large' }, masterKey: localMasterKey(folder), environment: hurried })
const { origin } = first
let { product } = first

interface Units {
  readonly items: { readonly streams: { readonly stream: string; readonly lastSuccessAt: string | null }[] }[]
}

/** Everything has been read once; these streams need a permission that the simulated tenants have not granted. */
async function untilRead(token: string): Promise<void> {
  for (;;) {
    const { items } = await call<Units>(origin, 'GET', '/api/v1/tenants', undefined, token)
    const units = items.flatMap(({ streams }) => streams).filter(({ stream }) => !['eligibility', 'securityDefaults'].includes(stream))
    if (units.length > 0 && units.every(({ lastSuccessAt }) => lastSuccessAt !== null)) return
    await pause(1000)
  }
}

/** Those whose mailboxes are read, and as many more as are missing; one in twenty is an administrator, one in four looks on. */
async function peopleOf(personas: readonly Persona[]): Promise<Person[]> {
  const tenantId = personas[0]!.tenantId
  const tenants = await call<{ tenantId: string; mailboxes: string[] }[]>(origin, 'GET', '/simulator/tenants')
  const technicians = tenants.find((tenant) => tenant.tenantId === tenantId)!.mailboxes
  const people: Person[] = []
  for (let n = 0; n < count; n += 1) {
    const known = technicians[n]
    const upn = known ?? `person.${n}@proseware.com`
    const outpost = n % 20 === 0 ? 'Admin' : n % 4 === 1 ? 'Viewer' : 'Member'
    if (known === undefined) await call(origin, 'POST', '/simulator/accounts', { tenantId, action: 'create', userPrincipalName: upn, displayName: `Person ${n}` })
    await call(origin, 'POST', '/simulator/accounts', { tenantId, action: 'giveOutpost', userPrincipalName: upn, outpost })
    people.push({ token: await tokenOf(origin, upn) })
  }
  return people
}

try {
  const personas = await call<Persona[]>(origin, 'GET', '/simulator/personas')
  const people = await peopleOf(personas)
  const token = await tokenOf(origin, personas.find(({ role }) => role === 'Admin')!.upn)
  await connectTenants(origin)
  await untilRead(token)
  await product.stop()
  product = await startProductFor(first, await environmentOn(first, localMasterKey(folder)))
  const direct = `http://127.0.0.1:${product.port}`
  const clicks = openClicks(direct)
  const { failures, waits } = clicks
  const listening = new AbortController()
  await Promise.all(people.map((person) => clicks.listen(person, listening.signal)))

  async function during(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds
    await Promise.all(people.map(async (person, n) => {
      // Those with a mailbox come first among the people, and not first in each interval.
      await pause((clickMilliseconds * ((n * 73) % count)) / count)
      for (let turn = n; performance.now() < end; turn += 1) {
        const next = pause(clickMilliseconds)
        await clicks.click(person, turn)
        await next
      }
    }))
  }

  console.log(`load of the machine before: ${loadavg().map((value) => value.toFixed(1)).join(' ')}`)
  await during(2 * clickMilliseconds)
  waits.length = 0
  const before = product.output().length
  const empty: number[] = []
  let measuring = true
  const beside = (async () => {
    for (; measuring; await pause(50)) {
      const from = performance.now()
      await (await fetch(`${direct}/healthz`)).arrayBuffer()
      empty.push(performance.now() - from)
    }
  })()
  await during(seconds * 1000)
  measuring = false
  await beside
  listening.abort()

  const inServer = new Map<string, number[]>()
  for (const line of product.output().slice(before).split('\n')) {
    const row = JSON.parse(line.startsWith('{') ? line : '{}') as { event?: string; route?: string; milliseconds?: number }
    if (row.event !== 'http' || row.route === '/api/v1/changes') continue
    inServer.set(row.route!, [...(inServer.get(row.route!) ?? []), row.milliseconds!])
  }
  const all = [...inServer.values()].flat()
  console.log(`${count} people, a click every ${clickMilliseconds / 1000} s, ${seconds} s: ${all.length} requests, ${failures.length} errors${failures.length === 0 ? '' : `: ${[...new Set(failures)].slice(0, 10).join(', ')}`}`)
  console.log(`load of the machine after:  ${loadavg().map((value) => value.toFixed(1)).join(' ')}\n`)
  console.log(`${''.padEnd(46)}p50         p95         p99`)
  for (const [route, times] of inServer) console.log(`${`${route} × ${times.length}`.padEnd(46)}${three(times)}`)
  console.log(`${'in the server, all'.padEnd(46)}${three(all)}`)
  console.log(`${'at the client, all'.padEnd(46)}${three(waits)}`)
  console.log(`${'at the client, an empty handler'.padEnd(46)}${three(empty)}`)
  const ratio = (q: number) => (quantile(waits, q) / quantile(empty, q)).toFixed(1)
  const p95 = quantile(all, 0.95)
  const reached = failures.length === 0 && p95 <= 250
  console.log(`ratio to the empty handler: ${ratio(0.5)} (p50), ${ratio(0.95)} (p95)\n${reached ? 'reached' : 'NOT reached'}: no error, and a p95 of 250 ms at most in the server`)
  process.exitCode = reached ? 0 : 1
} finally {
  await product.stop()
  await stopGround(first)
  rmSync(folder, { recursive: true, force: true })
}
