// Access tokens for a tenant, by client credentials, through MSAL. One client a credential, so that MSAL's cache serves it.
import { createHash } from 'node:crypto'
import { ConfidentialClientApplication, ServerError } from '@azure/msal-node'
import { decodeJwt } from 'jose'
import { AppError, type ErrorCode } from '../errors.ts'

/** What proves Outpost to a tenant. */
export interface Credentials {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
}

const authority = 'https://login.microsoftonline.com'
const graphScope = 'https://graph.microsoft.com/.default'

// AADSTS codes; "Microsoft Entra authentication and authorization error codes". Branch on the number, never on the text.
const codeOfAadsts: Record<number, ErrorCode> = {
  7000215: 'secretInvalid',
  7000222: 'secretExpired',
  700016: 'appUnknown',
  90002: 'tenantUnknown',
  900023: 'tenantUnknown',
  65001: 'consentMissing',
}

function toTokenError(error: unknown): AppError {
  // errorNo arrives as a number although it is typed as a string.
  const number = error instanceof ServerError ? Number(error.errorNo) : Number.NaN
  const code = codeOfAadsts[number]
  if (code !== undefined) return new AppError(code, { cause: error })
  if (error instanceof ServerError && error.errorCode === 'invalid_client') return new AppError('secretInvalid', { cause: error })
  return new AppError('serviceUnavailable', { cause: error })
}

export interface Tokens {
  /**
   * @param fresh asks Entra even if a token is cached: after a 401, and to see the permissions as granted now
   * @throws AppError secretInvalid, secretExpired, appUnknown, tenantUnknown, consentMissing, serviceUnavailable
   */
  get(credentials: Credentials, fresh?: boolean): Promise<string>
}

/** @param entraOrigin where login.microsoftonline.com is reached */
export function openTokens(entraOrigin: string): Tokens {
  const clients = new Map<string, ConfidentialClientApplication>()

  function clientOf({ tenantId, clientId, clientSecret }: Credentials): ConfidentialClientApplication {
    const key = createHash('sha256').update(JSON.stringify([tenantId, clientId, clientSecret])).digest('hex')
    const known = clients.get(key)
    if (known !== undefined) return known
    const client = new ConfidentialClientApplication({
      auth: {
        clientId,
        clientSecret,
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
        throw error instanceof AppError ? error : toTokenError(error)
      }
    },
  }
}

/** The application permissions in a Graph token. Read, not verified: Graph verifies it. Absent claim: none granted. */
export function permissionsOf(token: string): string[] {
  const roles = decodeJwt(token).roles
  return Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : []
}
