// Access tokens for a tenant, by client credentials, through MSAL. One client a credential, so that MSAL's cache serves it.
import { AuthError, ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from '@azure/msal-node'
import { decodeJwt } from 'jose'
import { AppError } from '../errors.ts'
import { askOutside } from '../outside.ts'
import { keyOf, proofOf, type Credentials } from './credentials.ts'
import { refusedSignIn } from './refusedSignIn.ts'
import { waitingError } from './waiting.ts'

const authority = 'https://login.microsoftonline.com'
const graphScope = 'https://graph.microsoft.com/.default'

/** A token has a few kilobytes. */
const limits = { milliseconds: 30_000, bytes: 2 ** 20 }

/**
 * MSAL's requests. After a 429, a 5xx or any Retry-After MSAL would answer from memory for a minute, up to an hour, and not say for
 * how long (msal-common, ThrottlingUtils): two would wait, and Microsoft's own word would be lost. So such an answer does not
 * reach MSAL; it ends here with the time that was asked for, and the schedule of sync units alone waits.
 */
export const entraNetwork: INetworkModule = {
  sendGetRequestAsync: (url, options) => send(url, 'GET', options),
  sendPostRequestAsync: (url, options) => send(url, 'POST', options),
}

async function send<T>(url: string, method: 'GET' | 'POST', options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
  try {
    const { headers = {}, body } = options
    const response = await askOutside(url, { method, headers, ...(body === undefined ? {} : { body }) }, limits)
    const retryAfter = response.headers.get('Retry-After')
    if (response.status === 429) throw waitingError('throttled', retryAfter, undefined)
    if (response.status >= 500) throw waitingError('serviceUnavailable', retryAfter, undefined)
    // Without the header that would make MSAL wait.
    const passedOn = Object.fromEntries([...response.headers].filter(([name]) => name !== 'retry-after'))
    return { status: response.status, headers: passedOn, body: (await response.json()) as T }
  } catch (error) {
    // MSAL passes on errors of its own class alone, and that class cannot be extended: its constructor sets the prototype back.
    throw Object.assign(new AuthError('unanswered', ''), { reason: error instanceof AppError ? error : new AppError('serviceUnavailable', { cause: error }) })
  }
}

function toTokenError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof AuthError && 'reason' in error && error.reason instanceof AppError) return error.reason
  if (!(error instanceof AuthError)) return new AppError('serviceUnavailable', { cause: error })
  // Typed as a string, and a number; on two classes of MSAL's that have nothing else in common.
  const number = Number('errorNo' in error ? error.errorNo : Number.NaN)
  if (!(number > 0) && error.errorCode === 'invalid_client') return new AppError('secretInvalid', { cause: error })
  return refusedSignIn(number, error)
}

export interface Tokens {
  /**
   * @param fresh asks Entra even if a token is cached: after a 401, and to see the permissions as granted now
   * @throws AppError with what Entra means, see refusedSignIn.ts; `throttled`, `serviceUnavailable`
   */
  get(credentials: Credentials, fresh?: boolean): Promise<string>
}

/** @param entraOrigin where login.microsoftonline.com is reached */
export function openTokens(entraOrigin: string): Tokens {
  const clients = new Map<string, ConfidentialClientApplication>()

  function clientOf(credentials: Credentials): ConfidentialClientApplication {
    const { tenantId, clientId } = credentials
    const key = keyOf(credentials)
    const known = clients.get(key)
    if (known !== undefined) return known
    const client = new ConfidentialClientApplication({
      auth: {
        clientId,
        ...proofOf(credentials),
        authority: `${authority}/${tenantId}`,
        // The endpoints are handed over instead of discovered, so that only the origin decides who answers. MSAL checks that
        // the issuer is Microsoft's, which is what tokens say whoever serves them.
        authorityMetadata: JSON.stringify({
          token_endpoint: `${entraOrigin}/${tenantId}/oauth2/v2.0/token`,
          authorization_endpoint: `${entraOrigin}/${tenantId}/oauth2/v2.0/authorize`,
          issuer: `${authority}/${tenantId}/v2.0`,
          jwks_uri: `${entraOrigin}/${tenantId}/discovery/v2.0/keys`,
          end_session_endpoint: `${entraOrigin}/${tenantId}/oauth2/v2.0/logout`,
        }),
      },
      system: { networkClient: entraNetwork },
    })
    clients.set(key, client)
    return client
  }

  return {
    async get(credentials, fresh = false) {
      try {
        const result = await clientOf(credentials).acquireTokenByClientCredential({ scopes: [graphScope], skipCache: fresh })
        if (result === null) throw new AppError('serviceUnavailable')
        return result.accessToken
      } catch (error) {
        throw toTokenError(error)
      }
    },
  }
}

/** The application permissions in a Graph token. Read, not verified: Graph verifies it. Absent claim: none granted. */
export function permissionsOf(token: string): string[] {
  const roles = decodeJwt(token).roles
  return Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : []
}
