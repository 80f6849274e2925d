// The Bot Connector: what the product's bot calls to speak (bot-framework-rest-connector-api-reference).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BOT_CONNECTOR } from './entra.ts'
import { takeFault } from './faults.ts'
import { readBody, Refusal, sendJson } from './http.ts'
import { verify } from './keys.ts'
import type { Simulation } from './simulation.ts'
import { nextActivityId, peopleIds, personOf, remember, type Activity, type Place, type Posted } from './teams.ts'
import type { User } from './world/model.ts'

type Json = Record<string, unknown>
const refusal = (status: number, code: string, message: string): Refusal => new Refusal(status, message, code)

/** The key document of the Bot Connector; false when the path is another one. */
export function connectorKeys(sim: Simulation, res: ServerResponse, path: string): boolean {
  if (path === '/botframework/keys') sendJson(res, 200, { keys: [sim.keys.connector.jwk] })
  else if (path === '/botframework/openidconfiguration')
    sendJson(res, 200, {
      issuer: BOT_CONNECTOR, authorization_endpoint: 'https://invalid.botframework.com', jwks_uri: `${sim.origin}/botframework/keys`,
      id_token_signing_alg_values_supported: ['RS256'], token_endpoint_auth_methods_supported: ['private_key_jwt'],
    })
  else return false
  return true
}

/** Answers a request to /v3. */
export async function connector(sim: Simulation, req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
  const method = req.method ?? 'GET'
  const text = await readBody(req)
  try {
    const fault = await takeFault(sim, `${method} ${path}`)
    if (fault?.reset) return void res.destroy()
    if (fault?.status !== undefined)
      return sendJson(res, fault.status, { error: { code: fault.code ?? 'ServiceError', message: fault.message ?? 'Please try again.' } }, fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) })
    await authenticate(sim, req.headers.authorization)
    if (text.length > 100_000) throw refusal(413, 'MessageSizeTooBig', 'Message size too large.')
    const [status, body] = route(sim, method, path.slice(1).split('/').slice(1).map(decodeURIComponent), (text ? JSON.parse(text) : {}) as Json)
    sendJson(res, status, body)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    sendJson(res, error.status, { error: { code: error.code, message: error.message } })
  }
}

async function authenticate(sim: Simulation, header: string | undefined): Promise<void> {
  try {
    const claims = await verify(/^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '', sim.keys.entra, BOT_CONNECTOR)
    if (claims.appid === sim.world.bot.clientId) return
  } catch {
    // Answered below.
  }
  throw refusal(401, 'Unauthorized', 'Authorization has been denied for this request.')
}

function route(sim: Simulation, method: string, [kind, id, what, activityId]: string[], body: Json): [number, unknown] {
  const { team } = sim.world
  if (kind === 'teams' && method === 'GET') {
    if (id !== team.id) throw refusal(404, 'NotFound', 'The team was not found.')
    requireInstalled(sim)
    if (what === undefined) return [200, { id: team.id, name: team.name, aadGroupId: team.groupId, channelCount: 2, memberCount: sim.world.msp.users.size }]
    // The General channel has the team's id and no name (msteams-docs#11855).
    if (what === 'conversations') return [200, { conversations: [{ id: team.id, name: null }, { id: team.channelId, name: team.channelName }] }]
  }
  if (kind === 'conversations' && id === undefined && method === 'POST') return createConversation(sim, body)
  if (kind === 'conversations' && id !== undefined) {
    const place = placeOf(sim, id)
    if (method === 'POST' && what === 'activities') return [201, { id: post(sim, place, body).activity.id }]
    if (method === 'PUT' && what === 'activities') return [200, { id: update(sim, find(sim, place, activityId), body) }]
    if (method === 'DELETE' && what === 'activities') {
      const gone = find(sim, place, activityId)
      sim.teams.posted = sim.teams.posted.filter((p) => p !== gone)
      sim.events.emit('change', place.where === 'channel' ? 'channel' : 'chat')
      return [200, undefined]
    }
    const everybody = [...sim.world.msp.users.values()].filter((u) => u.accountEnabled && (place.upn === null || u.userPrincipalName === place.upn)).map((u) => member(sim, u))
    if (method === 'GET' && what === 'pagedmembers') return [200, { members: everybody }]
    if (method === 'GET' && what === 'members') {
      if (activityId === undefined) return [200, everybody]
      const one = everybody.find((m) => m.id === activityId || m.aadObjectId === activityId)
      if (!one) throw refusal(404, 'MemberNotFoundInConversation', 'Member not found in conversation.')
      return [200, one]
    }
  }
  throw refusal(501, 'NotImplemented', 'The simulator does not know this call of the Bot Connector.')
}

function member(sim: Simulation, user: User): Json {
  const [givenName, surname] = [user.givenName, user.surname]
  return { id: peopleIds(sim, user).mri, name: user.displayName, aadObjectId: user.id, objectId: user.id, givenName, surname, email: user.mail, userPrincipalName: user.userPrincipalName, tenantId: sim.world.msp.id, userRole: 'user' }
}

function requireInstalled(sim: Simulation): void {
  if (!sim.teams.installed) throw refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
}

function placeOf(sim: Simulation, conversationId: string): Place {
  const { team } = sim.world
  const channel = conversationId.split(';')[0]
  if (channel === team.channelId || channel === team.id) {
    requireInstalled(sim)
    return { where: 'channel', conversationId, upn: null }
  }
  const user = personOf(sim, conversationId)
  if (!user) throw refusal(404, 'ConversationNotFound', 'Conversation not found.')
  return { where: 'personal', conversationId, upn: user.userPrincipalName }
}

function createConversation(sim: Simulation, body: Json): [number, unknown] {
  const data = (body.channelData ?? {}) as { channel?: { id?: string }; teamsChannelId?: string; tenant?: { id?: string } }
  const channelId = data.channel?.id ?? data.teamsChannelId
  if (channelId !== undefined) {
    const place = placeOf(sim, channelId)
    // A new thread is named by its first message.
    const id = nextActivityId(sim)
    const posted = post(sim, { ...place, conversationId: `${channelId};messageid=${id}` }, { ...(body.activity as Json | undefined), id })
    return [201, { id: posted.conversationId, activityId: id }]
  }
  const members = (body.members ?? []) as { id?: string; aadObjectId?: string }[]
  const user = members.length === 1 ? personOf(sim, members[0]?.id ?? members[0]?.aadObjectId ?? '') : undefined
  if (!user) throw refusal(400, 'BadSyntax', 'Bad format of conversation: exactly one known member is needed.')
  if ((body.tenantId ?? data.tenant?.id) !== sim.world.msp.id) throw refusal(403, 'Forbidden', 'The tenant of the conversation is missing or not the bot’s.')
  const place: Place = { where: 'personal', conversationId: peopleIds(sim, user).conversationId, upn: user.userPrincipalName }
  return [201, { id: place.conversationId, ...(body.activity ? { activityId: post(sim, place, body.activity as Json).activity.id } : {}) }]
}

function post(sim: Simulation, place: Place, activity: Json): Posted {
  const id = place.conversationId.endsWith(`;messageid=${activity.id as string}`) ? (activity.id as string) : nextActivityId(sim)
  const complete: Activity = { ...activity, id, timestamp: new Date(sim.clock.now()).toISOString() }
  return remember(sim, place, true, complete)
}

function find(sim: Simulation, place: Place, activityId: string | undefined): Posted {
  const root = (conversationId: string): string => conversationId.split(';')[0] as string
  const posted = sim.teams.posted.find((p) => p.fromBot && p.activity.id === activityId && root(p.conversationId) === root(place.conversationId))
  if (!posted) throw refusal(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.')
  return posted
}

function update(sim: Simulation, posted: Posted, activity: Json): string {
  const id = posted.activity.id as string
  posted.activity = { ...activity, id, timestamp: posted.activity.timestamp }
  posted.updatedAt = new Date(sim.clock.now()).toISOString()
  posted.updates++
  sim.events.emit('change', posted.where === 'channel' ? 'channel' : 'chat')
  return id
}
