// The only door to botbuilder: signatures are checked here on the way in, and made here on the way out.
import { ConfidentialClientApplication } from '@azure/msal-node'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, StatusCodes, type Activity, type TurnContext } from 'botbuilder'
import {
  AuthenticationConstants, AuthenticationError, MsalServiceClientCredentialsFactory, type AuthenticateRequestResult, type ClaimsIdentity,
  type ConnectorFactory,
} from 'botframework-connector'
import { AppError } from '../../api/errors.ts'
import { id, type Log } from '../../api/log.ts'
import type { BotConfig } from './config.ts'
import { refusal, toTurn } from './inbound.ts'
import { unknownInvoke } from './invoke.ts'
import { openKeys, type ConnectorKeys } from './keys.ts'
import { openOutbound, sendingOnce, toActivity, toDeliveryError } from './outbound.ts'
import type { Outbound, Reply, Turn } from './port.ts'

/** The parts of a request that are used, so that restify's satisfy them and its types stay outside. */
export interface HttpRequest {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed. */
  readonly body?: unknown
}
export interface HttpAnswer {
  readonly status: number
  /** JSON; none where there is nothing to say. */
  readonly body?: unknown
}

const microsoftEntra = 'https://login.microsoftonline.com'
const connectorIssuer = AuthenticationConstants.ToBotFromChannelTokenIssuer

/**
 * Lets in what the Bot Connector has signed for this bot, sent from Teams, in our tenant, and nothing else: every failure is a
 * 401, and a 503 where the connector's keys cannot be had. botbuilder alone would answer a wrong signature with 500, take tokens that never expire and those of the Bot Framework
 * Emulator, of skills and of App Service Extensions, skip the service URL when the activity names none, talk to any service URL
 * that a token names, and never look at the tenant.
 */
class StrictAuth extends ConfigurationBotFrameworkAuthentication {
  readonly #config: BotConfig
  readonly #log: Log
  readonly #keys: ConnectorKeys

  constructor(config: BotConfig, log: Log) {
    const credentials = new ConfidentialClientApplication({
      auth: {
        clientId: config.botId,
        clientSecret: config.botSecret,
        authority: `${microsoftEntra}/${config.tenantId}`,
        // Handed over instead of discovered, so that the origin alone decides who answers; the names stay Microsoft's.
        authorityMetadata: JSON.stringify({
          token_endpoint: `${config.entraOrigin}/${config.tenantId}/oauth2/v2.0/token`,
          authorization_endpoint: `${config.entraOrigin}/${config.tenantId}/oauth2/v2.0/authorize`,
          issuer: `${microsoftEntra}/${config.tenantId}/v2.0`,
          jwks_uri: `${config.entraOrigin}/${config.tenantId}/discovery/v2.0/keys`,
          end_session_endpoint: `${config.entraOrigin}/${config.tenantId}/oauth2/v2.0/logout`,
        }),
      },
      system: { networkClient: config.network },
    })
    super(
      {
        ToChannelFromBotLoginUrl: `${microsoftEntra}/${config.tenantId}`,
        ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
        ToBotFromChannelTokenIssuer: connectorIssuer,
        OAuthUrl: AuthenticationConstants.OAuthUrl,
        ToBotFromChannelOpenIdMetadataUrl: config.openIdUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: config.openIdUrl,
        CallerId: 'urn:botframework:azure',
        ValidateAuthority: 'true',
      },
      // botframework-connector is typed against an older msal-node; the one method that it calls is the same.
      new MsalServiceClientCredentialsFactory(config.botId, credentials as never),
    )
    this.#config = config
    this.#log = log
    this.#keys = openKeys(config.openIdUrl, config.network)
  }

  override async authenticateRequest(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    try {
      // Ours first: botbuilder prints what it refuses, and a stranger can send as much of that as they like.
      await this.#keys.verify(header.replace(/^Bearer /, ''), { issuer: connectorIssuer, audience: this.#config.botId })
      if (activity.channelId !== 'msteams' || !activity.serviceUrl) throw new Error('channel')
      const result = await super.authenticateRequest(activity, header)
      const refused = refusal(activity as unknown as Record<string, unknown>, this.#config)
      if (refused !== null) {
        this.#log.warn('bot.refused', { reason: id(refused) })
        throw new Error('refused')
      }
      return { ...result, ...(result.connectorFactory === undefined ? {} : { connectorFactory: sendingOnce(result.connectorFactory) }) }
    } catch (error) {
      if (error instanceof AppError && error.code === 'serviceUnavailable') throw error
      this.#log.error('bot.unauthorized', new AppError('unauthenticated', { cause: error }))
      throw new AuthenticationError('Unauthorized', StatusCodes.UNAUTHORIZED)
    }
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return sendingOnce(super.createConnectorFactory(identity))
  }
}

/** `CloudAdapter.process` writes errors to the console and into its answer; this goes one step deeper and says nothing. */
class TeamsAdapter extends CloudAdapter {
  receive(header: string, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(header, activity, logic)
  }
}

function replyIn(context: TurnContext): Reply {
  const send = async (activity: Record<string, unknown>) => {
    try {
      await context.sendActivity(activity)
    } catch (error) {
      throw toDeliveryError(error)
    }
  }
  return { say: (said) => send(toActivity(said)), typing: () => send({ type: 'typing' }) }
}

export interface Adapter {
  /** Handles one request of the Bot Connector. @returns 200 (with a body for an `invoke`), 400, 401, 405, or 503 so that Teams tries again */
  handle(request: HttpRequest): Promise<HttpAnswer>
  readonly outbound: Outbound
}

/**
 * @param answer handles one turn. What it throws becomes a 503, which makes Teams send the activity once more.
 */
export function openAdapter(config: BotConfig, log: Log, answer: (turn: Turn, reply: Reply) => Promise<void>): Adapter {
  const auth = new StrictAuth(config, log)
  const adapter = new TeamsAdapter(auth)

  async function handle(request: HttpRequest): Promise<HttpAnswer> {
    if (request.method !== 'POST') return { status: 405 }
    const body = request.body
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return { status: 400 }
    const activity = body as Record<string, unknown>
    if (typeof activity.type !== 'string') return { status: 400 }
    const header = request.headers.authorization
    try {
      const invoked = await adapter.receive(typeof header === 'string' ? header : '', activity as unknown as Activity, async (context) => {
        await answer(toTurn(activity, config.tenantId), replyIn(context))
        if (activity.type === 'invoke') await context.sendActivity({ type: 'invokeResponse', value: unknownInvoke(activity.name) })
      })
      return invoked ?? { status: 200 }
    } catch (error) {
      if (error instanceof AuthenticationError) return { status: 401 }
      log.error('bot.turn.failed', error)
      return { status: 503 }
    }
  }

  return {
    handle,
    outbound: openOutbound(auth, config),
  }
}
