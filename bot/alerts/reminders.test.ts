import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../api/log.ts'
import { openAdapter } from '../adapter/adapter.ts'
import { openLinks } from '../parts/links.ts'
import { Talks, type TalkDoc } from '../talk/rows.ts'
import { openTestStore } from '../testing/database.fixture.ts'
import { startFakeConnector, tenantId, type FakeConnector, type Seen } from '../testing/fakeConnector.fixture.ts'
import { runReminders, type ExpiringTenant, type ReminderPorts } from './reminders.ts'
import type { CardDoc } from './rows.ts'

const links = openLinks('app-1', 'https://outpost.example', 'bot-1')
const events: string[] = []
const log: Log = { info: (event) => void events.push(event), warn: (event) => void events.push(event), error: (event) => void events.push(event) }
const now = new Date('2026-11-20T10:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)

let connector: FakeConnector
let test: Awaited<ReturnType<typeof openTestStore>>
let tenants: ExpiringTenant[]
let admins: string[]

beforeAll(async () => {
  ;[connector, test] = await Promise.all([startFakeConnector(), openTestStore()])
})
afterAll(() => Promise.all([connector.close(), test.close()]))
beforeEach(async () => {
  connector.reset()
  events.length = 0
  for (const name of ['cards', 'installations']) await test.db.collection(name).deleteMany({})
  tenants = [{ _id: 't-contoso', name: 'Contoso tenant', secretExpiresAt: inDays(6.5) }]
  admins = ['ada', 'ben']
  for (const userId of ['ada', 'ben', 'member']) await install(userId)
})

const install = (userId: string) => test.store.installations.add({ tenantId, scope: 'personal', teamId: null, conversationId: `a:${userId}`, serviceUrl: connector.origin, userId }, now)

/** The ports of one copy of the process. */
function aCopy(at = now): ReminderPorts {
  const { outbound } = openAdapter(connector.config, log, () => Promise.resolve())
  const { cards, installations } = test.store
  return {
    store: { cards, installations, tenants: { all: () => Promise.resolve(tenants) } }, outbound, links, log, now: () => at,
    isAdmin: (tenant, user) => Promise.resolve(tenant === tenantId && admins.includes(user)),
  }
}
const pass = (at = now) => runReminders(aCopy(at))
const summaryOf = ({ body }: Seen): unknown => body.summary
const sent = () => connector.sent().map(({ path, body }) => `${/a:\w+/.exec(path)?.[0] ?? ''} ${String(body.summary)}`)
const wait = () => test.db.collection<CardDoc>('cards').updateMany({}, { $set: { notBefore: new Date(0) } })

describe('the reminder', () => {
  it('goes to every administrator personally, once, and to nobody else', async () => {
    for (let times = 0; times < 3; times += 1) await pass()
    expect(sent()).toEqual(['a:ada The client secret of Contoso tenant expires in 7 days', 'a:ben The client secret of Contoso tenant expires in 7 days'])
    expect(JSON.stringify(connector.sent()[0]?.body)).toContain('subEntityId%22%3A%22admin')
  })

  it('comes once a threshold, of which only the nearest counts', async () => {
    tenants = [{ ...tenants[0]!, secretExpiresAt: inDays(31) }]
    admins = ['ada']
    const said: string[] = []
    for (let day = 0; day < 40; day += 0.5) {
      connector.reset()
      await pass(inDays(day))
      said.push(...connector.sent().map((request) => `${String(day)}: ${String(summaryOf(request)).replace('The client secret of Contoso tenant ', '')}`))
    }
    expect(said).toEqual(['1: expires in 30 days', '17: expires in 14 days', '24: expires in 7 days', '30: expires within a day'])
  })

  it.each([[30.1, null], [30, '30 days'], [14.2, '15 days'], [7, '7 days'], [0.2, 'within a day'], [-3, 'has expired']])('%d days before: %s', async (days, expected) => {
    tenants = [{ ...tenants[0]!, secretExpiresAt: inDays(days) }]
    await pass()
    if (expected === null) expect(sent()).toEqual([])
    else expect(sent()[0]).toContain(expected)
  })

  it('comes again for the next secret', async () => {
    await pass()
    tenants = [{ ...tenants[0]!, secretExpiresAt: inDays(300) }]
    await pass()
    expect(sent()).toHaveLength(2)
    await pass(inDays(294))
    expect(sent()).toHaveLength(4)
  })

  it('says nothing when no date is known', async () => {
    tenants = [{ _id: 'a', name: 'A', secretExpiresAt: null }, { _id: 'b', name: 'B' }]
    await pass()
    expect(sent()).toEqual([])
  })

  it('reaches who becomes an administrator, or adds the bot, later', async () => {
    await pass()
    admins.push('member', 'late')
    await install('late')
    await pass()
    expect(sent().slice(2).map((line) => line.slice(0, 8))).toEqual(['a:late T', 'a:member'])
  })

  it('is sent once by many copies of the process at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => runReminders(aCopy())))
    expect(sent().sort()).toHaveLength(2)
  })
})

describe('sending it', () => {
  it('is tried again when it was surely not shown', async () => {
    connector.behave(() => ({ status: 429 }))
    await pass()
    await pass()
    expect(connector.sent()).toHaveLength(2)
    connector.behave(() => undefined)
    await wait()
    await pass()
    await pass()
    expect(connector.sent()).toHaveLength(4)
    expect(events.filter((event) => event === 'reminder.posted')).toHaveLength(2)
  })

  it('is never repeated when nobody knows whether it was shown', async () => {
    connector.behave(() => ({ status: 502 }))
    await pass()
    connector.behave(() => undefined)
    await wait()
    await pass()
    expect(connector.sent()).toHaveLength(2)
  })

  it('is never repeated after a killed process', async () => {
    await pass()
    await test.db.collection<CardDoc>('cards').updateMany({}, { $set: { state: 'sending', leaseUntil: new Date(0) } })
    await pass()
    expect(connector.sent()).toHaveLength(2)
    expect(events).toContain('reminder.unknown')
  })

  it('stops where the bot was removed or blocked', async () => {
    connector.behave(() => ({ status: 403, body: { error: { code: 'ConversationBlockedByUser' } } }))
    await pass()
    await wait()
    await pass()
    expect(connector.sent()).toHaveLength(2)
    expect((await test.store.installations.personal()).map(({ userId }) => userId)).toEqual(['member'])
  })
})

describe('the last question of a person', () => {
  const talks = () => test.store.talks
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  beforeEach(() => test.db.collection('talks').deleteMany({}))

  it('is kept for ten minutes, of one person, without its words', async () => {
    await talks().remember('t', 'u', { customerId: 'contoso', topic: 'mfa', range: null }, now)
    expect(await talks().last('t', 'u', later(599))).toEqual({ customerId: 'contoso', topic: 'mfa', range: null })
    expect(await talks().last('t', 'u', later(601))).toBeNull()
    expect(await talks().last('t', 'other', now)).toBeNull()
    expect(await talks().last('t2', 'u', now)).toBeNull()
    expect(Object.keys((await test.db.collection<TalkDoc>('talks').findOne({}))!).sort()).toEqual(['_id', 'at', 'customerId', 'range', 'topic'])
    expect(Talks.indexes).toEqual([{ key: { at: 1 }, expireAfterSeconds: 600 }])
  })

  it('keeps the customer over a question that names none, as long as it is known', async () => {
    await talks().remember('t', 'u', { customerId: 'contoso', topic: 'mfa', range: null }, now)
    await talks().remember('t', 'u', { customerId: null, topic: 'posture', range: null }, later(300))
    expect(await talks().last('t', 'u', later(300))).toEqual({ customerId: 'contoso', topic: 'posture', range: null })
    await talks().remember('t', 'u', { customerId: null, topic: 'posture', range: null }, later(1000))
    expect(await talks().last('t', 'u', later(1000))).toEqual({ customerId: null, topic: 'posture', range: null })
  })
})
