// Malformed requests, activities, and answers of Graph, by chance: whatever comes, the product answers in time, with no 5xx but 503,
// and goes on.
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TenantInfo } from '../../infra/simulator/desk/simulator.ts'
import { endpoints } from '../../api/subjects.ts'
import { tokenOf } from '../../scripts/house.ts'
import type { GraphAnswer } from '../house/graphProxy.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { broken, garbage, garbled } from './garbled.fixture.ts'
import { rawRequest, send } from './rawRequest.fixture.ts'
import { drawing, randomly, sideBySide, type Draw } from './seeded.fixture.ts'

const random = randomly(600)
/** Of five cases three are requests, one is an activity, one an answer of Graph. */
const [requests, activities, answers] = [[0, 1, 2], [3], [4]]
const numbersOf = (kinds: number[]) => kinds.flatMap((kind) => random.numbers(kind, 5))
/** What is half sent ends within thirty seconds; nothing may take longer than that. */
const mostMilliseconds = 30_000

let house: House
let token: string
const ids: string[] = []
const found: string[] = []
/** Ends what would wait for a product that is gone. */
let goneBy: Promise<never>
const isGone = () => house.product().child.exitCode !== null || house.product().child.signalCode !== null
const statuses = new Map<string, number>()
let slowest = 0

beforeAll(async () => {
  house = await openHouse({ world: 'tiny', graph: 'proxied' })
  goneBy = once(house.product().child, 'exit').then(() => Promise.reject(new Error('the product ended')))
  goneBy.catch(() => {})
  token = await tokenOf(house.origin, house.personas.Admin.upn)
  const { id } = await house.customer('Contoso')
  ids.push(id, house.personas.Admin.tenantId, ...(await house.mailWith('Contoso')).filter((row) => !row.private).map((row) => row.id).slice(0, 5))
  for (const { id: meeting } of (await house.get<{ items: { id: string }[] }>(`/customers/${id}/meetings`)).items.slice(0, 5)) ids.push(meeting)
})
afterAll(() => house?.close())

/** @param number of a random case; null: it is the same in every run */
const again = (number: number | null) => (number === null ? 'in every run' : random.again(number))

/** Times an answer and notes it; null: the connection was closed, which is an answer to what is no request. */
async function noted(number: number | null, kind: string, what: () => Promise<number | null>, allowed: number[] = [503]): Promise<void> {
  const from = performance.now()
  const status = await Promise.race([what(), goneBy]).catch((error: Error) => {
    found.push(`${kind}: ${error.message.slice(0, 600)}; ${again(number)}`)
    return null
  })
  const took = performance.now() - from
  slowest = Math.max(slowest, took)
  if (isGone()) throw new Error(`the product ended; ${again(number)}`)
  statuses.set(`${kind} ${status ?? 'closed'}`, (statuses.get(`${kind} ${status ?? 'closed'}`) ?? 0) + 1)
  if (status !== null && status >= 500 && !allowed.includes(status)) found.push(`${kind}: status ${status}; ${again(number)}`)
  if (took > mostMilliseconds) found.push(`${kind}: ${Math.round(took)} ms; ${again(number)}`)
}

async function wholeAfter(): Promise<void> {
  expect(found.splice(0).slice(0, 20)).toEqual([])
  expect((await fetch(`http://127.0.0.1:${house.product().port}/healthz`)).status).toBe(200)
  expect(isGone()).toBe(false)
  expect(house.printed()).not.toContain('"event":"crash"')
}

it('a request, whatever is wrong with it, is answered or closed', async () => {
  const paths = [...endpoints.map(({ path }) => `/api/v1${path}`), '/api/v1/openapi.json', '/api/v1/changes', '/api/messages', '/healthz', '/readyz', '/tab/', '/tab/assets/:file', '/']
  await sideBySide(numbersOf(requests), 8, async (number) => {
    const raw = rawRequest(drawing(random.seed, String(number)), paths, token, ids)
    await noted(number, 'request', () => send(house.product().port, raw, mostMilliseconds))
  })
  await wholeAfter()
}, 3_600_000)

/** What Teams sends, of every kind that the bot knows. */
function activityOf(draw: Draw): object {
  const { tenantId, userId } = house.personas.Admin
  const conversation = draw.pick([{ id: 'a:1', conversationType: 'personal', tenantId }, { id: '19:x@thread.tacv2;messageid=1', conversationType: 'channel', isGroup: true, tenantId }, { id: '19:y@thread.v2', conversationType: 'groupChat', tenantId }])
  const channelData = { tenant: { id: tenantId }, team: { id: '19:x@thread.tacv2', name: 'Team' }, channel: { id: '19:x@thread.tacv2', name: 'General' }, settings: { selectedChannel: { id: '19:x@thread.tacv2' } }, eventType: draw.pick(['channelRenamed', 'teamDeleted', 'teamMemberAdded', 'channelDeleted']) }
  const common = { id: draw.text(12), channelId: 'msteams', serviceUrl: house.origin, from: { id: '29:1x', name: 'Robin', aadObjectId: userId }, recipient: { id: '28:bot', name: 'Outpost' }, conversation, channelData, locale: 'en-GB', localTimezone: 'Europe/Berlin' }
  return draw.pick<object>([
    { ...common, type: 'message', text: `<at>Outpost</at> ${draw.pick(['mfa Contoso', 'last email from Contoso', 'meetings between 2026-01-01 and 2026-02-01', 'help', 'who emailed us last week'])}`, entities: [{ type: 'mention', mentioned: { id: '28:bot', name: 'Outpost' }, text: '<at>Outpost</at>' }, { type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Berlin' }] },
    { ...common, type: 'installationUpdate', action: draw.pick(['add', 'remove', 'add-upgrade', 'x']) }, { ...common, type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }, { id: '29:x' }], membersRemoved: [{ id: '29:z' }] },
    { ...common, type: 'invoke', name: draw.pick(['adaptiveCard/action', 'task/fetch', 'composeExtension/query', 'signin/verifyState', 'fileConsent/invoke']), value: { action: { type: 'Action.Execute', verb: 'x' } } },
    { ...common, type: draw.pick(['messageReaction', 'typing', 'event', 'messageUpdate', 'messageDelete', 'endOfConversation', 'handoff', 'trace', 'command', 'x']), reactionsAdded: [{ type: 'like' }], value: {}, name: 'application/vnd.microsoft.meetingStart' },
  ])
}

it('an activity, whatever is wrong with it, is answered', async () => {
  await sideBySide(numbersOf(activities), 4, async (number) => {
    const draw = drawing(random.seed, String(number))
    const sent = garbled(draw, activityOf(draw))
    const activity = typeof sent === 'object' && sent !== null ? sent : { type: sent }
    await noted(number, 'activity', async () => (await house.simulator<{ status: number }>('POST', '/activities', { activity })).status)
  })
  await wholeAfter()
}, 3_600_000)

/** Changes an answer of Graph in one of many ways. */
function spoil(draw: Draw, answer: GraphAnswer): void {
  const way = draw.below(10)
  if (way < 6) answer.body = garbled(draw, answer.body) as GraphAnswer['body']
  else if (way < 8) answer.body = broken(draw, JSON.stringify(answer.body)) as unknown as GraphAnswer['body']
  else if (way < 9) answer.status = draw.pick([204, 302, 304, 400, 401, 403, 404, 409, 410, 412, 423, 429, 500, 502, 503, 504, 507, 509])
  else answer.headers = { ...answer.headers, ...draw.pick([{ 'content-type': 'text/html' }, { 'content-type': '' }, { 'retry-after': 'soon' }, { 'retry-after': '-5' }, { 'content-encoding': 'gzip' }, { 'content-length': '3' }, { date: 'never' }, { location: 'https://evil.example/' }]) }
  if (draw.chance(0.1)) Object.assign(answer.body, { '@odata.nextLink': garbage(draw) })
}

/** What people are shown of what was read: each answer is held to its schema. */
async function shown(): Promise<void> {
  for (const path of ['/tenants', '/customers', '/security', ...['messages', 'meetings', 'posture', 'accounts', 'licences'].map((part) => `/customers/${ids[0]!}/${part}`)]) await house.get(path)
}

/** A round of a stream. What Graph says can fail it, for a reason that is known; that Outpost falls over it is none. */
async function ofStream(stream: string): Promise<void> {
  const units = house.db.collection<{ stream: string; dueAt: Date; leaseOwner: string | null }>('units')
  await units.updateMany({ stream }, [{ $set: { dueAt: '$$NOW', wishes: { $add: ['$wishes', 1] } } }])
  await until(`a round of ${stream}`, async () => (await units.countDocuments({ stream, $or: [{ leaseOwner: { $ne: null } }, { dueAt: { $lte: new Date() } }] })) === 0, mostMilliseconds / 1000)
  const failures = await house.db.collection<{ _id: string; lastError: { code: string } | null; unread: { code?: string }[] }>('units').find({ $or: [{ 'lastError.code': 'internal' }, { 'unread.code': 'internal' }] }).toArray()
  if (failures.length > 0) throw new Error(`it fell over in ${failures.map(({ _id }) => _id.replace(/^[^|]*/, '')).join(', ')}`)
  await shown()
}

it('an answer of Graph, whatever is wrong with it, fails what asked for it and nothing else', async () => {
  const streams = (await house.db.collection('units').distinct('stream')) as string[]
  const admin = (await house.simulator<TenantInfo[]>('GET', '/tenants')).find(({ customer }) => customer === null)!
  const connection = { tenantId: admin.tenantId, clientId: admin.clientId, clientSecret: admin.clientSecret, customerId: null, mailboxes: [house.personas.Admin.upn] }
  for (const number of numbersOf(answers)) {
    const draw = drawing(random.seed, String(number))
    const end = house.graph().change((answer) => {
      if (draw.chance(0.5)) spoil(draw, answer)
    })
    const way = draw.below(10)
    const [opened, stream] = [draw.pick(ids.slice(2)), draw.pick(streams)]
    if (way < 3) await noted(number, `stream ${stream}`, () => ofStream(stream).then(() => null))
    else if (way < 5) await noted(number, 'test', async () => (await house.as('Admin', 'POST', '/tenants/test', connection)).status)
    else for (const path of [`/messages/${opened}/body`, `/meetings/${opened}`]) await noted(number, 'open', async () => (await house.as('Admin', 'GET', path)).status)
    end()
  }
  await wholeAfter()
}, 3_600_000)

it('an id without an end is nobody’s, of whatever it is', async () => {
  const endless = 'x'.repeat(100_000)
  const ending = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && /id$/i.test(name)) Object.assign(value, { [name]: endless })
      else ending(inner)
    }
  }
  const end = house.graph().change(({ body }) => ending((body as { value?: unknown[] }).value?.[0]))
  for (const stream of (await house.db.collection('units').distinct('stream')) as string[]) await noted(null, `stream ${stream}`, () => ofStream(stream).then(() => null))
  end()
  await wholeAfter()
}, 600_000)

it('when all is well again everything is read', async () => {
  process.stdout.write(`${[...statuses].sort().map(([kind, many]) => `${kind}: ${many}`).join('\n')}\nthe slowest took ${Math.round(slowest)} ms\n`)
  await house.db.collection('units').updateMany({}, { $set: { dueAt: new Date() } })
  await house.synced()
  await house.simulator('POST', '/mail', { mailbox: house.personas.Admin.upn, from: 'kim.kettle@contoso.com', to: [house.personas.Admin.upn], subject: 'after all that' })
  await house.synced('mail')
  expect((await house.mailWith('Contoso')).map(({ subject }) => subject)).toContain('after all that')
})
