// Teams single sign-on: the token of the tab, checked completely. Microsoft identity platform: "Access token claims reference".
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import { askOutside } from '../outside.ts'
import { failureOfCheck } from '../tokenCheck.ts'

/** Who a token proves. `roles` are names of Outpost's app roles. */
export interface Identity {
  readonly tenantId: string
  readonly userId: string
  readonly roles: readonly string[]
  /** When the token was made, and when it ends. */
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export interface AuthOptions {
  readonly entraOrigin: string
  readonly tenantId: string
  readonly clientId: string
  readonly clock: Clock
}

/** Clients of Teams that may ask for a token: desktop and mobile, web. */
const teamsClients = new Set(['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'])

const momentOf = (seconds: number | undefined): Date => new Date((seconds ?? 0) * 1000)

/**
 * @returns a function from an Authorization header to an identity
 * @throws AppError `unauthenticated`: no token, wrong key, algorithm, issuer, audience, tenant, scope or client, or expired;
 *   `serviceUnavailable` when Entra's keys cannot be read; `clockWrong` when our own clock may be why a token looks untimely
 */
export function openAuth({ entraOrigin, tenantId, clientId, clock }: AuthOptions): (header: string | undefined) => Promise<Identity> {
  const keys = createRemoteJWKSet(new URL(`${entraOrigin}/${tenantId}/discovery/v2.0/keys`), {
    [customFetch]: async (url, options) => {
      const response = await askOutside(url, options, { milliseconds: 10_000, bytes: 2 ** 20 })
      clock.heard(response.headers.get('Date'))
      return response
    },
  })
  return async (header) => {
    const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
    if (token === undefined) throw new AppError('unauthenticated')
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        audience: clientId,
        algorithms: ['RS256'],
        clockTolerance: 60,
        requiredClaims: ['exp', 'iat', 'oid', 'tid', 'scp', 'azp'],
      })
      const scopes = String(payload.scp).split(' ')
      if (payload.tid !== tenantId || !scopes.includes('access_as_user') || !teamsClients.has(String(payload.azp))) throw new AppError('unauthenticated')
      const roles = Array.isArray(payload.roles) ? payload.roles.map(String) : []
      return { tenantId, userId: String(payload.oid), roles, issuedAt: momentOf(payload.iat), expiresAt: momentOf(payload.exp) }
    } catch (error) {
      if (error instanceof AppError) throw error
      const untimely = error instanceof errors.JWTExpired || (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')
      const problem = untimely ? clock.problem() : undefined
      if (problem !== undefined) throw problem
      throw failureOfCheck(error)
    }
  }
}
