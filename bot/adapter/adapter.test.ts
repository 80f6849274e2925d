import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../api/log.ts'
import { anActivity, botId, channelOf, nobody, startFakeConnector, tenantId, type FakeConnector } from '../testing/fakeConnector.fixture.ts'
import { openAdapter, type Adapter } from './adapter.ts'
import { DeliveryError, type Card, type Reply, type Turn } from './port.ts'

const silent: Log = { info() {}, warn() {}, error() {} }
const card: Card = { content: { type: 'AdaptiveCard', version: '1.5' }, summary: 'A card' }

let connector: FakeConnector
let adapter: Adapter
let turns: Turn[]
let answer: (turn: Turn, reply: Reply) => Promise<void>

beforeAll(async () => {
  connector = await startFakeConnector()
  adapter = openAdapter(connector.config, silent, async (turn, reply) => {
    turns.push(turn)
    await answer(turn, reply)
  })
})
beforeEach(() => {
  connector.reset()
  turns = []
  answer = async () => {}
})
afterAll(() => connector.close())

const sent = (activity: unknown, token: string | null) => adapter.handle({ method: 'POST', headers: token === null ? {} : { authorization: `Bearer ${token}` }, body: activity })
const send = async (activity: unknown, token: string | null): Promise<number> => (await sent(activity, token)).status

describe('who may speak to the bot', () => {
  it('lets in an activity that the connector signed, and answers with a token of its own', async () => {
    answer = (_, reply) => reply.say('hello back')
    expect(await send(anActivity(connector.origin, { id: 'x1' }), await connector.token())).toBe(200)
    expect(connector.sent()).toHaveLength(1)
    expect(connector.sent()[0]).toMatchObject({
      method: 'POST', path: '/v3/conversations/a:personal-1/activities/x1', authorization: 'Bearer outbound-token',
      body: { type: 'message', text: 'hello back', textFormat: 'plain' },
    })
  })

  it.each([
    ['wrong key', { key: true } as const],
    ['wrong audience', { audience: '99999999-9999-4999-8999-999999999999' }],
    ['wrong issuer', { issuer: 'https://login.microsoftonline.com/x/v2.0' }],
    ['expired', { expired: true } as const],
    ['no end', { endless: true } as const],
    ['another service URL', { serviceUrl: 'https://elsewhere.invalid' }],
    ['an emulator’s issuer', { issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', more: { ver: '1.0', appid: botId } }],
    ['a skill’s token', { more: { ver: '1.0', appid: '99999999-9999-4999-8999-999999999999' } }],
  ])('answers 401 to a token with %s', async (_, wrong) => {
    expect(await send(anActivity(connector.origin), await connector.token(wrong))).toBe(401)
    expect(turns).toEqual([])
  })

  it('answers 401 without a token and to garbage', async () => {
    expect(await send(anActivity(connector.origin), null)).toBe(401)
    expect(await send(anActivity(connector.origin), 'not.a.token')).toBe(401)
  })

  const other = '99999999-9999-4999-8999-999999999999'
  it.each([
    ['another tenant’s conversation', { conversation: { id: 'a:1', conversationType: 'personal', tenantId: other } }],
    ['another tenant in channelData', { channelData: { tenant: { id: other } } }],
    ['two tenants', { conversation: { id: 'a:1', conversationType: 'personal', tenantId }, channelData: { tenant: { id: other } } }],
    ['no tenant', { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} }],
    ['no author', { from: { id: '29:x', name: 'Nobody' } }],
    ['no service URL', { serviceUrl: '' }],
    ['a service URL that is none', { serviceUrl: 'smba' }],
    ['another channel', { channelId: 'webchat' }],
    ['the channel of App Service Extensions', { channelId: 'AseChannel' }],
  ])('answers 401 to a validly signed activity with %s', async (_, more) => {
    expect(await send(anActivity(connector.origin, more), await connector.token())).toBe(401)
    expect(turns).toEqual([])
  })

  it('answers 400 to what is no activity, 405 to GET, 503 when a turn fails', async () => {
    expect(await send('text', await connector.token())).toBe(400)
    expect(await send({ no: 'type' }, await connector.token())).toBe(400)
    expect(await adapter.handle({ method: 'GET', headers: {} })).toEqual({ status: 405 })
    answer = () => Promise.reject(new Error('broken'))
    expect(await send(anActivity(connector.origin), await connector.token())).toBe(503)
  })
})

describe('whom the bot talks to', () => {
  it.each(['https://elsewhere.example/teams/', 'http://127.0.0.1:1/', 'https://smba.trafficmanager.net.elsewhere.example/'])('not to %s, although the token is for it', async (serviceUrl) => {
    expect(await send(anActivity(connector.origin, { serviceUrl }), await connector.token({ serviceUrl }))).toBe(401)
    expect(turns).toEqual([])
  })

  it('nor to one that it has kept', async () => {
    const place = { scope: 'personal', conversationId: 'a:1', tenantId, serviceUrl: 'https://elsewhere.example' } as const
    await expect(adapter.outbound.post(place, 'hello')).rejects.toMatchObject({ outcome: 'refused', code: 'serviceUrl' })
    expect(connector.seen).toEqual([])
  })
})

describe('an invoke', () => {
  it.each([
    ['adaptiveCard/action', 200, { statusCode: 400, type: 'application/vnd.microsoft.error', value: { message: expect.stringContaining('does not know this action') as unknown } }],
    ['task/fetch', 200, { task: { type: 'message' } }],
    ['composeExtension/query', 200, { composeExtension: { type: 'message' } }],
    ['something/new', 400, { error: { code: 'BadRequest' } }],
    [undefined, 400, { error: { code: 'BadRequest' } }],
  ])('that nobody knows (%s) gets an answer that Teams can show', async (name, status, body) => {
    const response = await sent(anActivity(connector.origin, { type: 'invoke', name, value: {} }), await connector.token())
    expect(response).toMatchObject({ status, body })
  })
})

describe('turns', () => {
  it.each([['meeting'], [undefined], [7]])('a conversation of a kind that is not known (%s) counts as a channel, where others read', async (conversationType) => {
    const conversation = { id: '19:meeting_x@thread.v2', conversationType, tenantId }
    await send(anActivity(connector.origin, { conversation }), await connector.token())
    expect(turns[0]).toMatchObject({ place: { scope: 'channel', channelId: '19:meeting_x@thread.v2' } })
  })

  it('an activity without an id has the same one each time that it comes, and another has another', async () => {
    const activity = anActivity(connector.origin, { id: undefined, timestamp: '2026-11-30T10:00:00Z' })
    for (const next of [activity, activity, { ...activity, text: 'something else' }]) await send(next, await connector.token())
    const [first, again, other] = turns.map(({ id }) => id)
    expect(first).toMatch(/^.{20,}$/)
    expect([again === first, other === first]).toEqual([true, false])
  })

  it('tells who asked what where, in which language and time zone', async () => {
    const more = { text: '<at>Outpost</at> mfa Contoso', ...channelOf('19:c@thread.tacv2') }
    const entities = [
      { type: 'mention', mentioned: { id: `28:${botId}`, name: 'Outpost' }, text: '<at>Outpost</at>' },
      { type: 'mention', mentioned: { id: '29:other', name: 'Robin Sample' }, text: '<at>Robin Sample</at>' },
      { type: 'clientInfo', locale: 'de-DE', timezone: 'Europe/Berlin' },
    ]
    await send(anActivity(connector.origin, { id: 'x2', ...more, entities }), await connector.token())
    expect(turns).toEqual([
      {
        kind: 'message', id: 'x2', text: '<at>Outpost</at> mfa Contoso', ownMentions: ['<at>Outpost</at>'], locale: 'de-DE', timezone: 'Europe/Berlin',
        user: { aadObjectId: '33333333-3333-4333-8333-333333333333', tenantId, mri: '29:person-1', name: 'Alex Example' },
        place: {
          scope: 'channel', conversationId: '19:c@thread.tacv2;messageid=100', rootMessageId: '100', teamId: 'team-1', channelId: '19:c@thread.tacv2',
          tenantId, serviceUrl: connector.origin,
        },
      },
    ])
  })

  it('survives a message without text', async () => {
    const { text, ...activity } = anActivity(connector.origin, { entities: [{ type: 'mention', mentioned: { id: `28:${botId}` } }, null] })
    expect(text).toBe('hello')
    expect(await send(activity, await connector.token())).toBe(200)
    expect(turns[0]).toMatchObject({ kind: 'message', text: '', ownMentions: ['<at>Outpost</at>'] })
  })

  it('keeps the home tenant of a guest', async () => {
    await send(anActivity(connector.origin, { from: { id: '29:g', aadObjectId: 'g', tenantId: 'AAAA' } }), await connector.token())
    expect(turns[0]).toMatchObject({ user: { tenantId: 'aaaa' } })
  })

  it.each([
    ['add', { kind: 'installed', fresh: true }],
    ['add-upgrade', { kind: 'installed', fresh: false }],
    ['remove', { kind: 'removed' }],
    ['remove-upgrade', { kind: 'other' }],
  ])('reads installationUpdate %s', async (action, expected) => {
    const more = channelOf('19:general@thread.tacv2', { settings: { selectedChannel: { id: '19:chosen@thread.tacv2' } } })
    await send(anActivity(connector.origin, { type: 'installationUpdate', action, ...more }), await connector.token())
    expect(turns[0]).toMatchObject({ ...expected, place: { scope: 'channel', channelId: '19:chosen@thread.tacv2' } })
  })
})

describe('what the bot sends', () => {
  const place = { scope: 'channel', conversationId: '19:c', channelId: '19:c', tenantId } as const
  const here = () => ({ ...place, serviceUrl: connector.origin })
  const failure = async (send: Promise<unknown>) => {
    const error: unknown = await send.then(() => null, (reason: unknown) => reason)
    expect(error).toBeInstanceOf(DeliveryError)
    return error as DeliveryError
  }

  it('starts a thread and knows both of its ids', async () => {
    const posted = await adapter.outbound.post(here(), card)
    const id = posted.activityId
    expect(id).toMatch(/^m\d+$/)
    expect(posted.conversationId).toBe(`19:c;messageid=${id}`)
    expect(connector.sent()[0]?.body).toMatchObject({ isGroup: true, channelData: { channel: { id: '19:c' } }, activity: { summary: 'A card' } })
  })

  it('takes the activity’s id from the conversation’s when it is not told', async () => {
    connector.behave(() => ({ status: 201, body: { id: '19:c;messageid=77' } }))
    expect(await adapter.outbound.post(here(), card)).toEqual({ conversationId: '19:c;messageid=77', activityId: '77' })
  })

  it('replaces a card by PUT on its id', async () => {
    await adapter.outbound.update({ serviceUrl: connector.origin, conversationId: '19:c;messageid=77', activityId: '77' }, card)
    expect(connector.sent()).toMatchObject([{ method: 'PUT', path: '/v3/conversations/19:c;messageid=77/activities/77', body: { id: '77', summary: 'A card' } }])
  })

  it('writes privately, and knows the message’s id and not the chat’s', async () => {
    const posted = await adapter.outbound.writePrivately({ mri: '29:p', tenantId }, connector.origin, card)
    expect(posted.conversationId).toBe('a:chat-with-29:p')
    expect(posted.activityId).toMatch(/^m\d+$/)
    expect(connector.sent().map(({ path }) => path)).toEqual(['/v3/conversations', '/v3/conversations/a:chat-with-29:p/activities'])
  })

  it.each([500, 502, 503, 504])('sends once when the connector answers %i, and calls the outcome unknown', async (status) => {
    connector.behave(() => ({ status }))
    for (const send of [
      () => adapter.outbound.post(here(), card),
      () => adapter.outbound.update({ serviceUrl: connector.origin, conversationId: 'c', activityId: 'a' }, card),
    ]) {
      connector.seen.length = 0
      expect(await failure(send())).toMatchObject({ outcome: 'unknown', statusCode: status })
      expect(connector.sent()).toHaveLength(1)
    }
  })

  it('replies in a turn once, too', async () => {
    connector.behave(() => ({ status: 500 }))
    let caught: unknown
    answer = (_, reply) => reply.say('x').catch((error: unknown) => void (caught = error))
    await send(anActivity(connector.origin), await connector.token())
    expect(caught).toMatchObject({ outcome: 'unknown' })
    expect(connector.sent()).toHaveLength(1)
  })

  it('calls a broken connection unknown, and one that was never made unreached', async () => {
    connector.behave(() => ({ reset: true }))
    expect(await failure(adapter.outbound.post(here(), card))).toMatchObject({ outcome: 'unknown' })
    expect(connector.sent()).toHaveLength(1)
    expect(await failure(adapter.outbound.post({ ...place, serviceUrl: nobody }, card))).toMatchObject({ outcome: 'unreached' })
  })

  it('tells a clean refusal, its reason and how long to wait', async () => {
    connector.behave(() => ({ status: 429, headers: { 'retry-after': '7' }, body: { error: { code: 'TooManyRequests', message: 'for alex@contoso.com' } } }))
    const throttled = await failure(adapter.outbound.post(here(), card))
    expect(throttled).toMatchObject({ outcome: 'refused', statusCode: 429, retryAfterSeconds: 7, code: 'TooManyRequests' })
    expect(throttled.message).not.toContain('@')
    connector.behave(() => ({ status: 403, body: { error: { code: 'BotNotInConversationRoster', message: 'x' } } }))
    expect(await failure(adapter.outbound.post(here(), card))).toMatchObject({ outcome: 'refused', statusCode: 403, code: 'BotNotInConversationRoster' })
    expect(connector.sent()).toHaveLength(2)
  })

  it('knows that nothing was sent when there is no token', async () => {
    // Another bot id, because botframework-connector keeps tokens by it for the whole process.
    const fresh = openAdapter({ ...connector.config, botId: '44444444-4444-4444-8444-444444444444' }, silent, async () => {})
    connector.tokens.status = 401
    expect(await failure(fresh.outbound.post(here(), card))).toMatchObject({ outcome: 'unreached' })
    expect(connector.sent()).toEqual([])
  })

  it('waits for a token as long as Entra says, and not by itself for longer', async () => {
    const fresh = openAdapter({ ...connector.config, botId: '66666666-6666-4666-8666-666666666666' }, silent, async () => {})
    Object.assign(connector.tokens, { status: 429, headers: { 'Retry-After': '7' } })
    expect(await failure(fresh.outbound.post(here(), card))).toMatchObject({ outcome: 'unreached', retryAfterSeconds: 7 })
    connector.tokens.status = 200
    await fresh.outbound.post(here(), card)
    expect(connector.sent()).toHaveLength(1)
  })
})
