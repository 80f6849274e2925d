// npm run bench: what the product costs on the large world (20 customers × 200 accounts, 50 technicians × 2,000 messages), as
// ratios measured side by side in one run. Times in the server come from its own log.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, connectTenants, environmentOn, hurried, localMasterKey, startProduct, startThree, stopThree, tokenOf, type Persona } from '../scripts/house.ts'
import { fairness } from './fairness.ts'

const rounds = 150
const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'))
const house = await startThree({
  database: { folder: join(folder, 'database') }, simulator: { world: 'large' }, masterKey: localMasterKey(folder), environment: { OUTPOST_SYNC_SECONDS: '3600', ...hurried },
})
const { origin, product } = house
const direct = `http://127.0.0.1:${product.port}`

const quantile = (values: number[], q: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!
const round1 = (value: number) => Math.round(value * 10) / 10
const residentMegabytes = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

interface Unit {
  streams: { stream: string; lastSuccessAt: string | null; lastError: { code: string } | null }[]
}
interface GraphRequest {
  method: string
  path: string
  status: number
  tenantId: string
}

try {
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`)
  const personas = await call<Persona[]>(origin, 'GET', '/simulator/personas')
  const admin = personas.find(({ role }) => role === 'Admin')!
  const token = await tokenOf(origin, admin.upn)

  // 1. the first sync
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, residentMegabytes(product.child.pid!))), 200)
  const before = residentMegabytes(product.child.pid!)
  await call(origin, 'DELETE', '/simulator/requests')
  const started = performance.now()
  await connectTenants(origin)
  for (;;) {
    const { items } = await call<{ items: Unit[] }>(direct, 'GET', '/api/v1/tenants', undefined, token)
    // These need a permission that the simulated tenants have not granted.
    const units = items.flatMap(({ streams }) => streams).filter(({ stream }) => !['eligibility', 'securityDefaults'].includes(stream))
    if (units.every(({ lastSuccessAt }) => lastSuccessAt !== null)) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  clearInterval(watch)
  const seconds = (performance.now() - started) / 1000
  const requests = await call<GraphRequest[]>(origin, 'GET', '/simulator/requests')
  const asked = requests.filter(({ path }) => !path.includes('/token'))
  // What nothing can avoid: each page of a list or of a delta round. The rest: whose mailbox, which folders, connection tests, refusals.
  const isPage = ({ method, path, status }: GraphRequest) =>
    method === 'GET' && status === 200 && /(delta|calendarView|userRegistrationDetails|roleAssignments|roleDefinitions|subscribedSkus|members|appRoleAssignedTo)(\(\))?$/.test(path)
  const pages = asked.filter(isPage).length + 2 * new Set(asked.map(({ tenantId }) => tenantId)).size // and organization, applications
  console.log(`first sync        ${round1(seconds)} s, ${asked.length} requests for ${pages} pages = ${(asked.length / pages).toFixed(2)} a page`)
  console.log(`memory            ${Math.round(before)} MB before, ${Math.round(peak)} MB at the peak\n`)

  // 2. views and answers, each beside an empty handler on the same server
  const { items: customers } = await call<{ items: { id: string; name: string }[] }>(direct, 'GET', '/api/v1/customers', undefined, token)
  const customer = customers[0]!
  const get = (path: string) => async () => void (await call(direct, 'GET', path, undefined, token))
  const say = (text: string) => async () => void (await call(origin, 'POST', '/simulator/chat', { from: admin.upn, text, where: 'personal' }))
  const at = customer.name
  // One of each kind of answer; words that no mail has make the longest search.
  const questions = [
    `last email from ${at}`, `emails about zeppelin with ${at}`, `who emailed last at ${at}`, `next meeting with ${at}`, 'meetings today', `mfa ${at}`, `who has no mfa at ${at}`,
    `admins at ${at}`, 'posture', `licences ${at}`, 'sync status',
  ]
  const views: [name: string, route: string, run: () => Promise<void>][] = [
    ['customers', '/api/v1/customers', get('/api/v1/customers')],
    ['hub: mail', '/api/v1/customers/:id/messages', get(`/api/v1/customers/${customer.id}/messages`)],
    ['hub: meetings', '/api/v1/customers/:id/meetings', get(`/api/v1/customers/${customer.id}/meetings`)],
    ['hub: posture', '/api/v1/customers/:id/posture', get(`/api/v1/customers/${customer.id}/posture`)],
    ['hub: licences', '/api/v1/customers/:id/licences', get(`/api/v1/customers/${customer.id}/licences`)],
    ['security', '/api/v1/security', get('/api/v1/security')],
    ...questions.map((text): [string, string, () => Promise<void>] => [`bot: ${text.slice(0, 24)}`, '/api/messages', say(text)]),
  ]
  const empty = async () => void (await call(direct, 'GET', '/healthz'))
  console.log('view                           p50 server   p95 server   ratio to an empty handler (median of pairs)')
  for (const [name, route, run] of views) {
    for (let i = 0; i < 10; i++) await run()
    const linesBefore = product.output().split('\n').length
    const ratios: number[] = []
    for (let i = 0; i < rounds; i++) {
      const a = performance.now()
      await empty()
      const b = performance.now()
      await run()
      ratios.push((performance.now() - b) / (b - a))
    }
    const times = product.output().split('\n').slice(linesBefore - 1).flatMap((line) => {
      const row = JSON.parse(line.startsWith('{') ? line : '{}') as { event?: string; route?: string; milliseconds?: number }
      return row.event === 'http' && row.route === route ? [row.milliseconds!] : []
    })
    console.log(`${name.padEnd(31)}${`${quantile(times, 0.5)} ms`.padEnd(13)}${`${quantile(times, 0.95)} ms`.padEnd(13)}${round1(quantile(ratios, 0.5))}`)
  }

  // 3. one greedy person beside the others, on a product with its usual limits
  const usual = await startProduct({ ...(await environmentOn(house, localMasterKey(folder))), OUTPOST_ROLES: 'web' })
  try {
    const measured = await tokenOf(origin, personas.find(({ role }) => role === 'Member')!.upn)
    const paths = views.slice(0, 6).map(([, route]) => route.replace(':id', customer.id))
    console.log(`\n${await fairness({ origin: `http://127.0.0.1:${usual.port}`, tokens: { greedy: token, measured }, paths })}`)
  } finally {
    await usual.stop()
  }
} finally {
  await stopThree(house)
  rmSync(folder, { recursive: true, force: true })
}
