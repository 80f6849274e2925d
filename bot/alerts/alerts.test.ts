import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../api/log.ts'
import type { CardDoc } from '../../api/store/cards.ts'
import type { InstallationDoc } from '../../api/store/installations.ts'
import { openAdapter } from '../adapter/adapter.ts'
import { startFakeConnector, tenantId, type FakeConnector, type Seen } from '../adapter/fakeConnector.ts'
import { openLinks } from '../cards/deepLink.ts'
import { runAlerts, type AlertPorts } from './alerts.ts'
import { openTestStore } from './testDatabase.ts'

const check = 'privilegedAccountsMfaCapable'
const links = openLinks('app-1', 'https://outpost.example', 'bot-1')
const customers = new Map([['contoso', 'Contoso'], ['fabrikam', 'Fabrikam Inc.'], ['northwind', 'Northwind Traders'], ['wingtip', 'Wingtip']].map(([id, name]) => [id!, { name: name!, archived: false }]))
const events: string[] = []
const log: Log = { info: (event) => void events.push(event), warn: (event) => void events.push(event), error: (event) => void events.push(event) }

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
  for (const name of ['cards', 'installations', 'assessments']) await test.db.collection(name).deleteMany({})
  await install('19:security')
})

/** The ports of one copy of the process. */
function aCopy(): AlertPorts {
  const { outbound } = openAdapter(connector.config, log, () => Promise.resolve())
  return { store: test.store, outbound, links, log, now: () => new Date(), customers: () => Promise.resolve(customers) }
}
const round = (copy = aCopy()) => runAlerts(copy)
const install = (conversationId: string, teamId = 'team-1') =>
  test.store.installations.add({ tenantId, scope: 'channel', teamId, conversationId, serviceUrl: connector.origin, userId: null }, new Date())

const assess = (customerId: string, state: 'none' | 'open' | 'resolved', failing: number, of = 3, unknown = 0) =>
  test.store.assessments.put({ customerId, check, state, failing, of, unknown, assessedAt: new Date() })

const cards = () => test.db.collection<CardDoc>('cards').find({}).sort({ _id: 1 }).toArray()
const theCard = async () => {
  const [card, ...more] = await cards()
  expect(more).toEqual([])
  return card!
}
/** Lets the waiting time of every card pass. */
const wait = () => test.db.collection<CardDoc>('cards').updateMany({}, { $set: { notBefore: new Date(0) } })
const installation = () => test.db.collection<InstallationDoc>('installations').findOne({})

const posts = () => connector.sent().filter(({ method }) => method === 'POST')
const puts = () => connector.sent().filter(({ method }) => method === 'PUT')
const summaryOf = ({ body }: Seen): unknown => (body.activity as { summary?: unknown } | undefined)?.summary ?? body.summary

describe('one card a channel, customer and check', () => {
  it('is posted once, with counts and a link, and remembered by its ids', async () => {
    await assess('contoso', 'open', 2)
    for (let times = 0; times < 3; times += 1) await round()
    expect(posts().map(summaryOf)).toEqual(['2 of 3 privileged accounts at Contoso are not MFA capable'])
    const card = await theCard()
    expect(card).toMatchObject({ state: 'posted', attempts: 0, error: null })
    expect(card.conversationId).toBe(`19:security;messageid=${card.activityId ?? ''}`)
    expect(JSON.stringify(posts()[0]?.body)).toContain('customer%2Fcontoso%2Fposture')
  })

  it('is replaced in place when counts change, when it is resolved, and when it opens again; also after a restart', async () => {
    await assess('contoso', 'open', 2)
    await round()
    const { conversationId, activityId } = await theCard()
    for (const [state, failing, said] of [
      ['open', 1, '1 of 3 privileged accounts at Contoso is not MFA capable'],
      ['resolved', 0, 'Resolved: All 3 privileged accounts at Contoso are MFA capable'],
      ['open', 3, '3 of 3 privileged accounts at Contoso are not MFA capable'],
    ] as const) {
      await assess('contoso', state, failing)
      await round()
      await round()
      expect(puts().at(-1)).toMatchObject({ path: `/v3/conversations/${conversationId ?? ''}/activities/${activityId ?? ''}` })
      expect(summaryOf(puts().at(-1)!)).toBe(said)
    }
    expect(posts()).toHaveLength(1)
    expect(puts()).toHaveLength(3)
  })

  it('is not posted for what was resolved before anybody was told', async () => {
    await assess('contoso', 'resolved', 0)
    await assess('fabrikam', 'none', 0)
    await round()
    expect(connector.sent()).toEqual([])
    expect(await cards()).toEqual([])
  })

  it('goes to every channel where the bot is installed, and no longer where it was removed', async () => {
    await install('19:second', 'team-2')
    await assess('contoso', 'open', 2)
    await round()
    expect(posts()).toHaveLength(2)
    await test.store.installations.remove({ tenantId, conversationId: '19:general', teamId: 'team-2' }, new Date())
    await assess('contoso', 'open', 1)
    await round()
    expect(puts()).toHaveLength(1)
  })

  it('waits its turn when there are many', async () => {
    for (const customer of customers.keys()) await assess(customer, 'open', 1)
    await round()
    expect(posts()).toHaveLength(3)
    await round()
    expect(posts()).toHaveLength(4)
  })

  it('is not made for a customer that is archived', async () => {
    await assess('northwind', 'open', 2)
    customers.set('northwind', { name: 'Northwind Traders', archived: true })
    await round()
    expect(connector.sent()).toEqual([])
  })

  it('says that its customer has been archived, and goes on when it is restored', async () => {
    await assess('contoso', 'open', 2)
    await round()
    for (const archived of [true, false]) {
      customers.set('contoso', { name: 'Contoso', archived })
      await round()
      await round()
    }
    expect(connector.sent().map(summaryOf)).toEqual([
      '2 of 3 privileged accounts at Contoso are not MFA capable', 'No longer watched: Contoso is archived', '2 of 3 privileged accounts at Contoso are not MFA capable',
    ])
    expect(posts()).toHaveLength(1)
  })
})

describe('several copies of the process', () => {
  it('never post the same card twice', async () => {
    for (const customer of [...customers.keys()].slice(0, 3)) await assess(customer, 'open', 1)
    await Promise.all(Array.from({ length: 8 }, () => round(aCopy())))
    expect(posts()).toHaveLength(3)
    expect(new Set(posts().map(summaryOf)).size).toBe(3)
    expect((await cards()).map(({ state }) => state)).toEqual(['posted', 'posted', 'posted'])
  })

  it('leave alone what another one is sending', async () => {
    await assess('contoso', 'open', 2)
    await test.store.cards.begin({ targetId: `${tenantId}|19:security`, customerId: 'contoso', check }, 60)
    await round()
    expect(connector.sent()).toEqual([])
    expect(await theCard()).toMatchObject({ state: 'sending' })
  })

  it('take over a refused card only once', async () => {
    await assess('contoso', 'open', 2)
    connector.behave(() => ({ status: 429 }))
    await round()
    await wait()
    connector.reset()
    await Promise.all(Array.from({ length: 8 }, () => round(aCopy())))
    expect(posts()).toHaveLength(1)
  })
})

describe('a send whose outcome is unknown', () => {
  it.each([
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['reset', { reset: true }],
  ])('%s: is never repeated, and shown as unknown', async (_, behaviour) => {
    await assess('contoso', 'open', 2)
    connector.behave(() => behaviour)
    await round()
    expect(await theCard()).toMatchObject({ state: 'unknown' })
    expect(events).toContain('alert.unknown')
    connector.behave(() => undefined)
    await assess('contoso', 'open', 1)
    await round()
    expect(connector.sent()).toHaveLength(1)
  })

  it('ends with the finding: the next time it opens is told', async () => {
    await assess('contoso', 'open', 2)
    connector.behave(() => ({ status: 502 }))
    await round()
    connector.behave(() => undefined)
    await assess('contoso', 'resolved', 0)
    await round()
    expect(connector.sent()).toHaveLength(1)
    await assess('contoso', 'open', 1)
    await round()
    expect(posts().map(summaryOf)[1]).toBe('1 of 3 privileged accounts at Contoso is not MFA capable')
    expect(await theCard()).toMatchObject({ state: 'posted' })
  })

  it('includes one whose process was killed while sending', async () => {
    await assess('contoso', 'open', 2)
    await test.store.cards.begin({ targetId: `${tenantId}|19:security`, customerId: 'contoso', check }, -1)
    await round()
    await round()
    expect(connector.sent()).toEqual([])
    expect(await theCard()).toMatchObject({ state: 'unknown', error: 'interrupted' })
    expect(events.filter((event) => event === 'alert.unknown')).toHaveLength(1)
  })
})

describe('a clean refusal', () => {
  it('429: is tried again, not before the time that was asked for', async () => {
    await assess('contoso', 'open', 2)
    connector.behave(() => ({ status: 429, headers: { 'retry-after': '40' } }))
    const before = Date.now()
    await round()
    await round()
    const card = await theCard()
    expect(card).toMatchObject({ state: 'refused', error: '429', attempts: 1 })
    expect(card.notBefore.getTime()).toBeGreaterThan(before + 35_000)
    expect(connector.sent()).toHaveLength(1)
    connector.behave(() => undefined)
    await wait()
    await round()
    expect(await theCard()).toMatchObject({ state: 'posted', attempts: 0 })
  })

  it('is forgotten when the finding is resolved meanwhile', async () => {
    await assess('contoso', 'open', 2)
    connector.behave(() => ({ status: 429 }))
    await round()
    await assess('contoso', 'resolved', 0)
    await round()
    expect(await cards()).toEqual([])
    expect(connector.sent()).toHaveLength(1)
  })

  it.each([403, 404])('%i: the channel is dead until something comes from it', async (status) => {
    await assess('contoso', 'open', 2)
    await assess('fabrikam', 'open', 2)
    connector.behave(() => ({ status }))
    await round()
    await wait()
    await round()
    expect(connector.sent()).toHaveLength(1)
    expect((await installation())?.deadAt).not.toBeNull()
    connector.reset()
    await test.store.installations.refresh({ tenantId, conversationId: '19:security', serviceUrl: connector.origin })
    await round()
    expect(posts()).toHaveLength(2)
  })

  it('without a token nothing was sent, so it is tried again', async () => {
    await assess('contoso', 'open', 2)
    const config = { ...connector.config, botId: '55555555-5555-4555-8555-555555555555' }
    connector.tokens.status = 401
    await round({ ...aCopy(), outbound: openAdapter(config, log, () => Promise.resolve()).outbound })
    expect(await theCard()).toMatchObject({ state: 'refused', error: 'token' })
  })
})

describe('replacing a card', () => {
  it.each([500, 429, 412])('is repeated after %i', async (status) => {
    await assess('contoso', 'open', 2)
    await round()
    await assess('contoso', 'resolved', 0)
    connector.behave(() => ({ status }))
    await round()
    await round()
    expect(puts()).toHaveLength(1)
    expect(await theCard()).toMatchObject({ state: 'posted', attempts: 1 })
    connector.behave(() => undefined)
    await wait()
    await round()
    await round()
    expect(puts()).toHaveLength(2)
    expect(await theCard()).toMatchObject({ state: 'posted', attempts: 0, error: null })
  })

  it('looks several times for a card that is not found, then posts it anew, once', async () => {
    await assess('contoso', 'open', 2)
    await round()
    await assess('contoso', 'open', 1)
    connector.behave(({ method }) => (method === 'PUT' ? { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } } : undefined))
    const again = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        await wait()
        await round()
      }
    }
    await again(3)
    expect(posts()).toHaveLength(1)
    await again(2)
    expect(posts()).toHaveLength(2)
    await assess('contoso', 'open', 3)
    await again(8)
    expect(posts()).toHaveLength(2)
    expect(await theCard()).toMatchObject({ state: 'gone' })
    expect((await installation())?.deadAt).toBeNull()
    // Whoever deleted it does not want to see it again, but the next finding is another one.
    await assess('contoso', 'resolved', 0)
    await again(1)
    await assess('contoso', 'open', 1)
    await again(1)
    expect(posts()).toHaveLength(3)
  })
})
