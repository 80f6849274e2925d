import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext, type ConversationReference } from 'botbuilder'
import { AuthenticationError, MsalServiceClientCredentialsFactory, TeamsConnectorClient, type ConnectorClient } from 'botframework-connector'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { msal, trial, type Trial } from '../simulator.fixture.ts'

let t: Trial
let server: Server
let adapter: CloudAdapter
let reference: Partial<ConversationReference>

class Strict extends ConfigurationBotFrameworkAuthentication {
  // A wrong signature is not mapped to 401 by the library.
  override async authenticateRequest(activity: Activity, header: string) {
    return super.authenticateRequest(activity, header).catch((error: unknown) => {
      throw error instanceof AuthenticationError ? error : new AuthenticationError('Unauthorized', 401)
    })
  }
}

/** A bot made with the real libraries, which repeats what it hears. */
function makeAdapter(): CloudAdapter {
  const { msp, bot } = t.sim.world
  const framework = 'https://api.botframework.com'
  return new CloudAdapter(new Strict({
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${msp.id}`,
    ToChannelFromBotOAuthScope: framework,
    ToBotFromChannelTokenIssuer: framework,
    OAuthUrl: framework,
    ToBotFromChannelOpenIdMetadataUrl: `${t.origin}/botframework/openidconfiguration`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${t.origin}/botframework/openidconfiguration`,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  }, new MsalServiceClientCredentialsFactory(bot.clientId, msal(t.origin, msp.id, bot.clientId, bot.secret) as never)))
}

beforeAll(async () => {
  server = createServer((req, res) => {
    void (async () => {
      let text = ''
      for await (const chunk of req) text += String(chunk)
      const answer = Object.assign(res, {
        status: (code: number) => Object.assign(answer, { statusCode: code }),
        send: (body: unknown) => res.end(JSON.stringify(body)),
        header: (name: string, value: unknown) => res.setHeader(name, String(value)),
      })
      const heard = { method: 'POST', headers: req.headers, body: JSON.parse(text) as Record<string, unknown> }
      await adapter.process(heard, answer as never, async (context) => {
        reference = TurnContext.getConversationReference(context.activity)
        if (context.activity.type === 'message') await context.sendActivity(`You said ${context.activity.text}`)
      })
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t = await trial('tiny', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  adapter = makeAdapter()
})
afterAll(async () => {
  await t.close()
  server.closeAllConnections()
  server.close()
})
beforeEach(() => t.call('DELETE', '/simulator/faults'))

const ROBIN = 'robin.rivet@proseware.com'
const setInstalled = (action: 'add' | 'remove') => t.call<{ status: number }>('POST', '/simulator/channel', { action })
interface Answer { status: number; activities: Record<string, unknown>[] }

describe('the connector, with the real botbuilder', () => {
  it('carries a chat in both directions', async () => {
    const { body } = await t.call<Answer>('POST', '/simulator/chat', { from: ROBIN, text: 'hello', where: 'personal' })
    expect(body).toMatchObject({ status: 200, activities: [{ text: 'You said hello', where: 'personal', to: ROBIN }] })
    const chat = (await t.call<{ activities: { fromBot: boolean }[] }>('GET', `/simulator/chats/${ROBIN}`)).body
    expect(chat.activities.map((a) => a.fromBot)).toEqual([false, true])
  })

  it('mentions the bot in the channel, once it is there', async () => {
    expect((await t.call('POST', '/simulator/chat', { from: ROBIN, text: 'hi', where: 'channel' })).status).toBe(409)
    expect((await setInstalled('add')).body).toEqual({ status: 200 })
    const { activities } = (await t.call<Answer>('POST', '/simulator/chat', { from: ROBIN, text: 'hi', where: 'channel' })).body
    expect(activities).toMatchObject([{ text: 'You said <at>Outpost</at> hi', where: 'channel' }])
    expect(activities[0]).not.toHaveProperty('to')
  })

  it('posts a card in the channel, updates and deletes it', async () => {
    await setInstalled('add')
    const contentType = 'application/vnd.microsoft.card.adaptive'
    const card = (title: string) => ({ type: 'message', attachments: [{ contentType, content: { type: 'AdaptiveCard', title } }] })
    await adapter.continueConversationAsync(t.sim.world.bot.clientId, reference, async (context) => {
      const client = context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey)
      const channel = t.sim.world.team.channelId
      const post = (title: string) =>
        client.conversations.createConversation({ isGroup: true, channelData: { channel: { id: channel } }, activity: card(title) } as never)
      const made = await post('red')
      expect(made.id).toBe(`${channel};messageid=${made.activityId}`)
      await client.conversations.updateActivity(made.id, made.activityId, card('green'))
      const { cards } = (await t.call<{ cards: { activityId: string; updates: number; activity: unknown }[] }>('GET', '/simulator/channel')).body
      expect(cards).toHaveLength(1)
      expect(cards[0]).toMatchObject({ activityId: made.activityId, updates: 1, activity: card('green') })
      await expect(client.conversations.updateActivity(made.id, '1', card('late') as never)).rejects.toMatchObject({ statusCode: 404 })
      await setInstalled('remove')
      await expect(post('x')).rejects.toMatchObject({ statusCode: 403 })
    })
  })

  it('tells who is in the team, and what team and channels are called', async () => {
    await setInstalled('add')
    const { team, msp } = t.sim.world
    await adapter.continueConversationAsync(t.sim.world.bot.clientId, reference, async (context) => {
      const client = context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey)
      const roles = async (id: string) => {
        const { members } = await client.conversations.getConversationPagedMembers(id, { pageSize: 500 } as never)
        return (members as { userRole?: string; tenantId?: string }[]).map(({ userRole, tenantId }) => `${userRole} ${tenantId === msp.id}`)
      }
      for (const id of [team.id, team.channelId]) expect(new Set(await roles(id))).toEqual(new Set(['user true']))
      await t.call('POST', '/simulator/channel', { action: 'addGuest' })
      expect((await roles(team.id)).at(-1)).toBe('guest true')
      await t.call('POST', '/simulator/channel', { action: 'removeGuest' })
      expect(new Set(await roles(team.id))).toEqual(new Set(['user true']))
      const { teams } = new TeamsConnectorClient(client.credentials, { baseUri: context.activity.serviceUrl })
      expect((await teams.fetchTeamDetails(team.id)).name).toBe(team.name)
      const { conversations } = await teams.fetchChannelList(team.id)
      expect(conversations!.map(({ id, name }) => [id, name ?? null])).toEqual([[team.id, null], [team.channelId, team.channelName]])
      await setInstalled('remove')
      await expect(roles(team.id)).rejects.toMatchObject({ statusCode: 403 })
      await setInstalled('add')
    })
  })

  it('opens a personal chat by itself', async () => {
    await t.call('POST', '/simulator/chat', { from: ROBIN, text: 'who', where: 'personal' })
    await adapter.continueConversationAsync(t.sim.world.bot.clientId, reference, async (context) => {
      const client = context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey)
      const wanted = { isGroup: false, tenantId: t.sim.world.msp.id, members: [{ id: context.activity.from.id }] }
      const made = await client.conversations.createConversation(wanted as never)
      await client.conversations.sendToConversation(made.id, { type: 'message', text: 'privately' })
    })
    const chat = (await t.call<{ activities: { text: string }[] }>('GET', `/simulator/chats/${ROBIN}`)).body
    expect(chat.activities.at(-1)?.text).toBe('privately')
  })

  it.each(['signature', 'audience', 'issuer', 'expired', 'serviceurl', 'none'])('can send a faulty activity: %s is 401', async (fault) => {
    const { body } = await t.call<{ status: number }>('POST', '/simulator/activities', { activity: { type: 'message', text: 'x' }, fault })
    expect(body.status).toBe(401)
    expect((await t.call<{ status: number }>('POST', '/simulator/activities', { activity: { type: 'event', name: 'x' } })).body.status).toBe(200)
  })

  it('asks for the bot’s token', async () => {
    expect((await t.call('GET', '/v3/conversations/x')).status).toBe(401)
    expect((await t.call('GET', '/v3/conversations/x', undefined, { authorization: `Bearer ${await t.token()}` })).status).toBe(401)
  })
})
