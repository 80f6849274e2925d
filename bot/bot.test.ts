// The bot as the product mounts it: restify in front, a database behind, the Bot Connector's protocol on both sides.
import restify from 'restify'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../api/errors.ts'
import type { Log } from '../api/log.ts'
import type { Query } from '../api/subjects.ts'
import { openActions, type Actions } from '../api/subjects.ts'
import type { ChannelRole } from '../api/channels/model.ts'
import { channelIdOf, type ChannelDoc } from '../api/channels/rows.ts'
import { anActivity, channelOf, startFakeConnector, tenantId, user, type FakeConnector } from './adapter/fakeConnector.fixture.ts'
import { openTestStore } from './alerts/testDatabase.ts'
import { openBot, openLinks, type Bot } from './bot.ts'

const log: Log = { info() {}, warn() {}, error() {} }
let role: 'admin' | 'member' | null
const customers = [['6b0d4495deda0db3e346ce01', 'Contoso'], ['6b0d4495deda0db3e346ce02', 'Fabrikam']].map(([id, name]) => ({ id: id!, name: name!, aliases: [], domains: [] }))
const [contoso] = customers
const query = {
  actorOfActivity: () => (role === null ? Promise.reject(new AppError('noRole')) : Promise.resolve({ role, tenantId, userId: 'somebody' })),
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
  for (const { id, name } of customers) {
    const doc = { _id: id, name, sortName: name.toLowerCase(), aliases: [], domains: [], archivedAt: null, holdsDomains: false, createdAt: new Date(), filterRevision: 0 }
    await test.store.customers.insert(doc)
  }
  actions = openActions({ store: test.store, now: () => new Date(), outsidersIn: (channel) => bot.outsidersIn(channel) } as Parameters<typeof openActions>[0])
  bot = openBot({
    config: connector.config, query, actions, store: test.store, log, links: openLinks('app-1', 'https://outpost.example', connector.config.botId),
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
const give = async (role: ChannelRole | null) => {
  const row = await test.store.installations.channelAt({ tenantId, conversationId: channel })
  await actions.setChannelRole({ tenantId, userId: 'u', role: 'admin', addresses: [] }, channelIdOf(row!), { role, confirmed: true })
}
const said = () =>
  connector.sent().map(({ body }) => {
    const { summary, text } = (body.activity ?? body) as { summary?: unknown; text?: unknown }
    return String(summary ?? text)
  })

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

it('what the channel hears first is how it gets a purpose, with a button for the administrator', async () => {
  await tell(installationUpdate('add'))
  const welcome = JSON.stringify(connector.sent()[0]!.body)
  expect(welcome).toContain('“this channel is for”')
  expect(welcome).toContain('yes, this channel is for our alerts')
  expect(welcome).not.toMatch(/Contoso|Fabrikam/)
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
  await give({ kind: 'alerts' })
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
  await bot.alerts.runOnce()
  expect(said()[3]).toBe('Open again: 1 of 3 privileged accounts at Contoso is not MFA capable.')
})

const channels = () => test.db.collection<ChannelDoc>('installations').find({ scope: 'channel' }).sort({ conversationId: 1 }).toArray()
const team = 'team-1'
const teamEvent = (eventType: string, more: Record<string, unknown> = {}, data: Record<string, unknown> = {}) => ({
  type: 'conversationUpdate', id: `event-${String(Math.random())}`, conversation: { id: team, conversationType: 'channel', isGroup: true, tenantId },
  channelData: { tenant: { id: tenantId }, team: { id: team, ...(data.team as object | undefined) }, eventType, ...(data.channel === undefined ? {} : { channel: data.channel }) }, ...more,
})

describe('a team with several channels', () => {
  const second = '19:second@thread.tacv2'
  beforeEach(async () => {
    await tell(installationUpdate('add'))
    // In a standard channel of the team the bot is present without having been added to that one.
    role = 'member'
    await tell({ text: '<at>Outpost</at> help', ...channelOf(second) })
    connector.seen.length = 0
  })
  const kill = () => test.db.collection<ChannelDoc>('installations').updateMany({}, { $set: { deadAt: new Date(), deadReason: 'BotNotInConversationRoster', serviceUrl: 'https://old.example' } })
  const alive = async () => (await channels()).filter(({ deadAt, deadReason, serviceUrl }) => deadAt === null && deadReason === null && serviceUrl === connector.origin).map(({ conversationId }) => conversationId)

  it('knows each in which somebody speaks to it, without a role', async () => {
    expect((await channels()).map(({ conversationId, role: given }) => [conversationId, given])).toEqual([[second, null], [channel, null]])
  })

  it.each([
    ['a message in one of them', { text: '<at>Outpost</at> help', ...channelOf(second) }],
    ['a reaction in one of them', { type: 'messageReaction', ...channelOf(second) }],
    ['the team was renamed', teamEvent('teamRenamed')],
    ['the team was restored', teamEvent('teamRestored')],
    ['the team was unarchived', teamEvent('teamUnarchived')],
    ['a channel was renamed', teamEvent('channelRenamed', {}, { channel: { id: second, name: 'New name' } })],
    ['a channel was restored', teamEvent('channelRestored', {}, { channel: { id: second } })],
    ['somebody was added', teamEvent('teamMemberAdded', { membersAdded: [{ id: '29:x' }] })],
    ['the bot was added again', installationUpdate('add')],
    ['the bot was upgraded', installationUpdate('add-upgrade')],
  ])('%s: all of them are alive again', async (_, activity) => {
    await kill()
    await tell(activity)
    expect(await alive()).toEqual([second, channel])
  })

  it.each([
    ['teamArchived', {}, [channel, second]], ['teamDeleted', {}, [channel, second]], ['teamHardDeleted', {}, [channel, second]],
    ['channelDeleted', { channel: { id: second } }, [second]],
  ])('%s: nothing is sent there any more, until it is back', async (event, data, dead) => {
    await tell(teamEvent(event, {}, data))
    expect((await channels()).filter(({ deadAt }) => deadAt !== null).map(({ conversationId }) => conversationId).sort()).toEqual([...dead].sort())
  })

  it('comes back with what each channel was for when the bot is removed and added again', async () => {
    await give({ kind: 'customer', customerId: contoso!.id })
    await tell(installationUpdate('remove'))
    expect(await test.store.installations.channels()).toEqual([])
    await tell(installationUpdate('add'))
    expect((await test.store.installations.channels()).map(({ conversationId, role: given }) => [conversationId, given?.kind])).toEqual([[second, undefined], [channel, 'customer']])
  })

  it('learns what team and channels are called, also after a renaming, and keeps what it knows when Teams does not tell', async () => {
    const names = async () => (await channels()).map(({ teamName, channelName }) => `${teamName ?? '?'} / ${channelName ?? '?'}`)
    connector.roster.names = { [team]: 'Our team', [channel]: 'Customer security', [second]: 'Second' }
    await bot.alerts.runOnce()
    expect(await names()).toEqual(['Our team / Second', 'Our team / Customer security'])
    connector.behave(({ path }) => (path.startsWith('/v3/teams/') ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
    await tell(teamEvent('channelRenamed', {}, { channel: { id: second, name: 'Third' } }))
    await bot.alerts.runOnce()
    expect(await names()).toEqual(['Our team / Third', 'Our team / Customer security'])
    connector.behave(() => undefined)
    connector.roster.names[team] = 'Renamed'
    connector.roster.names[second] = 'Third'
    await tell(teamEvent('teamRenamed', {}, { team: { name: 'Renamed' } }))
    await bot.alerts.runOnce()
    expect(await names()).toEqual(['Renamed / Third', 'Renamed / Customer security'])
  })

  it('what happens in a private or shared channel happens there alone', async () => {
    const shared = channelOf('19:shared@thread.tacv2')
    const apart = { ...shared, channelData: { ...shared.channelData, channel: { id: '19:shared@thread.tacv2', type: 'shared' } } }
    await tell({ text: '<at>Outpost</at> help', ...apart })
    await tell({ type: 'installationUpdate', action: 'remove', id: 'gone', ...apart })
    expect((await test.store.installations.channels()).map(({ conversationId }) => conversationId)).toEqual([second, channel])
  })
})

describe('who reads in the channel of our alerts', () => {
  const assessment = { check: 'privilegedAccountsMfaCapable', state: 'open', failing: 2, of: 3, unknown: 0, assessedAt: new Date() } as const
  const rounds = async () => {
    for (let times = 0; times < 3; times += 1) await bot.alerts.runOnce()
  }
  beforeEach(async () => {
    await tell(installationUpdate('add'))
    await give({ kind: 'alerts' })
    await test.store.assessments.put({ ...assessment, customerId: 'contoso' })
    await rounds()
    connector.seen.length = 0
  })
  const guest = user('29:guest', { userRole: 'guest' })
  const added = () => tell(teamEvent('teamMemberAdded', { membersAdded: [{ id: '29:guest' }] }))

  it.each([
    ['a guest', [[guest]]],
    ['a guest on a later page', [[user('29:a')], [user('29:b'), guest]]],
    ['somebody of another organisation in a shared channel', [[user('29:x', { tenantId: '99999999-9999-4999-8999-999999999999' })]]],
    ['somebody who is not signed in', [[user('29:y', { userRole: 'anonymous' })]]],
    ['a guest by the sign of the user name', [[user('29:z', { userPrincipalName: 'kim_contoso.com#EXT#@msp.example' })]]],
  ])('when %s comes, it says so, once, takes the cards back, and brings them back when all have left', async (_, pages) => {
    connector.roster.pages = pages
    await added()
    await rounds()
    expect(said()).toEqual([expect.stringContaining('Guests or people of another organisation read here now'), 'No longer shown here'])
    expect(JSON.stringify(connector.sent().map(({ body }) => body))).not.toContain('Contoso')
    connector.roster.pages = [[user('29:a')]]
    await tell(teamEvent('teamMemberRemoved', { membersRemoved: [{ id: '29:guest' }] }))
    await rounds()
    expect(said().slice(2)).toEqual([expect.stringContaining('Only people of our organisation read here again'), '2 of 3 privileged accounts at Contoso are not MFA capable'])
  })

  it('a list that cannot be read changes nothing that was said, and is known as unknown', async () => {
    connector.behave(({ path }) => (path.endsWith('/pagedmembers') ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
    await added()
    await rounds()
    expect(connector.sent()).toEqual([])
    expect((await channels())[0]).toMatchObject({ outsiders: 'unknown' })
  })

  it('a member of whom Teams tells nothing rules nobody out', async () => {
    connector.roster.pages = [[user('29:a'), { id: '29:b', name: 'Who' }]]
    await added()
    await rounds()
    expect((await channels())[0]).toMatchObject({ outsiders: 'unknown' })
  })
})

describe('“this channel is for”', () => {
  const write = async (text: string) => {
    connector.seen.length = 0
    await tell({ text: `<at>Outpost</at> ${text}`, ...channelOf(channel) })
    return said().map((words, index) => {
      const privately = connector.sent()[index]!.path.includes('a:chat-with') ? 'privately: ' : ''
      return words === 'undefined' ? 'opens the chat' : `${privately}${words}`
    })
  }
  /** What the first button of the last card says to the bot. */
  const press = () => {
    const content = JSON.stringify(connector.sent().at(-1)!.body)
    return /"msteams":\{"type":"messageBack","text":"([^"]+)"/.exec(content)![1]!
  }
  const roleNow = async () => (await channels())[0]!.role
  beforeEach(async () => {
    await tell(installationUpdate('add'))
    role = 'admin'
  })

  it('an administrator is asked back, and what the button says makes it so; nothing in the channel names the customer before', async () => {
    expect(await write('this channel is for Contoso')).toEqual(['Shall this channel be for the customer that you named?'])
    expect(JSON.stringify(connector.sent().map(({ body }) => body))).not.toMatch(/contoso/i)
    expect(await roleNow()).toBeNull()
    expect(await write(press())).toEqual(['This channel is for Contoso'])
    expect(await roleNow()).toEqual({ kind: 'customer', customerId: contoso!.id })
    expect(await write('licences')).toEqual(['Licences of Contoso'])
    expect(await write('licences Fabrikam')).toEqual(['opens the chat', 'privately: Licences of Fabrikam', 'I wrote to you privately'])
    expect(await write('what is this channel for?')).toEqual(['This channel is for Contoso'])
    const rows = await test.db.collection('audit').find({ action: 'channel.role' }).toArray()
    expect(rows.at(-1)).toMatchObject({ userId: 'somebody', customerId: contoso!.id, detail: 'customer', target: channelIdOf((await channels())[0]!) })
  })

  it.each([['our alerts', { kind: 'alerts' }], ['our team’s alerts.', { kind: 'alerts' }], ['nothing', null]])('%s', async (words, expected) => {
    await give({ kind: 'customer', customerId: contoso!.id })
    await write(`this channel is for ${words}`)
    await write(press())
    expect(await roleNow()).toEqual(expected)
  })

  it.each(['this channel is for Contoso', 'this channel is for Litware', 'this channel is for our alerts', 'this channel is for nothing', 'yes, this channel is for our alerts'])(
    'nobody else can say it, and all are answered the same: %s',
    async (text) => {
      role = 'member'
      expect(await write(text)).toEqual(['Only an administrator of Outpost can say what a channel is for.'])
      expect(await roleNow()).toBeNull()
    },
  )

  it('a customer is taken by its whole name, never on a likeness; what is not found is told privately', async () => {
    for (const name of ['Contso', 'Litware', 'Con']) {
      expect((await write(`this channel is for ${name}`)).filter((line) => !line.startsWith('opens'))).toEqual(['privately: I know no such customer', 'I wrote to you privately'])
    }
  })

  it('our alerts are refused where guests read', async () => {
    connector.roster.pages = [[user('29:guest', { userRole: 'guest' })]]
    expect(await write('yes, this channel is for our alerts')).toEqual([new AppError('outsidersRead').message])
    expect(await roleNow()).toBeNull()
  })

  it('who reads there cannot be read: the administrator is told so, and has to answer for it', async () => {
    connector.behave(({ path }) => (path.endsWith('/pagedmembers') ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
    expect(await write('yes, this channel is for our alerts')).toEqual(['Please check who reads here'])
    expect(await roleNow()).toBeNull()
    expect(await write(press())).toEqual(['This channel is for our team’s alerts'])
    expect(await roleNow()).toEqual({ kind: 'alerts' })
    expect((await test.db.collection('audit').find({ action: 'channel.role' }).toArray()).at(-1)).toMatchObject({ detail: 'alerts unchecked' })
  })

  it('is answered with a way on where there is no channel', async () => {
    connector.seen.length = 0
    await tell({ text: 'this channel is for Contoso' })
    await tell({ text: '<at>Outpost</at> this channel is for Contoso', conversation: { id: '19:group', conversationType: 'groupChat', isGroup: true, tenantId } })
    expect(said()).toEqual([expect.stringContaining('under Admin → Channels'), expect.stringContaining('A group chat cannot be')])
  })
})
