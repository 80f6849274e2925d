// For tests: channels with the bot in them, a connector that remembers what was sent there, and one pass of the alerts.
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { ChannelRole, Outsiders } from '../../api/channels/model.ts'
import type { ChannelDoc } from '../../api/channels/rows.ts'
import type { Log } from '../../api/log.ts'
import { openAdapter } from '../adapter/adapter.ts'
import { openLinks } from '../parts/links.ts'
import { openTestStore } from '../testing/database.fixture.ts'
import { startFakeConnector, tenantId, type FakeConnector, type Seen } from '../testing/fakeConnector.fixture.ts'
import { runAlerts, type AlertPorts } from './alerts.ts'
import type { CardDoc } from './rows.ts'

export const check = 'privilegedAccountsMfaCapable'
const links = openLinks('app-1', 'https://outpost.example', 'bot-1')
export const customers = new Map([['contoso', 'Contoso'], ['fabrikam', 'Fabrikam Inc.'], ['northwind', 'Northwind Traders'], ['wingtip', 'Wingtip']].map(([id, name]) => [id!, { name: name!, archived: false }]))
export const events: string[] = []
export const log: Log = { info: (event) => void events.push(event), warn: (event) => void events.push(event), error: (event) => void events.push(event) }
export const summaryOf = ({ body }: Seen): unknown => (body.activity as { summary?: unknown } | undefined)?.summary ?? body.summary

/** Starts with an empty database and one channel of our alerts before each test. */
export function useChannels() {
  let connector: FakeConnector
  let test: Awaited<ReturnType<typeof openTestStore>>

  beforeAll(async () => {
    ;[connector, test] = await Promise.all([startFakeConnector(), openTestStore()])
  })
  afterAll(() => Promise.all([connector.close(), test.close()]))
  beforeEach(async () => {
    connector.reset()
    events.length = 0
    for (const customer of customers.values()) customer.archived = false
    for (const name of ['cards', 'installations', 'results']) await test.db.collection(name).deleteMany({})
    await install('19:security')
  })

  /** The ports of one copy of the process. */
  function aCopy(): AlertPorts {
    const { outbound } = openAdapter(connector.config, log, () => Promise.resolve())
    return { store: test.store, outbound, links, log, now: () => new Date(), customers: () => Promise.resolve(customers) }
  }
  const pass = (copy = aCopy()) => runAlerts(copy)
  async function install(conversationId: string, teamId = 'team-1', role: ChannelRole | null = { kind: 'alerts' }) {
    await test.store.installations.add({ tenantId, scope: 'channel', teamId, conversationId, serviceUrl: connector.origin, userId: null }, new Date())
    await give(conversationId, role)
  }
  const give = async (conversationId: string, role: ChannelRole | null, outsiders: Outsiders = 'none') =>
    test.store.installations.setRole((await test.store.installations.channelAt({ tenantId, conversationId }))!, role, outsiders, new Date())

  const assess = (customerId: string, state: 'none' | 'open' | 'resolved', failing: number, of = 3, unknown = 0) =>
    test.store.results.put({ customerId, check, state, failing, of, unknown, judgedAt: new Date() }, 1)

  const cards = () => test.db.collection<CardDoc>('cards').find({}).sort({ _id: 1 }).toArray()
  const theCard = async () => {
    const [card, ...more] = await cards()
    expect(more).toEqual([])
    return card!
  }
  /** Lets the waiting time of every card pass. */
  const wait = () => test.db.collection<CardDoc>('cards').updateMany({}, { $set: { notBefore: new Date(0) } })
  const installation = () => test.db.collection<ChannelDoc>('installations').findOne({})

  const posts = () => connector.sent().filter(({ method }) => method === 'POST')
  const puts = () => connector.sent().filter(({ method }) => method === 'PUT')

  return {
    aCopy, pass, install, give, assess, cards, theCard, wait, installation, posts, puts,
    get connector() {
      return connector
    },
    get test() {
      return test
    },
  }
}
