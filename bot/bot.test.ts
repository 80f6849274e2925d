// The bot as the product mounts it: restify in front, a database behind, the Bot Connector's protocol on both sides.
import restify from 'restify'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../api/errors.ts'
import type { Log } from '../api/log.ts'
import type { Query } from '../api/query/query.ts'
import { anActivity, channelOf, startFakeConnector, tenantId, type FakeConnector } from './adapter/fakeConnector.ts'
import { openTestStore } from './alerts/testDatabase.ts'
import { openBot, openLinks, type Bot } from './bot.ts'

const log: Log = { info() {}, warn() {}, error() {} }
let role: 'admin' | 'member' | null
const query = {
  actorOfActivity: () => (role === null ? Promise.reject(new AppError('noRole')) : Promise.resolve({ role })),
  customerNames: () => Promise.resolve(['Contoso', 'Fabrikam'].map((name) => ({ id: name, name, aliases: [], domains: [] }))),
  licences: (_: unknown, customerId: string) => Promise.resolve({ customerId, items: [], accounts: [], freshness: [] }),
} as unknown as Query

let connector: FakeConnector
let test: Awaited<ReturnType<typeof openTestStore>>
let bot: Bot
let server: restify.Server
let endpoint: string

beforeAll(async () => {
  ;[connector, test] = await Promise.all([startFakeConnector(), openTestStore()])
  bot = openBot({
    config: connector.config, query, store: test.store, log, links: openLinks('app-1', 'https://outpost.example', connector.config.botId),
    now: () => new Date(), customers: () => Promise.resolve(new Map([['contoso', { name: 'Contoso', archived: false }]])), alertPauseMs: 20,
  })
  server = restify.createServer()
  server.use(restify.plugins.bodyParser({ mapParams: false }))
  server.post('/api/messages', async (request, response) => {
    await bot.handle(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  endpoint = `http://127.0.0.1:${String((server.address()).port)}/api/messages`
})
afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(resolve)
  })
  await Promise.all([connector.close(), test.close()])
})
beforeEach(async () => {
  connector.reset()
  role = null
  for (const name of ['cards', 'installations', 'assessments', 'activities', 'talks', 'tenants']) await test.db.collection(name).deleteMany({})
})

async function tell(more: Record<string, unknown>, wrong?: Parameters<FakeConnector['token']>[0] | null): Promise<number> {
  const authorization = wrong === null ? {} : { authorization: `Bearer ${await connector.token(wrong)}` }
  const response = await fetch(endpoint, {
    method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(anActivity(connector.origin, more)),
  })
  await response.text()
  return response.status
}
const channel = '19:security@thread.tacv2'
const installationUpdate = (action: string, id = `event-${action}-${String(Math.random())}`) => ({
  type: 'installationUpdate', action, id, ...channelOf(channel, { settings: { selectedChannel: { id: channel } } }),
  conversation: { id: channel, conversationType: 'channel', isGroup: true, tenantId },
})
const said = () => connector.sent().map(({ body }) => String(((body.activity ?? body) as { summary?: unknown; text?: unknown }).summary ?? body.text))

it('answers over HTTP, and nobody without a signature', async () => {
  expect(await tell({ text: 'help' })).toBe(200)
  expect(said()).toEqual(['What Outpost can do'])
  expect(await tell({ text: 'help' }, null)).toBe(401)
  expect(await tell({ text: 'help' }, { key: true })).toBe(401)
  expect(said()).toHaveLength(1)
})

it('answers a repeated activity once', async () => {
  await Promise.all([tell({ id: 'same' }), tell({ id: 'same' }), tell({ id: 'same' })])
  await tell({ id: 'same' })
  expect(said()).toEqual(['Hello from Outpost'])
})

it('answers who has no role with the reason', async () => {
  await tell({ text: 'mfa Contoso' })
  expect(said()[0]).toMatch(/^You have no role in Outpost\./)
})

it('answers 200 even when its answer cannot be delivered, and does not repeat it', async () => {
  connector.behave(() => ({ status: 500 }))
  expect(await tell({ text: 'help' })).toBe(200)
  expect(connector.sent()).toHaveLength(1)
})

it('says its answer once more when Teams had too much to do, as long as that takes no longer than Teams waits', async () => {
  const busy = (seconds: string, times: number) => connector.behave(() => (connector.sent().length > times ? undefined : { status: 429, headers: { 'retry-after': seconds } }))
  busy('0', 1)
  await tell({ text: 'help' })
  expect(said()).toEqual(['What Outpost can do', 'What Outpost can do'])
  connector.reset()
  busy('0', 9)
  await tell({ text: 'help' })
  expect(connector.sent()).toHaveLength(2)
  connector.reset()
  busy('60', 1)
  await tell({ text: 'help' })
  expect(connector.sent()).toHaveLength(1)
})

it('welcomes once, whatever Teams repeats', async () => {
  await tell(installationUpdate('add', 'first'))
  await tell(installationUpdate('add', 'first'))
  await tell(installationUpdate('add-upgrade'))
  await tell(installationUpdate('add'))
  await tell(installationUpdate('remove'))
  await tell(installationUpdate('add'))
  expect(said()).toEqual(['Outpost is here'])
  await tell({ type: 'installationUpdate', action: 'add' })
  await tell({ type: 'installationUpdate', action: 'add-upgrade' })
  await tell({ type: 'conversationUpdate', membersAdded: [{ id: 'x' }] })
  expect(said()).toEqual(['Outpost is here', 'Outpost is here'])
})

it('learns the channel for alerts, forgets it on removal, and a late repetition does not bring it back', async () => {
  const targets = async () => (await test.store.installations.targets()).map(({ conversationId }) => conversationId)
  await tell(installationUpdate('add', 'a'))
  expect(await targets()).toEqual([channel])
  await tell(installationUpdate('remove', 'b'))
  expect(await targets()).toEqual([])
  await tell(installationUpdate('add', 'a'))
  await tell(installationUpdate('add-upgrade', 'c'))
  expect(await targets()).toEqual([])
  await tell(installationUpdate('add', 'd'))
  expect(await targets()).toEqual([channel])
})

it('knows whose private chat it is, from the installation or from the first word, and forgets it on removal', async () => {
  const known = async () => (await test.store.installations.personal()).map(({ userId, conversationId }) => `${userId} ${conversationId}`)
  const person = '33333333-3333-4333-8333-333333333333 a:personal-1'
  await tell({ text: 'help' })
  expect(await known()).toEqual([person])
  await tell({ type: 'installationUpdate', action: 'remove' })
  expect(await known()).toEqual([])
  await tell({ text: 'help' })
  expect(await known()).toEqual([])
  await tell({ type: 'installationUpdate', action: 'add' })
  expect(await known()).toEqual([person])
  await tell({ text: '<at>Outpost</at> help', ...channelOf(channel) })
  await tell(installationUpdate('add'))
  expect(await known()).toEqual([person])
})

it('reminds an administrator in the private chat', async () => {
  await tell({ text: 'help' })
  await test.db.collection('tenants').insertOne({ name: 'Our tenant', secretExpiresAt: new Date(Date.now() + 5 * 86_400_000) })
  await bot.alerts.runOnce()
  expect(said()).toEqual(['What Outpost can do'])
  role = 'admin'
  await bot.alerts.runOnce()
  await bot.alerts.runOnce()
  expect(said().slice(1)).toEqual(['The client secret of Our tenant expires in 5 days'])
})

it('goes on from the last question', async () => {
  role = 'member'
  await tell({ text: 'licences Contoso' })
  await tell({ text: 'what about Fabrikam?' })
  await tell({ text: 'and licences?' })
  expect(said()).toEqual(['Licences of Contoso', 'Licences of Fabrikam', 'Licences of Fabrikam'])
  expect(await test.db.collection('talks').countDocuments()).toBe(1)
})

it('refreshes the service URL with every activity from the channel, in whatever thread', async () => {
  await tell(installationUpdate('add'))
  await test.db.collection('installations').updateOne({}, { $set: { serviceUrl: 'https://old.example', deadAt: new Date() } })
  await tell({ text: '<at>Outpost</at> help', ...channelOf(channel) })
  expect(await test.store.installations.get({ tenantId, conversationId: channel })).toMatchObject({ serviceUrl: connector.origin, deadAt: null })
})

it('posts alerts to the learned channel while the loop runs, and turns the card resolved', async () => {
  await tell(installationUpdate('add'))
  connector.seen.length = 0
  const assessment = { customerId: 'contoso', check: 'privilegedAccountsMfaCapable', of: 3, unknown: 0, assessedAt: new Date() } as const
  await test.store.assessments.put({ ...assessment, state: 'open', failing: 2 })
  bot.alerts.start()
  await vi.waitFor(() => expect(connector.sent()).toHaveLength(1), { timeout: 5000 })
  await test.store.assessments.put({ ...assessment, state: 'resolved', failing: 0 })
  await vi.waitFor(() => expect(connector.sent()).toHaveLength(2), { timeout: 5000 })
  await bot.alerts.stop()
  expect(connector.sent().map(({ method }) => method)).toEqual(['POST', 'PUT'])
  expect(said()[1]).toBe('Resolved: All 3 privileged accounts at Contoso are MFA capable')
  await test.store.assessments.put({ ...assessment, state: 'open', failing: 1 })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(connector.sent()).toHaveLength(2)
  await bot.alerts.runOnce()
  expect(connector.sent()).toHaveLength(3)
})
