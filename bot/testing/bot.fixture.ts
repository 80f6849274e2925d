// For tests: the bot as the product mounts it, with restify in front, a database behind, and the Bot Connector's protocol on both sides.
import restify from 'restify'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ChannelRole } from '../../api/channels/model.ts'
import { channelIdOf, type ChannelDoc } from '../../api/channels/rows.ts'
import { bind, type Acting } from '../../api/context.ts'
import { AppError } from '../../api/errors.ts'
import type { Log } from '../../api/log.ts'
import { actions as allActions, type Actions, type Query } from '../../api/subjects.ts'
import { openBot, openLinks, type Bot } from '../bot.ts'
import { openTestStore } from './database.fixture.ts'
import { anActivity, channelOf, startFakeConnector, tenantId, type FakeConnector } from './fakeConnector.fixture.ts'

const log: Log = { info() {}, warn() {}, error() {} }
const customers = [['6b0d4495deda0db3e346ce01', 'Contoso'], ['6b0d4495deda0db3e346ce02', 'Fabrikam']].map(([id, name]) => ({ id: id!, name: name!, aliases: [], domains: [] }))
export const contoso = customers[0]!
export const channel = '19:security@thread.tacv2'
export const installationUpdate = (action: string, id = `event-${action}-${String(Math.random())}`) => ({
  type: 'installationUpdate', action, id, ...channelOf(channel, { settings: { selectedChannel: { id: channel } } }),
  conversation: { id: channel, conversationType: 'channel', isGroup: true, tenantId },
})
export const team = 'team-1'
export const teamEvent = (eventType: string, more: Record<string, unknown> = {}, data: Record<string, unknown> = {}) => ({
  type: 'conversationUpdate', id: `event-${String(Math.random())}`, conversation: { id: team, conversationType: 'channel', isGroup: true, tenantId },
  channelData: { tenant: { id: tenantId }, team: { id: team, ...(data.team as object | undefined) }, eventType, ...(data.channel === undefined ? {} : { channel: data.channel }) }, ...more,
})

/** Opens the bot on an empty database; before each test everything is forgotten, and nobody has a role. */
export function useBot() {
  /** Who asks, whatever their name. */
  const person: { role: 'admin' | 'member' | null } = { role: null }
  const query = {
    actorOfActivity: () => (person.role === null ? Promise.reject(new AppError('noRole')) : Promise.resolve({ role: person.role, tenantId, userId: 'somebody' })),
    customerNames: () => Promise.resolve(customers),
    licences: (_: unknown, customerId: string) => Promise.resolve({ customerId, items: [], accounts: [], freshness: [] }),
  } as unknown as Query

  let connector: FakeConnector
  let test: Awaited<ReturnType<typeof openTestStore>>
  let bot: Bot
  let actions: Actions
  let server: restify.Server
  let endpoint: string

  beforeAll(async () => {
    ;[connector, test] = await Promise.all([startFakeConnector(), openTestStore()])
    // Alerts are about a customer of its own, which nobody asks for.
    for (const { id, name } of [...customers, { id: 'contoso', name: 'Contoso' }]) {
      const doc = { _id: id, name, sortName: name.toLowerCase(), aliases: [], heldNames: [], domains: [], archivedAt: null, holdsDomains: false, createdAt: new Date(), filterRevision: 0, revision: 0, purging: [] }
      await test.store.customers.insert(doc)
    }
    actions = bind({ db: test.database, now: () => new Date(), teams: { outsidersIn: (channel: Parameters<Bot['outsidersIn']>[0]) => bot.outsidersIn(channel) } } as Acting, allActions)
    bot = openBot({
      config: connector.config, query, actions, inTurn: (_, work) => work(), db: test.database, log, links: openLinks('app-1', 'https://outpost.example', connector.config.botId),
      now: () => new Date(), alertPauseMs: 20,
    })
    server = restify.createServer()
    server.use(restify.plugins.bodyParser({ mapParams: false }))
    server.post('/api/messages', async (request, response) => {
      const { status, body } = await bot.handle(request)
      response.send(status, body)
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
    person.role = null
    for (const name of ['cards', 'installations', 'results', 'activities', 'talks', 'tenants']) await test.db.collection(name).deleteMany({})
  })

  async function tell(more: Record<string, unknown>, wrong?: Parameters<FakeConnector['token']>[0] | null): Promise<number> {
    const authorization = wrong === null ? {} : { authorization: `Bearer ${await connector.token(wrong)}` }
    const response = await fetch(endpoint, {
      method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(anActivity(connector.origin, more)),
    })
    await response.text()
    return response.status
  }
  const give = async (role: ChannelRole | null) => {
    const row = await test.store.installations.channelAt({ tenantId, conversationId: channel })
    await actions.setChannelRole({ tenantId, userId: 'u', role: 'admin', addresses: [] }, channelIdOf(row!), { role, confirmed: true })
  }
  const said = () =>
    connector.sent().map(({ body }) => {
      const { summary, text } = (body.activity ?? body) as { summary?: unknown; text?: unknown }
      return String(summary ?? text)
    })
  const channels = () => test.db.collection<ChannelDoc>('installations').find({ scope: 'channel' }).sort({ conversationId: 1 }).toArray()

  return {
    tell, give, said, channels, person,
    get connector() {
      return connector
    },
    get test() {
      return test
    },
    get bot() {
      return bot
    },
  }
}
