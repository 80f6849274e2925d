import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../api/log.ts'
import type { ChannelRole, Outsiders } from '../../api/channels/model.ts'
import type { CardDoc } from './rows.ts'
import type { ChannelDoc } from '../../api/channels/rows.ts'
import { openAdapter } from '../adapter/adapter.ts'
import { startFakeConnector, tenantId, type FakeConnector, type Seen } from '../adapter/fakeConnector.fixture.ts'
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
async function install(conversationId: string, teamId = 'team-1', role: ChannelRole | null = { kind: 'alerts' }) {
  await test.store.installations.add({ tenantId, scope: 'channel', teamId, conversationId, serviceUrl: connector.origin, userId: null }, new Date())
  await give(conversationId, role)
}
const give = async (conversationId: string, role: ChannelRole | null, outsiders: Outsiders = 'none') =>
  test.store.installations.setRole((await test.store.installations.channelAt({ tenantId, conversationId }))!, role, outsiders, new Date())

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
const installation = () => test.db.collection<ChannelDoc>('installations').findOne({})

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

  it('is replaced in place whatever changes; what is open again or worse is said in its thread as well, once, also after a restart', async () => {
    await assess('contoso', 'open', 2)
    await round()
    const { conversationId, activityId } = await theCard()
    for (const [state, failing, said, reply] of [
      ['open', 1, '1 of 3 privileged accounts at Contoso is not MFA capable', null],
      ['open', 2, '2 of 3 privileged accounts at Contoso are not MFA capable', 'It got worse: 2 of 3 privileged accounts at Contoso are not MFA capable.'],
      ['resolved', 0, 'Resolved: All 3 privileged accounts at Contoso are MFA capable', null],
      ['open', 3, '3 of 3 privileged accounts at Contoso are not MFA capable', 'Open again: 3 of 3 privileged accounts at Contoso are not MFA capable.'],
      ['open', 1, '1 of 3 privileged accounts at Contoso is not MFA capable', null],
    ] as const) {
      connector.seen.length = 0
      await assess('contoso', state, failing)
      for (let times = 0; times < 3; times += 1) await round(aCopy())
      expect(puts()).toMatchObject([{ path: `/v3/conversations/${conversationId ?? ''}/activities/${activityId ?? ''}` }])
      expect(summaryOf(puts()[0]!)).toBe(said)
      expect(posts()).toMatchObject(reply === null ? [] : [{ path: `/v3/conversations/${conversationId ?? ''}/activities`, body: { text: reply, textFormat: 'plain' } }])
    }
  })

  it('counts what is unknown without a word in the thread', async () => {
    await assess('contoso', 'open', 2)
    await round()
    await assess('contoso', 'open', 2, 3, 1)
    for (let times = 0; times < 3; times += 1) await round()
    expect(connector.sent().map(({ method }) => method)).toEqual(['POST', 'PUT'])
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

  it.each([[403, 'BotNotInConversationRoster'], [404, 'ConversationNotFound']])('%i %s: the channel is dead until something comes from it', async (status, code) => {
    await assess('contoso', 'open', 2)
    await assess('fabrikam', 'open', 2)
    connector.behave(() => ({ status, body: { error: { code } } }))
    await round()
    await wait()
    await round()
    expect(connector.sent()).toHaveLength(1)
    expect(await installation()).toMatchObject({ deadAt: expect.any(Date) as Date, deadReason: code })
    connector.reset()
    await test.store.installations.refresh({ tenantId, teamId: null, conversationId: '19:security', serviceUrl: connector.origin })
    expect(await installation()).toMatchObject({ deadAt: null })
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

  const again = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      await wait()
      await round()
    }
  }
  const deleted = [[403, 'ServiceError'], [404, 'ActivityNotFoundInConversation'], [404, 'ConversationNotFound'], [400, 'BadArgument'], [403, undefined]] as const

  it.each(deleted)('%i %s: looks several times for a card that somebody deleted, then posts it anew, once', async (status, code) => {
    await assess('contoso', 'open', 2)
    await round()
    await assess('contoso', 'open', 1)
    connector.behave(({ method }) => (method === 'PUT' ? { status, body: { error: { code, message: 'Unknown' } } } : undefined))
    await again(3)
    expect(posts()).toHaveLength(1)
    await again(2)
    expect(posts()).toHaveLength(2)
    await assess('contoso', 'open', 3)
    await again(8)
    expect(posts()).toHaveLength(2)
    expect(await theCard()).toMatchObject({ state: 'gone' })
    // Whoever deleted it does not want to see it again, but the next finding is another one.
    await assess('contoso', 'resolved', 0)
    await again(1)
    await assess('contoso', 'open', 1)
    await again(1)
    expect(posts()).toHaveLength(3)
    expect((await installation())?.deadAt).toBeNull()
  })

  it.each(deleted)('%i %s: a card that somebody deleted ends neither the channel nor the cards of other customers', async (status, code) => {
    await assess('contoso', 'open', 2)
    await round()
    connector.behave(({ method }) => (method === 'PUT' ? { status, body: { error: { code, message: 'Unknown' } } } : undefined))
    await assess('contoso', 'resolved', 0)
    await assess('fabrikam', 'open', 1)
    await again(6)
    expect((await installation())?.deadAt).toBeNull()
    expect(posts().map(summaryOf)).toEqual(['2 of 3 privileged accounts at Contoso are not MFA capable', '1 of 3 privileged accounts at Fabrikam Inc. is not MFA capable'])
  })

  it('a card that is found deleted when its finding opens again is posted anew, however often that happens', async () => {
    await assess('contoso', 'open', 2)
    await round()
    for (let finding = 2; finding < 5; finding += 1) {
      await assess('contoso', 'resolved', 0)
      await again(1)
      connector.behave(({ method }) => (method === 'PUT' ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
      await assess('contoso', 'open', 1)
      await again(5)
      connector.behave(() => undefined)
      expect(posts()).toHaveLength(finding)
    }
  })

  it.each(['BotNotInConversationRoster', 'BotDisabledByAdmin'])('403 %s: an edit says nothing about the card, and nothing about the channel', async (code) => {
    await assess('contoso', 'open', 2)
    await round()
    await assess('contoso', 'open', 1)
    connector.behave(() => ({ status: 403, body: { error: { code } } }))
    await again(6)
    expect(await theCard()).toMatchObject({ state: 'posted', error: code })
    expect((await installation())?.deadAt).toBeNull()
    await assess('fabrikam', 'open', 1)
    await again(2)
    expect((await installation())?.deadReason).toBe(code)
  })
})

describe('the reply in a thread', () => {
  const replies = () => posts().filter(({ path }) => path.includes(';messageid='))
  const opensAgain = async () => {
    await assess('contoso', 'open', 1)
    await round()
    await assess('contoso', 'resolved', 0)
    await round()
    await assess('contoso', 'open', 2)
    await round()
  }
  const failing = (answer: { status?: number; reset?: true; body?: unknown }) => connector.behave(({ method, path }) => (method === 'POST' && path.includes(';messageid=') ? answer : undefined))

  it.each([['500', { status: 500 }], ['reset', { reset: true }]] as const)('%s: is never repeated', async (_, answer) => {
    failing(answer)
    await opensAgain()
    for (let times = 0; times < 4; times += 1) await round()
    expect(replies()).toHaveLength(1)
    expect(await theCard()).toMatchObject({ state: 'posted', reply: null })
  })

  it('429: is tried again, until it is no longer true', async () => {
    failing({ status: 429 })
    await opensAgain()
    await round()
    expect(replies()).toHaveLength(1)
    connector.behave(() => undefined)
    await wait()
    for (let times = 0; times < 3; times += 1) await round()
    expect(replies()).toHaveLength(2)
    failing({ status: 429 })
    await assess('contoso', 'open', 3)
    await round()
    await round()
    expect(replies()).toHaveLength(3)
    await assess('contoso', 'resolved', 0)
    connector.behave(() => undefined)
    for (let times = 0; times < 4; times += 1) {
      await wait()
      await round()
    }
    expect(replies()).toHaveLength(3)
  })

  it('a thread that somebody deleted: the card is posted anew', async () => {
    failing({ status: 404, body: { error: { code: 'ConversationNotFound' } } })
    await opensAgain()
    for (let times = 0; times < 6; times += 1) {
      await wait()
      await round()
    }
    expect(posts().filter(({ path }) => path === '/v3/conversations')).toHaveLength(2)
    expect((await installation())?.deadAt).toBeNull()
  })

  it('is sent by one copy of the process, and not again after one was killed', async () => {
    await opensAgain()
    expect(replies()).toHaveLength(0)
    await Promise.all(Array.from({ length: 6 }, () => round(aCopy())))
    expect(replies()).toHaveLength(1)
    await test.db.collection<CardDoc>('cards').updateMany({}, { $set: { reply: { what: 'again', sending: true }, leaseUntil: new Date(0) } })
    await round()
    await round()
    expect(replies()).toHaveLength(1)
    expect(await theCard()).toMatchObject({ reply: null })
    expect(events).toContain('alert.reply.unknown')
  })
})

describe('what a channel is for', () => {
  beforeEach(async () => {
    await assess('contoso', 'open', 2)
    await assess('fabrikam', 'open', 1)
  })

  it('nothing: a channel without a role gets no card', async () => {
    await give('19:security', null)
    await round()
    expect(connector.sent()).toEqual([])
    expect(await cards()).toEqual([])
  })

  it('one customer: its cards and no others', async () => {
    await give('19:security', { kind: 'customer', customerId: 'fabrikam' })
    await round()
    await round()
    expect(posts().map(summaryOf)).toEqual(['1 of 3 privileged accounts at Fabrikam Inc. is not MFA capable'])
    expect(JSON.stringify(connector.sent())).not.toContain('Contoso')
  })

  it('our alerts: nothing while it is not known who reads there, and nothing while guests do', async () => {
    await test.store.installations.membersChanged({ tenantId, teamId: 'team-1', conversationId: '19:security' })
    await round()
    expect(connector.sent()).toEqual([])
    await give('19:security', { kind: 'alerts' }, 'some')
    await round()
    expect(connector.sent()).toEqual([])
    await give('19:security', { kind: 'alerts' }, 'unknown')
    await round()
    expect(posts()).toHaveLength(2)
  })

  it('takes back what was posted when a channel becomes something else, without a name, and brings it back', async () => {
    await round()
    expect(posts()).toHaveLength(2)
    for (const [role, outsiders] of [[{ kind: 'customer', customerId: 'contoso' }, 'none'], [{ kind: 'alerts' }, 'some'], [null, 'none']] as const) {
      connector.seen.length = 0
      await give('19:security', role, outsiders)
      for (let times = 0; times < 3; times += 1) await round()
      const taken = puts().filter((request) => summaryOf(request) === 'No longer shown here')
      expect(taken.length).toBeGreaterThan(0)
      for (const { body } of taken) expect(JSON.stringify(body)).not.toMatch(/Contoso|Fabrikam|\bof 3\b|contoso|fabrikam/)
      if (role !== null && role.kind === 'customer') expect(taken).toHaveLength(1)
      await give('19:security', { kind: 'alerts' })
      for (let times = 0; times < 3; times += 1) await round()
      expect(posts()).toEqual([])
      expect(puts().slice(-taken.length).map(summaryOf).join()).toContain('not MFA capable')
    }
  })
})
