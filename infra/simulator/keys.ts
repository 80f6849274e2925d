// Signing keys, made at every start, and the tokens signed with them.
import { calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose'

interface KeyPair { privateKey: CryptoKey; publicKey: CryptoKey; jwk: JWK & { kid: string } }

export interface Keys { entra: KeyPair; connector: KeyPair; rogue: KeyPair }

/** Makes the key of Entra, the key of the Bot Connector, and one that nobody trusts. */
export async function makeKeys(): Promise<Keys> {
  const [entra, connector, rogue] = await Promise.all([makeKey({}), makeKey({ endorsements: ['msteams'] }), makeKey({})])
  return { entra, connector, rogue }
}

async function makeKey(more: Record<string, unknown>): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 })
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { privateKey, publicKey, jwk: { ...jwk, kid, x5t: kid, use: 'sig', alg: 'RS256', ...more } }
}

/** Signs claims as a JWT; `by` signs in the name of `as` (a forged signature when they differ). */
export function sign(claims: JWTPayload, as: KeyPair, by: KeyPair = as): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: as.jwk.kid, x5t: as.jwk.kid }).sign(by.privateKey)
}

/** Lifetime claims of a token made now, or of one that ended an hour ago. */
export function lifetime(seconds = 3599, expired = false): { iat: number; nbf: number; exp: number } {
  const iat = Math.floor(Date.now() / 1000) - (expired ? 7200 : 60)
  return { iat, nbf: iat, exp: expired ? iat + 3600 : iat + 60 + seconds }
}

/** The claims of a token of Entra for that audience; throws what jose throws. */
export async function verify(token: string, key: KeyPair, audience: string): Promise<JWTPayload> {
  return (await jwtVerify(token, key.publicKey, { audience, algorithms: ['RS256'] })).payload
}
