// The single sign-on token that the service asks for.
import { authentication } from '@microsoft/teams-js'

/** Teams gave no token: consent is missing, or the person must sign in again. */
export class SignInFailed extends Error {}

export interface Claims {
  /** Seconds since 1970. */
  exp: number
  aud: string
}

/** Reads a token's claims without judging them: only the service can tell whether a token is true. */
export function claimsOf(token: string): Claims {
  const part = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
  const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0))
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Claims>
  return { exp: Number(claims.exp ?? 0), aud: String(claims.aud ?? '') }
}

const MARGIN_MS = 2 * 60_000
let known: { token: string; until: number } | null = null
let consent: Promise<string> | null = null

/**
 * A token that is good for at least two more minutes. Teams caches tokens itself, so it is asked again near expiry.
 * `fresh` asks in any case. `gesture` says that a click led here, so Teams may show its consent window; without one it
 * may not, because a window that nobody asked for is blocked.
 */
export async function signInToken({ fresh = false, gesture = false } = {}): Promise<string> {
  if (!fresh && known !== null && known.until - Date.now() > MARGIN_MS) return known.token
  if (!gesture) return askTeams(true)
  // Who presses twice is shown one window.
  consent ??= askTeams(false).finally(() => (consent = null))
  return consent
}

async function askTeams(silent: boolean): Promise<string> {
  try {
    const token = await authentication.getAuthToken({ silent })
    known = { token, until: claimsOf(token).exp * 1000 }
    return token
  } catch (cause) {
    known = null
    throw new SignInFailed('Teams could not sign you in to Outpost.', { cause })
  }
}
