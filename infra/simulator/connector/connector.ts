// The Bot Connector: what the product's bot calls to speak (bot-framework-rest-connector-api-reference).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { BOT_CONNECTOR } from '../entra/entra.ts'
import { headersOf, takeFault } from '../faults.ts'
import { Refusal, sendJson } from '../http.ts'
import { verify } from '../keys.ts'
import type { Simulation } from '../simulation.ts'
import { nextActivityId, remember, tell, type Activity, type Place, type Posted } from './conversations.ts'
import { peopleIds, personOf, teamMembers } from './people.ts'

type Json = Record<string, unknown>
const refusal = (status: number, code: string, message: string): Refusal => new Refusal(status, message, code)

/** The key document of the Bot Connector; false when the path is another one. */
export function connectorKeys(sim: Simulation, res: ServerResponse, path: string): boolean {
  if (path === '/botframework/keys') sendJson(res, 200, { keys: [sim.keys.connector.jwk] })
  else if (path === '/botframework/openidconfiguration')
    sendJson(res, 200, { issuer: BOT_CONNECTOR, jwks_uri: `${sim.origin}/botframework/keys`, id_token_signing_alg_values_supported: ['RS256'] })
  else return false
  return true
}

/** Answers a request to /v3. */
export async function connector(sim: Simulation, req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
  const method = req.method ?? 'GET'
  const said = await text(req)
  const fault = await takeFault(sim, `${method} ${path}`)
  if (fault?.reset) return void res.destroy()
  try {
    if (fault) throw new Refusal(fault.status ?? 503, fault.message ?? 'Please try again.', fault.code || 'ServiceError', headersOf(fault))
    await authenticate(sim, req.headers.authorization)
    if (said.length > 100_000) throw refusal(413, 'MessageSizeTooBig', 'Message size too large.')
    const [, , kind, id, what, activityId] = path.split('/').map(decodeURIComponent)
    const body = (said ? JSON.parse(said) : {}) as Json
    if (kind === 'conversations' && id === undefined && method === 'POST') sendJson(res, 201, createConversation(sim, body))
    else if (kind === 'conversations' && id !== undefined && what === 'activities' && method === 'POST')
      sendJson(res, 201, { id: post(sim, placeOf(sim, id), body).activity.id })
    else if (kind === 'conversations' && id !== undefined && what === 'activities' && method === 'PUT')
      sendJson(res, 200, { id: update(sim, find(sim, placeOf(sim, id), activityId), body) })
    else if (kind === 'conversations' && id !== undefined && what === 'pagedmembers' && method === 'GET') sendJson(res, 200, { members: membersOf(sim, id) })
    else if (kind === 'teams' && [undefined, 'conversations'].includes(what) && method === 'GET') sendJson(res, 200, teamOf(sim, id, what))
    else throw refusal(501, 'NotImplemented', 'The simulator does not know this call of the Bot Connector.')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    sendJson(res, error.status, { error: { code: error.code, message: error.message } }, error.headers)
  }
}

async function authenticate(sim: Simulation, header: string | undefined): Promise<void> {
  const claims = await verify(/^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '', sim.keys.entra, BOT_CONNECTOR).catch(() => null)
  if (claims?.appid !== sim.world.bot.clientId) throw refusal(401, 'Unauthorized', 'Authorization has been denied for this request.')
}

function placeOf(sim: Simulation, conversationId: string): Place {
  if (root(conversationId) === sim.world.team.channelId) {
    if (!sim.teams.installed) throw refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
    return { where: 'channel', conversationId, upn: null }
  }
  const user = personOf(sim, conversationId)
  if (!user) throw refusal(404, 'ConversationNotFound', 'Conversation not found.')
  return { where: 'personal', conversationId, upn: user.userPrincipalName }
}

/** Of a standard channel they are those of the team, whose own conversation is the General channel. */
function membersOf(sim: Simulation, conversationId: string): Json[] {
  if (conversationId !== sim.world.team.id) placeOf(sim, conversationId)
  if (!sim.teams.installed) throw refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
  return teamMembers(sim)
}

/** The General channel has the team's id and no name (bots/how-to/get-teams-context). */
function teamOf(sim: Simulation, teamId: string | undefined, what: string | undefined): Json {
  const { id, name, groupId, channelId, channelName } = sim.world.team
  if (teamId !== id) throw refusal(404, 'ConversationNotFound', 'Conversation not found.')
  if (!sim.teams.installed) throw refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
  return what === undefined ? { id, name, aadGroupId: groupId } : { conversations: [{ id, name: null }, { id: channelId, name: channelName }] }
}

function createConversation(sim: Simulation, body: Json): Json {
  const { channel, tenant } = (body.channelData ?? {}) as { channel?: { id?: string }; tenant?: { id?: string } }
  if (channel?.id !== undefined) {
    const place = placeOf(sim, channel.id)
    // A new thread is named by its first message.
    const id = nextActivityId(sim)
    const conversationId = `${channel.id};messageid=${id}`
    post(sim, { ...place, conversationId }, body.activity as Json, id)
    return { id: conversationId, activityId: id }
  }
  const members = (body.members ?? []) as { id?: string }[]
  const user = members.length === 1 ? personOf(sim, members[0]?.id ?? '') : undefined
  if (!user) throw refusal(400, 'BadSyntax', 'Bad format of conversation: exactly one known member is needed.')
  if ((body.tenantId ?? tenant?.id) !== sim.world.msp.id)
    throw refusal(403, 'Forbidden', 'The tenant of the conversation is missing or not the bot’s.')
  return { id: peopleIds(sim, user).conversationId }
}

const post = (sim: Simulation, place: Place, activity: Json, id = nextActivityId(sim)): Posted =>
  remember(sim, place, true, { ...activity, id, timestamp: new Date(sim.clock.now()).toISOString() })

const root = (conversationId: string): string => conversationId.split(';')[0] as string

function find(sim: Simulation, place: Place, activityId: string | undefined): Posted {
  const posted = sim.teams.posted.find((p) => p.fromBot && p.activity.id === activityId && root(p.conversationId) === root(place.conversationId))
  if (!posted) throw refusal(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.')
  return posted
}

function update(sim: Simulation, posted: Posted, activity: Activity): string {
  const { id = '', timestamp } = posted.activity
  posted.activity = { ...activity, id, timestamp }
  posted.updatedAt = new Date(sim.clock.now()).toISOString()
  posted.updates++
  tell(sim, posted)
  return id
}
