// Everything that the bot sends. botbuilder repeats a send by itself on 5xx and 429, which makes two cards of one, so its
// repetition is taken out here; whoever sends decides what an unknown outcome means.
import http from 'node:http'
import https from 'node:https'
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { AuthenticationConstants, ClaimsIdentity, TeamsConnectorClient, type ConnectorClient, type ConnectorFactory } from 'botframework-connector'
import { membershipOf } from './membership.ts'
import type { BotConfig } from './config.ts'
import { DeliveryError, type Membership, type Outbound, type Said } from './port.ts'
import { isService } from './service.ts'

/** An answer that takes longer is counted as unknown. Teams itself gives a bot 15 seconds. */
const timeoutMs = 15_000
/** Pages of members; more people than these can hold are not looked through. */
const [pageSize, mostPages] = [500, 40]
const adaptiveCard = 'application/vnd.microsoft.card.adaptive'

interface Pipeline {
  removePolicy(options: { name: string }): { name: string }[]
  addPolicy(policy: { name: string; sendRequest(request: { url: string; timeout: number; agent?: http.Agent }, next: (request: unknown) => Promise<unknown>): Promise<unknown> }): void
}

/**
 * Takes the repetition out of a connector client, and gives each request a time limit and Node's own agent.
 * botframework-connector 4.23 builds its pipeline in its constructor (azureCoreHttpCompat/serviceClientContext.js), hands no
 * retry option on and replaces `requestPolicyFactories`, so the policy is removed by its name from the finished pipeline.
 * @throws Error when this version of the library has no such policy: better no bot than a bot that repeats itself
 */
function withoutRepetition<C extends ConnectorClient | TeamsConnectorClient>(connector: C): C {
  const pipeline = (connector as unknown as { client?: { pipeline?: Pipeline } }).client?.pipeline
  const removed = pipeline?.removePolicy({ name: 'defaultRetryPolicy' }) ?? []
  if (pipeline === undefined || removed.length === 0) throw new Error('botframework-connector has changed: its retry policy was not found')
  pipeline.addPolicy({
    name: 'outpost',
    sendRequest(request, next) {
      request.timeout = timeoutMs
      // The library's own agents know no proxy, and its policy for proxies reads NO_PROXY in a way of its own and takes HTTPS_PROXY
      // for http as well. The whole process has one rule, which lies in the agents of Node.
      request.agent = request.url.startsWith('https:') ? https.globalAgent : http.globalAgent
      return next(request)
    },
  })
  return connector
}

/** The same factory, whose connectors send each request once. */
export function sendingOnce(factory: ConnectorFactory): ConnectorFactory {
  return { create: async (serviceUrl: string, audience: string) => withoutRepetition(await factory.create(serviceUrl, audience)) }
}

/** A message activity of the Bot Connector. */
export function toActivity(said: Said): Record<string, unknown> {
  if (typeof said === 'string') return { type: 'message', text: said, textFormat: 'plain' }
  return { type: 'message', summary: said.summary, attachments: [{ contentType: adaptiveCard, content: said.content }] }
}

/** An error of the connector client, as what it means for the send. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const { statusCode, code, response, body } = error as {
    statusCode?: unknown; code?: unknown; body?: unknown; response?: { headers?: { get(name: string): string | undefined } }
  }
  const reason = (body as { error?: { code?: unknown } } | undefined)?.error?.code ?? code
  const word = typeof reason === 'string' && /^\w{1,60}$/.test(reason) ? { code: reason } : {}
  if (typeof statusCode === 'number') {
    const seconds = Number(response?.headers?.get('retry-after') ?? Number.NaN)
    return new DeliveryError(statusCode >= 400 && statusCode < 500 && statusCode !== 408 ? 'refused' : 'unknown', {
      statusCode, ...word, ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}), cause: error,
    })
  }
  // No connection was made, so nothing was said. Any other network error can come after the request has left.
  const unreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(code))
  return new DeliveryError(unreached ? 'unreached' : 'unknown', { ...word, cause: error })
}

/** The id of an activity that was sent; the root message of a new thread is also named by its conversation. */
function activityIdOf(response: { id?: unknown; activityId?: unknown }, conversationId: string): string {
  if (typeof response.activityId === 'string' && response.activityId !== '') return response.activityId
  return conversationId.split(';messageid=')[1] ?? ''
}

/** @param auth what signs for the bot */
export function openOutbound(auth: ConfigurationBotFrameworkAuthentication, { botId, serviceOrigins }: Pick<BotConfig, 'botId' | 'serviceOrigins'>): Outbound {
  const identity = new ClaimsIdentity([
    { type: AuthenticationConstants.AudienceClaim, value: botId },
    { type: AuthenticationConstants.AppIdClaim, value: botId },
  ])
  const factory = auth.createConnectorFactory(identity)
  const bot = { id: `28:${botId}` }

  async function connect(serviceUrl: string) {
    // A conversation that was kept before the list was made shorter.
    if (!isService(serviceOrigins, serviceUrl)) throw new DeliveryError('refused', { code: 'serviceUrl' })
    const connector = await factory.create(serviceUrl, AuthenticationConstants.ToChannelFromBotOAuthScope)
    try {
      // The token is fetched before the send: when it fails now, it is certain that nothing was sent.
      await (connector.credentials as unknown as { getToken(): Promise<string> }).getToken()
    } catch (error) {
      // What the network module of MSAL was told, see BotConfig.network.
      const seconds = (error as { reason?: { retryAfterSeconds?: number } }).reason?.retryAfterSeconds
      throw new DeliveryError('unreached', { code: 'token', ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }), cause: error })
    }
    return connector
  }
  const conversationsAt = async (serviceUrl: string) => (await connect(serviceUrl)).conversations

  async function sending<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send()
    } catch (error) {
      throw toDeliveryError(error)
    }
  }

  return {
    post: (place, said) =>
      sending(async () => {
        const conversations = await conversationsAt(place.serviceUrl)
        if (place.scope !== 'channel') {
          const sent = await conversations.sendToConversation(place.conversationId, toActivity(said))
          return { conversationId: place.conversationId, activityId: sent.id }
        }
        const channelId = place.channelId ?? place.conversationId
        // Asked of the connector itself, because botbuilder's createConversationAsync gives the conversation's id where the
        // activity's is expected.
        const created = await conversations.createConversation({
          isGroup: true, bot, tenantId: place.tenantId, activity: toActivity(said),
          channelData: { channel: { id: channelId }, tenant: { id: place.tenantId } },
        } as never)
        return { conversationId: created.id, activityId: activityIdOf(created, created.id) }
      }),
    update: (ref, card) =>
      sending(async () => {
        const conversations = await conversationsAt(ref.serviceUrl)
        await conversations.updateActivity(ref.conversationId, ref.activityId, { ...toActivity(card), id: ref.activityId })
      }),
    replyTo: (thread, said) =>
      sending(async () => {
        const conversations = await conversationsAt(thread.serviceUrl)
        const sent = await conversations.sendToConversation(thread.conversationId, toActivity(said))
        return { conversationId: thread.conversationId, activityId: sent.id }
      }),
    membersOf: ({ serviceUrl, conversationId, tenantId }) =>
      sending(async () => {
        const conversations = await conversationsAt(serviceUrl)
        const members: Membership[] = []
        let continuationToken: string | undefined
        for (let page = 0; ; page += 1) {
          // Whoever could not be looked at may be anybody.
          if (page === mostPages) return [...members, null]
          const options = { pageSize, ...(continuationToken === undefined ? {} : { continuationToken }) } as { pageSize: number; continuationToken: string }
          const read = await conversations.getConversationPagedMembers(conversationId, options)
          members.push(...(read.members ?? []).map((member) => membershipOf(member, tenantId, bot.id)))
          continuationToken = read.continuationToken || undefined
          if (continuationToken === undefined) return members
        }
      }),
    namesIn: ({ serviceUrl, teamId }) =>
      sending(async () => {
        const { credentials } = await connect(serviceUrl)
        const { teams } = withoutRepetition(new TeamsConnectorClient(credentials as never, { baseUri: serviceUrl }))
        const [{ name }, { conversations }] = await Promise.all([teams.fetchTeamDetails(teamId), teams.fetchChannelList(teamId)])
        const channels = (conversations ?? []).flatMap(({ id, name: channel }) => (typeof id === 'string' ? [[id, channel || null] as const] : []))
        return { team: name || null, channels: new Map(channels) }
      }),
    writePrivately: (person, serviceUrl, said) =>
      sending(async () => {
        const conversations = await conversationsAt(serviceUrl)
        // Creating a chat that exists finds it. The message is sent on its own, which gives its real id and not the chat's.
        const chat = await conversations.createConversation({
          isGroup: false, bot, members: [{ id: person.mri }], tenantId: person.tenantId, channelData: { tenant: { id: person.tenantId } },
        } as never)
        const sent = await conversations.sendToConversation(chat.id, toActivity(said))
        return { conversationId: chat.id, activityId: sent.id }
      }),
  }
}
