// The keys with which the Bot Connector signs, and what is signed with them. botbuilder would fetch them by itself: without an end to its
// waiting, however much is answered, and from wherever an answer leads. It is handed ours instead.
import type { INetworkModule } from '@azure/msal-node'
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js'
import type { IOpenIdMetadataKey } from 'botframework-connector/lib/auth/openIdMetadata.js'
import { createRemoteJWKSet, customFetch, exportSPKI, jwtVerify } from 'jose'
import pTimeout from 'p-timeout'
import { failureOfCheck } from '../../api/tokenCheck.ts'

/** As botbuilder keeps them. A key that is not among them is asked for at once. */
const keptMilliseconds = 24 * 3_600_000
/** As botbuilder allows clocks to differ. */
const toleranceSeconds = 300
/** Of each of the two documents: Teams itself gives a bot 15 seconds. */
const documentMilliseconds = 5_000

const inTime = <T>(asked: Promise<T>): Promise<T> => pTimeout(asked, { milliseconds: documentMilliseconds })

export interface ConnectorKeys {
  /**
   * @param token signed by the connector, for this audience, and not expired
   * @throws AppError `unauthenticated` for any other; `serviceUnavailable` when the keys cannot be read
   */
  verify(token: string, expected: { readonly issuer: string; readonly audience: string }): Promise<void>
}

/**
 * The keys that a document of OpenID configuration names, for `verify` and for botbuilder.
 * @param network whose requests end, whatever is answered
 * @throws Error when this version of botframework-connector keeps its keys elsewhere: it would fetch them by itself
 */
export function openKeys(openIdUrl: string, network: INetworkModule): ConnectorKeys {
  const keys = createRemoteJWKSet(new URL(openIdUrl), {
    cacheMaxAge: keptMilliseconds,
    [customFetch]: async (url) => {
      const { body: document } = await inTime(network.sendGetRequestAsync<{ jwks_uri?: unknown }>(url))
      const at = new URL(String(document.jwks_uri))
      if (at.origin !== new URL(url).origin) throw new Error('the keys are said to lie elsewhere')
      const { status, body } = await inTime(network.sendGetRequestAsync(at.href))
      return new Response(JSON.stringify(body), { status })
    },
  })
  async function getKey(kid: string): Promise<IOpenIdMetadataKey> {
    const key = await exportSPKI(await keys({ alg: 'RS256', kid }))
    // Which channels a key may sign for. Where it says nothing, botbuilder asks for nothing.
    const { endorsements } = (keys.jwks()?.keys.find((one) => one.kid === kid) ?? {}) as { endorsements?: unknown }
    return { key, ...(Array.isArray(endorsements) ? { endorsements: endorsements.map(String) } : {}) }
  }
  const { openIdMetadataCache } = JwtTokenExtractor as unknown as { openIdMetadataCache?: unknown }
  if (!(openIdMetadataCache instanceof Map)) throw new Error('botframework-connector has changed: its keys were not found')
  openIdMetadataCache.set(openIdUrl, { getKey })
  return {
    async verify(token, expected) {
      try {
        await jwtVerify(token, keys, { ...expected, algorithms: ['RS256'], clockTolerance: toleranceSeconds, requiredClaims: ['exp'] })
      } catch (error) {
        throw failureOfCheck(error)
      }
    },
  }
}
