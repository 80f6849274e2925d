// For tests: the Bot Connector, its keys and Entra's token endpoint over real HTTP, on one local origin. It remembers what it
// was asked and answers what it is told to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { entraNetwork } from '../../api/graph/token.ts'
import type { BotConfig } from '../adapter/config.ts'

export const tenantId = '11111111-1111-4111-8111-111111111111'
/** A connector that does not answer. */
export const nobody = 'http://127.0.0.1:9'
export const botId = '22222222-2222-4222-8222-222222222222'

export interface Seen {
  method: string
  path: string
  authorization: string | undefined
  body: Record<string, unknown>
}

/** What the connector does with a request: answer with a status, or break the connection. */
export interface Behaviour {
  status?: number
  headers?: Record<string, string>
  body?: unknown
  reset?: boolean
}

/** A member of our organisation, as the connector lists one. */
export const user = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ id, name: 'Somebody', userRole: 'user', tenantId, ...more })

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

export async function startFakeConnector() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const rogue = (await generateKeyPair('RS256')).privateKey
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'RS256', endorsements: ['msteams'] }
  const seen: Seen[] = []
  const tokens: { asked: number; status: number; headers?: Record<string, string> } = { asked: 0, status: 200 }
  /** Who reads in which conversation, page by page; and the names of teams and channels. */
  const roster = { pages: [[user('29:person-1')]] as Record<string, unknown>[][], names: {} as Record<string, string | null> }
  /** What answers instead where the keys are asked for. */
  const keys: { answer: ((path: string, response: ServerResponse) => void) | null } = { answer: null }
  let behave: (request: Seen) => Behaviour | undefined = () => undefined
  let count = 0

  const server = createServer((request, response) => void respond(request, response))
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const text = await bodyOf(request)
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    }
    if ((path === '/openid' || path === '/keys') && keys.answer !== null) return keys.answer(path, response)
    if (path === '/openid') {
      return json(200, { issuer: 'https://api.botframework.com', jwks_uri: `${origin}/keys`, id_token_signing_alg_values_supported: ['RS256'] })
    }
    if (path === '/keys') return json(200, { keys: [key] })
    if (path.endsWith('/oauth2/v2.0/token')) {
      tokens.asked += 1
      if (tokens.status !== 200) return json(tokens.status, { error: 'invalid_client', error_description: 'AADSTS7000215: no', error_codes: [7000215] }, tokens.headers)
      return json(200, { token_type: 'Bearer', expires_in: 3599, access_token: 'outbound-token' })
    }
    const asked: Seen = {
      method: request.method ?? '', path: decodeURIComponent(path), authorization: request.headers.authorization,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    }
    seen.push(asked)
    const told = behave(asked)
    if (told?.reset === true) return void response.destroy()
    if (told !== undefined) return json(told.status ?? 200, told.body ?? {}, told.headers)
    if (asked.path.endsWith('/pagedmembers')) {
      const page = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('continuationToken') ?? 0)
      return json(200, { members: roster.pages[page] ?? [], ...(page + 1 < roster.pages.length ? { continuationToken: String(page + 1) } : {}) })
    }
    const [, team, list] = /^\/v3\/teams\/([^/]+)(\/conversations)?$/.exec(asked.path) ?? []
    if (list !== undefined) return json(200, { conversations: Object.entries(roster.names).map(([id, name]) => ({ id, name })) })
    if (team !== undefined) return json(200, { id: team, name: roster.names[team] ?? 'A team', aadGroupId: 'g' })
    count += 1
    if (asked.path === '/v3/conversations' && asked.method === 'POST') {
      const channel = (asked.body.channelData as { channel?: { id: string } } | undefined)?.channel
      const members = asked.body.members as { id: string }[] | undefined
      return channel === undefined
        ? json(201, { id: `a:chat-with-${members?.[0]?.id ?? '?'}`, activityId: `trap-${String(count)}` })
        : json(201, { id: `${channel.id};messageid=m${String(count)}`, activityId: `m${String(count)}` })
    }
    return json(200, { id: `m${String(count)}` })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`

  const config: BotConfig = { botId, botSecret: 'secret', tenantId, entraOrigin: origin, openIdUrl: `${origin}/openid`, serviceOrigins: [origin, nobody], network: entraNetwork }

  /** A token of the connector for this bot; each field of `wrong` spoils one thing. */
  async function token(wrong: { key?: true; audience?: string; issuer?: string; expired?: true; endless?: true; serviceUrl?: string; more?: Record<string, unknown> } = {}) {
    const now = Math.floor(Date.now() / 1000)
    const signed = new SignJWT({ serviceurl: wrong.serviceUrl ?? origin, ...wrong.more })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(wrong.issuer ?? 'https://api.botframework.com')
      .setAudience(wrong.audience ?? botId)
      .setIssuedAt(now - 7200)
    if (wrong.endless === undefined) signed.setExpirationTime(wrong.expired === true ? now - 3600 : now + 3600)
    return signed.sign(wrong.key === true ? rogue : privateKey)
  }

  return {
    origin,
    config,
    token,
    tokens,
    keys,
    roster,
    seen,
    /** Requests to the connector with an activity or a conversation in them. */
    sent: () => seen.filter(({ path, method }) => path.startsWith('/v3/') && method !== 'GET'),
    behave(next: (request: Seen) => Behaviour | undefined) {
      behave = next
    },
    reset() {
      seen.length = 0
      Object.assign(tokens, { status: 200, headers: {} })
      roster.pages = [[user('29:person-1')]]
      roster.names = {}
      behave = () => undefined
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
export type FakeConnector = Awaited<ReturnType<typeof startFakeConnector>>

let activities = 0
/** An activity as Teams sends it. */
export function anActivity(origin: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  activities += 1
  return {
    type: 'message',
    id: `act-${String(activities)}`,
    channelId: 'msteams',
    serviceUrl: origin,
    text: 'hello',
    from: { id: '29:person-1', name: 'Alex Example', aadObjectId: '33333333-3333-4333-8333-333333333333' },
    recipient: { id: `28:${botId}`, name: 'Outpost' },
    conversation: { id: 'a:personal-1', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    entities: [{ type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/London' }],
    ...more,
  }
}

export const channelOf = (channel: string, more: Record<string, unknown> = {}) => ({
  conversation: { id: `${channel};messageid=100`, conversationType: 'channel', isGroup: true, tenantId },
  channelData: { tenant: { id: tenantId }, team: { id: 'team-1' }, channel: { id: channel }, ...more },
})
